/** Who does the work of the log's 78 groups and 230 people: five teams, 25 technicians and 3 leads. */
import { drawFor } from './draw.ts';
import type { TeamId } from './house.ts';
import { DEMO_TECHNICIAN, staff } from './people.ts';
import type { LogTicket, Slice } from './slice.ts';

/** Where the log's first line ends up: half of its tickets are of one group, told apart by their category. */
const FIRST_LINE = 'g70';
/** How much of the work is each team's; more reaches the dispatch team, which passes it on. */
const parts: Record<TeamId, number> = { dispatch: 0.03, network: 0.2, workplace: 0.3, applications: 0.25, accounts: 0.22 };
const LONG_WORK = 4 * 1440;

function unitOf(group: string, category: string | null): string {
  return group === FIRST_LINE ? `${group}/${category}` : group;
}
/** The group that solved it, as far as the log says; null: none was ever named. */
export function lastGroup(log: LogTicket): string | null {
  let group = log.group;
  for (const operation of log.operations) {
    if (operation[1] === 'resolve') break;
    if (operation[1] === 'route') group = operation[3] ?? group;
  }
  return group;
}

/** Gives the log's groups to the teams by the work they had, the largest first, each to the team that lacks most of its part. */
function teamsByVolume(slice: Slice): Map<string, TeamId> {
  const work = new Map<string, number>();
  for (const log of slice.tickets) {
    const group = lastGroup(log);
    if (group === null) continue;
    const solved = log.operations.find((operation) => operation[1] === 'resolve')?.[0] ?? 0;
    const unit = unitOf(group, log.category);
    work.set(unit, (work.get(unit) ?? 0) + Math.min(solved, LONG_WORK) + 300);
  }
  const total = [...work.values()].reduce((sum, one) => sum + one, 0);
  const lack = new Map(Object.entries(parts).map(([team, part]) => [team as TeamId, part * total]));
  const teams = new Map<string, TeamId>();
  for (const [unit, amount] of [...work].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))) {
    const [team = 'dispatch'] = [...lack].sort((a, b) => b[1] - a[1])[0] ?? [];
    teams.set(unit, team);
    lack.set(team, (lack.get(team) ?? 0) - amount);
  }
  return teams;
}

export interface Crew {
  /** The team that does what this group did with this kind of ticket; no group is the dispatch team. */
  teamOf(group: string | null, category: string | null): TeamId;
  /** Who of the team stands for this person of the log, on this ticket. */
  technician(team: TeamId, ticketKey: string, logActor: string): string;
  lead(team: TeamId): string;
  nameOf(personId: string): string;
}

export function makeCrew(slice: Slice): Crew {
  const teams = teamsByVolume(slice);
  const names = new Map(staff.map((one) => [one.id, one.name]));
  // Who is of two teams takes half a share from each; a lead seldom works on tickets, nor does the technician who is left to us.
  const share = (one: (typeof staff)[number]) => (one.role === 'lead' ? 0.15 : one.id === DEMO_TECHNICIAN ? 0.22 : 1 / one.teams.length);
  const shares = (team: TeamId): Record<string, number> =>
    Object.fromEntries(staff.filter((one) => one.teams.includes(team)).map((one) => [one.id, share(one)]));
  const byTeam: Record<TeamId, Record<string, number>> = {
    dispatch: shares('dispatch'),
    network: shares('network'),
    workplace: shares('workplace'),
    applications: shares('applications'),
    accounts: shares('accounts'),
  };
  return {
    teamOf: (group, category) => (group === null ? 'dispatch' : (teams.get(unitOf(group, category)) ?? 'dispatch')),
    technician: (team, ticketKey, logActor) => drawFor(`actor/${ticketKey}/${team}/${logActor}`).weighted(byTeam[team]),
    lead: (team) => {
      const lead = staff.find((one) => one.role === 'lead' && one.teams.includes(team));
      if (!lead) throw new Error(`The team ${team} has no lead.`);
      return lead.id;
    },
    nameOf: (personId) => names.get(personId) ?? personId,
  };
}
