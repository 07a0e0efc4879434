/** Compares what is found with what is expected, field by field. No files, no network: everything is an argument. */
import type { Expected, ExpectedCounts, ExpectedTicket, Facts } from './facts.ts';

export interface Difference {
  /** Its name in the log; null: not about one ticket. */
  ticket: string | null;
  field: string;
  expected: unknown;
  found: unknown;
}
export interface FoundTicket {
  /** Its name in the log, which is its title. */
  ticket: string;
  facts: Facts;
}

/**
 * `found` by our id. `teams`: those whose tickets are in sight, the others are expected to be absent; undefined: everything is in
 * sight.
 */
export function differencesOf(expected: Expected, found: ReadonlyMap<string, FoundTicket>, teams?: ReadonlySet<string>): Difference[] {
  const differences: Difference[] = [];
  for (const [id, one] of expected.tickets) differences.push(...ticketDifferences(one, found.get(id), teams));
  for (const [id, { ticket }] of found) {
    if (!expected.tickets.has(id)) differences.push({ ticket, field: 'ticket', expected: 'absent', found: 'there' });
  }
  if (expected.counts) differences.push(...countDifferences(expected.counts, [...found.values()], teams));
  return differences;
}

function ticketDifferences(expected: ExpectedTicket, found: FoundTicket | undefined, teams?: ReadonlySet<string>): Difference[] {
  const { ticket, facts } = expected;
  const inSight = isInSight(facts.team, teams);
  if (!found) return inSight === true ? [{ ticket, field: 'ticket', expected: 'there', found: 'absent' }] : [];
  if (inSight === false) return [{ ticket, field: 'ticket', expected: 'out of sight', found: `there, in ${found.facts.team}` }];
  const fields = Object.keys(facts) as (keyof Facts)[];
  return fields
    .filter((field) => facts[field] !== found.facts[field])
    .map((field) => ({ ticket, field, expected: facts[field], found: found.facts[field] }));
}

/** Undefined: the files do not say the team, so it may be either. */
function isInSight(team: string | undefined, teams: ReadonlySet<string> | undefined): boolean | undefined {
  if (!teams) return true;
  return team === undefined ? undefined : teams.has(team);
}

/** Who sees some teams only can be asked for their tickets only. */
function countDifferences(expected: ExpectedCounts, found: readonly FoundTicket[], teams?: ReadonlySet<string>): Difference[] {
  const differences: Difference[] = [];
  const compare = (field: string, wanted: number, counted: number) => {
    if (wanted !== counted) differences.push({ ticket: null, field, expected: wanted, found: counted });
  };
  const open = found.filter(({ facts: { phase } }) => phase === 'open' || phase === 'waiting');
  if (!teams) {
    for (const [phase, wanted] of Object.entries(expected.phases)) {
      compare(`number of ${phase} tickets`, wanted, found.filter(({ facts }) => facts.phase === phase).length);
    }
    compare('number of open tickets that nobody holds', expected.openUnassigned, open.filter(({ facts }) => facts.holder === null).length);
  }
  const openByTeam = new Map<string, number>();
  for (const { facts } of open) openByTeam.set(facts.team, (openByTeam.get(facts.team) ?? 0) + 1);
  for (const team of new Set([...expected.openByTeam.keys(), ...openByTeam.keys()])) {
    if (teams && !teams.has(team)) continue;
    compare(`number of open tickets of ${team}`, expected.openByTeam.get(team) ?? 0, openByTeam.get(team) ?? 0);
  }
  return differences;
}
