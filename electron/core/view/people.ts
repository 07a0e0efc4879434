/** People by name, login or number, for "open for a caller". */
import type { Person } from '#shared/domain/model.ts';
import { matchPeople } from '../storage/search-text.ts';
import type { Workplace } from '../workplace.ts';

const MOST = 20;

/** Every word is a prefix of one of the name's words, or of his login's, accents folded; a number is theirs in any notation. Active people, by name, at most 20. */
export function findPeople(place: Workplace, text: string): Person[] {
  const match = matchPeople(text, place.desk.defaultCountry());
  if (match === undefined) return [];
  const found = place.reader.db
    .prepare<[string], { id: string }>(
      `SELECT person_name.id FROM person_search JOIN person_name ON person_name.key = person_search.rowid
       WHERE person_search MATCH ? ORDER BY folded, person_name.id LIMIT 200`,
    )
    .all(match);
  const people: Person[] = [];
  for (const { id } of found) {
    const person = place.desk.person(id);
    if (person?.active) people.push(person);
    if (people.length === MOST) break;
  }
  return people;
}
