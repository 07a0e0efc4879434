import type { DeskInfo, TicketDetail } from '#shared/contract/core.ts';
import { formatPhone } from '#shared/domain/phone.ts';
import type { NameBook } from './timeline/entry-words.ts';

/** Names of what a ticket and its timeline mention. */
export function nameBook(people: TicketDetail['people'], desk: DeskInfo): NameBook {
  const teams = new Map(desk.teams.map((team) => [team.id, team.names]));
  const categories = new Map(desk.categories.map((category) => [category.id, category.names]));
  const codes = new Map(desk.closingCodes.map((code) => [code.id, code.names]));
  const sites = new Map(desk.sites.map((site) => [site.id, site.name]));
  const colleagues = new Map(
    Object.values(desk.colleagues)
      .flat()
      .map((colleague) => [colleague.id, colleague.name]),
  );
  return {
    me: desk.me.id,
    person: (id) => people[id]?.name ?? colleagues.get(id),
    team: (id) => teams.get(id),
    category: (id) => categories.get(id),
    code: (id) => codes.get(id),
    site: (id) => sites.get(id),
    phone: (phone) => formatPhone(phone, desk.defaultCountry),
  };
}
