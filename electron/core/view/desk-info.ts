/** Who I am and the desk's lists, for menus and forms. */
import type { DeskInfo } from '#shared/contract/core.ts';
import type { Workplace } from '../workplace.ts';

/** Null until the bootstrap has brought my own person and the service's row. */
export function deskInfo(place: Workplace): DeskInfo | null {
  const { desk } = place;
  const me = desk.person(place.personId);
  const service = desk.service();
  if (!me || !service || !desk.isReady()) return null;
  const colleagues: DeskInfo['colleagues'] = {};
  for (const { personId, teamId, role } of desk.table('membership').values()) {
    const person = desk.person(personId);
    if (teamId === null || !person?.active || (role !== 'technician' && role !== 'lead')) continue;
    const list = colleagues[teamId] ?? [];
    colleagues[teamId] = list;
    const known = list.find((one) => one.id === personId);
    // Technician and lead of the same team is one line.
    if (known) known.role = role === 'lead' ? role : known.role;
    else list.push({ id: personId, name: person.name, role });
  }
  const byName = new Intl.Collator(me.language).compare;
  for (const list of Object.values(colleagues)) list.sort((a, b) => byName(a.name, b.name));
  return {
    me,
    memberships: [...desk.memberships(me.id)],
    service: service.name,
    defaultCountry: service.defaultCountry,
    teams: [...desk.table('team').values()],
    sites: [...desk.table('site').values()].sort((a, b) => byName(a.name, b.name)),
    categories: [...desk.table('category').values()],
    closingCodes: [...desk.table('closing_code').values()],
    colleagues,
  };
}
