/** Who does the work of the log's 78 groups and 230 people: five teams, 25 technicians and 3 leads. */
import { drawFor } from './draw.ts';
import type { TeamId } from './house.ts';
import { staff } from './people.ts';

/** Where the log's first line ends up: half of its tickets are of one group, told apart by their category. */
const FIRST_LINE = 'g70';
const parts: Record<TeamId, number> = { dispatch: 0.06, network: 0.17, workplace: 0.2, applications: 0.28, accounts: 0.29 };

/** The team that does what this group did with this kind of ticket. No group is the dispatch team. */
export function teamOfGroup(group: string | null, category: string | null): TeamId {
  if (group === null) return 'dispatch';
  const name = group === FIRST_LINE ? `${group}/${category}` : group;
  return drawFor(`team/${name}`).weighted(parts);
}

export interface Crew {
  /** Who of the team stands for this person of the log, on this ticket. */
  technician(team: TeamId, ticketKey: string, logActor: string): string;
  lead(team: TeamId): string;
  isLead(personId: string): boolean;
  nameOf(personId: string): string;
}

export function makeCrew(): Crew {
  const names = new Map(staff.map((one) => [one.id, one.name]));
  const leads = new Set(staff.filter((one) => one.role === 'lead').map((one) => one.id));
  const shares = (team: TeamId): Record<string, number> =>
    // Somebody of two teams takes half his share from each; a lead seldom works on tickets.
    Object.fromEntries(
      staff.filter((one) => one.teams.includes(team)).map((one) => [one.id, (one.role === 'lead' ? 0.3 : 1) / one.teams.length]),
    );
  const byTeam: Record<TeamId, Record<string, number>> = {
    dispatch: shares('dispatch'),
    network: shares('network'),
    workplace: shares('workplace'),
    applications: shares('applications'),
    accounts: shares('accounts'),
  };
  return {
    technician: (team, ticketKey, logActor) => drawFor(`actor/${ticketKey}/${team}/${logActor}`).weighted(byTeam[team]),
    lead: (team) => {
      const lead = staff.find((one) => one.role === 'lead' && one.teams.includes(team));
      if (!lead) throw new Error(`The team ${team} has no lead.`);
      return lead.id;
    },
    isLead: (personId) => leads.has(personId),
    nameOf: (personId) => names.get(personId) ?? personId,
  };
}
