/** What may go wrong or be asked for at Maison Verdane: the words of a demo ticket, in both languages, with slots in braces. */
import type { Importance, Kind, Relevance } from '#shared/domain/model.ts';

export interface Words {
  title: string;
  /** As the person describes it. */
  description: string;
  /** What a technician notes on the way. */
  note: string;
  /** What solved it. */
  solution: string;
}
export type Impact = readonly [importance: Importance, relevance: Relevance];
export interface Scenario {
  kind: Kind;
  /** What it may amount to; one of them is chosen. */
  impacts: readonly Impact[];
  /** Closing codes that fit, the usual one first. */
  codes: readonly string[];
  fr: Words;
  en: Words;
}

const impactsOf = {
  /** One person, a nuisance or a hindrance: low. */
  small: [
    ['person', 'nuisance'],
    ['person', 'hindered'],
  ],
  /** One person cannot work, or a team works badly: medium. */
  work: [
    ['person', 'blocked'],
    ['team', 'hindered'],
    ['person', 'hindered'],
  ],
  /** From one hindered person to a team that stands still. */
  wide: [
    ['person', 'hindered'],
    ['team', 'hindered'],
    ['team', 'blocked'],
  ],
  /** A team or a whole site: high, rarely less. */
  grave: [
    ['team', 'blocked'],
    ['site', 'hindered'],
    ['site', 'blocked'],
    ['team', 'hindered'],
  ],
  asked: [
    ['person', 'nuisance'],
    ['person', 'hindered'],
    ['team', 'hindered'],
  ],
} as const satisfies Record<string, readonly Impact[]>;
type Size = keyof typeof impactsOf;

type Four = readonly [title: string, description: string, note: string, solution: string];
const words = ([title, description, note, solution]: Four): Words => ({ title, description, note, solution });

/** An incident; `codes` are words between blanks. */
export function incident(size: Size, codes: string, fr: Four, en: Four): Scenario {
  return { kind: 'incident', impacts: impactsOf[size], codes: codes.split(' '), fr: words(fr), en: words(en) };
}
export function request(codes: string, fr: Four, en: Four): Scenario {
  return { kind: 'request', impacts: impactsOf.asked, codes: codes.split(' '), fr: words(fr), en: words(en) };
}
