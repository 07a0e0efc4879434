/** A small desk in memory: two teams, one calendar, a few people. */
import type { Calendar, Membership, Person, Policy, Role, Schedule } from '#shared/domain/model.ts';
import type { Desk } from '#shared/domain/operation.ts';
import { routeOf } from '#shared/domain/routing.ts';

/** name, language, active, roles by team */
const people: Record<string, { name: string; active?: false; roles?: Record<string, Role> }> = {
  amira: { name: 'Amira', roles: { network: 'technician' } },
  bruno: { name: 'Bruno', roles: { network: 'technician' } },
  lea: { name: 'Léa', roles: { network: 'lead' } },
  chloe: { name: 'Chloé', roles: { office: 'technician' } },
  omar: { name: 'Omar', roles: { office: 'lead' } },
  ines: { name: 'Inès', active: false, roles: { network: 'technician' } },
  remi: { name: 'Rémi' },
  bea: { name: 'Béa' },
  zoe: { name: 'Zoé' },
};
export const personIds = Object.keys(people);

const weekday = [
  ['08:00', '12:00'],
  ['13:00', '18:00'],
] as [string, string][];
export const schedule: Schedule = {
  timeZone: 'UTC',
  hours: { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday },
  holidays: ['2026-05-08'],
};
export const calendar: Calendar = { id: 'default', name: 'Weekdays', schedule, isDefault: true, revision: 1 };
const targets = {
  low: { takeCharge: 240, contact: 480, resolution: 2700 },
  medium: { takeCharge: 120, contact: 240, resolution: 1080 },
  high: { takeCharge: 30, contact: 60, resolution: 240 },
};
export const policy: Policy = { id: 'policy', targets: { incident: targets, request: targets }, revision: 1 };

/** Changes to the desk for one test: who is inactive, who left which team, when which site is open. */
export interface DeskChanges {
  inactive?: readonly string[];
  without?: readonly string[];
  hours?: Schedule;
  by?: Policy;
}

export function makeDesk({ inactive = [], without = [], hours = schedule, by = policy }: DeskChanges = {}): Desk {
  return {
    person: (id): Person | undefined => {
      const known = people[id];
      if (known === undefined) return undefined;
      const active = known.active !== false && !inactive.includes(id);
      return { id, name: known.name, email: null, phone: null, siteId: null, place: '', language: 'fr', active, revision: 1 };
    },
    team: (id) => {
      if (id === 'network') return { id, names: { fr: 'Réseau', en: 'Network' }, revision: 1 };
      if (id === 'office') return { id, names: { fr: 'Bureautique', en: 'Office' }, revision: 1 };
      return id === 'dispatch' ? { id, names: { fr: 'Répartition', en: 'Dispatch' }, revision: 1 } : undefined;
    },
    site: (id) => (id === 'paris' || id === 'lyon' ? { id, name: id, calendarId: null, revision: 1 } : undefined),
    category: (id) => {
      if (id === 'wifi') return { id, names: { fr: 'Wi-Fi', en: 'Wi-Fi' }, revision: 1 };
      return id === 'mail' ? { id, names: { fr: 'Messagerie', en: 'Mail' }, revision: 1 } : undefined;
    },
    closingCode: (id) => (id === 'solved' ? { id, names: { fr: 'Résolu', en: 'Solved' }, revision: 1 } : undefined),
    memberships: (personId): Membership[] =>
      without.includes(personId)
        ? []
        : Object.entries(people[personId]?.roles ?? {}).map(([teamId, role]) => ({
            id: `${personId}-${teamId}`,
            personId,
            teamId,
            role,
            revision: 1,
          })),
    leads: (teamId) => Object.keys(people).filter((id) => people[id]?.roles?.[teamId] === 'lead' && !without.includes(id)),
    route: (categoryId, siteId) =>
      routeOf([{ id: 'r1', position: 1, categoryId: 'wifi', siteId: null, teamId: 'network', revision: 1 }], categoryId, siteId),
    calendar: () => ({ ...calendar, schedule: hours }),
    policy: () => by,
    defaultCountry: () => 'FR',
  };
}
