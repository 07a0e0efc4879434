/** Names for refusals: what a person reads in place of an identifier. */
import type { Language } from './model.ts';
import type { Desk } from './operation.ts';

export function nameOfPerson(id: string, desk: Desk): string {
  return desk.person(id)?.name ?? id;
}
/** In the reader's own language. */
export function nameOfTeam(teamId: string, readerId: string, desk: Desk): string | null {
  return desk.team(teamId)?.names[languageOf(readerId, desk)] ?? null;
}
export function nameOfCategory(categoryId: string, readerId: string, desk: Desk): string {
  return desk.category(categoryId)?.names[languageOf(readerId, desk)] ?? categoryId;
}
function languageOf(personId: string, desk: Desk): Language {
  return desk.person(personId)?.language ?? 'fr';
}
