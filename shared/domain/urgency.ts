import type { Importance, Relevance, Urgency } from './model.ts';

/** Importance (whom it touches) against relevance (how much). */
const matrix: Record<Relevance, Record<Importance, Urgency>> = {
  nuisance: { person: 'low', team: 'low', site: 'medium' },
  hindered: { person: 'low', team: 'medium', site: 'high' },
  blocked: { person: 'medium', team: 'high', site: 'high' },
};

export function urgencyOf(importance: Importance, relevance: Relevance): Urgency {
  return matrix[relevance][importance];
}
