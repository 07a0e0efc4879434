/** The people of Maison Verdane: 25 technicians, 3 leads, an administrator, about 600 requesters; numbers kept for fiction only. */
import type { Language, Membership, Person } from '#shared/domain/model.ts';
import { normalisePhone } from '#shared/domain/phone.ts';
import { drawFor } from './draw.ts';
import { DEFAULT_COUNTRY, type HouseSite, type NumberRange, sites, type TeamId } from './house.ts';
import { englishFirst, englishLast, frenchFirst, frenchLast } from './names.ts';
import type { Place } from './texts/slots.ts';

export type DemoPerson = Omit<Person, 'revision'>;
export interface Requester {
  person: DemoPerson;
  siteId: string;
  office: Place;
}
interface Staff {
  id: string;
  name: string;
  siteId: string;
  language: Language;
  teams: readonly TeamId[];
  role: 'technician' | 'lead';
}

export const REQUESTERS = 600;
export const ADMIN_ID = 'claire.aubert';
/** The technician as whom most people sign in. */
export const DEMO_TECHNICIAN = 'julien.morel';
export const IMPORTER_ID = 'demo-importer';

/** The roles line by line: name, site, teams; "*" leads. */
const staffLines: readonly [name: string, siteId: string, teams: string, language?: Language][] = [
  ['Thomas Lefèvre', 'lyon', '*network *workplace'],
  ['Nora Haddad', 'paris-austerlitz', '*applications *accounts'],
  ['Marc Delattre', 'lille', '*dispatch'],
  ['Julien Morel', 'lyon', 'network workplace'],
  ['Amira Benali', 'lyon', 'network workplace'],
  ['Emma Clarke', 'london', 'network workplace', 'en'],
  ['Kévin Maillet', 'nice', 'network'],
  ['Sophie Lambert', 'nantes', 'network'],
  ['Bruno Castel', 'paris-austerlitz', 'workplace'],
  ['Inès Roche', 'lyon', 'network'],
  ['Mathieu Perret', 'nice', 'workplace'],
  ['Lise Vandamme', 'lille', 'workplace'],
  ['Omar Saïdi', 'toulouse', 'workplace'],
  ['Hélène Marchal', 'lyon', 'applications'],
  ['Pierre Guitton', 'paris-defense', 'applications'],
  ['Aurore Tellier', 'nantes', 'workplace'],
  ['Samuel Brice', 'lille', 'applications'],
  ['Linh Tran', 'paris-austerlitz', 'applications'],
  ['Oliver Grant', 'london', 'applications', 'en'],
  ['Céline Favre', 'geneva', 'accounts'],
  ['Yann Le Goff', 'nantes', 'accounts'],
  ['Fatima Zerrouki', 'lyon', 'accounts'],
  ['Hugo Bastide', 'toulouse', 'accounts'],
  ['Marie Tremblay', 'montreal', 'accounts'],
  ['Grégory Collet', 'nice', 'accounts'],
  ['Elsa Royer', 'lille', 'dispatch'],
  ['Nicolas Hubert', 'brussels', 'dispatch'],
  ['Sonia Kaci', 'paris-defense', 'dispatch'],
];

/** "Kévin Maillet" is "kevin.maillet". */
export function loginOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z ]/g, '').replace(/ +/g, '.');
}

export const staff: readonly Staff[] = staffLines.map(([name, siteId, teams, language = 'fr']) => ({
  id: loginOf(name),
  name,
  siteId,
  language,
  teams: teams.split(' ').map((team) => team.replace('*', '') as TeamId),
  role: teams.startsWith('*') ? 'lead' : 'technician',
}));

export const memberships: readonly Omit<Membership, 'revision'>[] = [
  ...staff.flatMap((one) => one.teams.map((teamId) => ({ id: `${one.id}:${teamId}`, personId: one.id, teamId, role: one.role }))),
  { id: `${ADMIN_ID}:admin`, personId: ADMIN_ID, teamId: null, role: 'admin' as const },
  { id: `${IMPORTER_ID}:importer`, personId: IMPORTER_ID, teamId: null, role: 'importer' as const },
];

function siteOf(id: string): HouseSite {
  const site = sites.find((one) => one.id === id);
  if (!site) throw new Error(`There is no site ${id}.`);
  return site;
}

/** A number of a range; each one is given once while the range lasts. */
function numberGiver(): (range: NumberRange, seed: string) => string {
  const taken = new Set<string>();
  return (range, seed) => {
    const size = 10 ** range.digits;
    const first = drawFor(`number/${seed}`).between(0, size - 1);
    for (let step = 0; step < size; step++) {
      const digits = String((first + step) % size).padStart(range.digits, '0');
      const number = `${range.start}${range.start.endsWith('0') || range.start.endsWith('01') ? '' : ' '}${digits}`;
      if (taken.has(number)) continue;
      taken.add(number);
      return number;
    }
    throw new Error(`No number is left in ${range.start}.`);
  };
}

/** As people of the house write it: French numbers from inside, the others with their country. */
function typed(number: string): string {
  const digits = number.replace(/\D/g, '');
  const pairs = (text: string) => text.replace(/(\d\d)(?=\d)/g, '$1 ');
  if (digits.startsWith('33')) return pairs(`0${digits.slice(2)}`);
  if (digits.startsWith('44')) return `+44 20 ${digits.slice(4, 8)} ${digits.slice(8)}`;
  return `+1 ${digits.slice(1, 4)} ${digits.slice(4, 7)}-${digits.slice(7)}`;
}

function makeOffice(seed: string): Place {
  const draw = drawFor(`office/${seed}`);
  const building = draw.of(['A', 'B', 'C', 'D']);
  const floor = draw.between(1, 4);
  return { building, floor, office: `${building} ${floor}${String(draw.between(1, 38)).padStart(2, '0')}` };
}
const placeWords = (site: HouseSite, office: Place, language: Language) =>
  site.offices ? `${language === 'fr' ? 'bureau' : 'office'} ${office.office}` : '';

function makeRequesters(number: (range: NumberRange, seed: string) => string): Requester[] {
  const names = new Set(staff.map((one) => one.name));
  return Array.from({ length: REQUESTERS }, (_none, index) => {
    const draw = drawFor(`requester/${index}`);
    const siteId = draw.weighted(Object.fromEntries(sites.map((site) => [site.id, site.people])));
    const site = siteOf(siteId);
    const language: Language = draw.chance(site.english / 100) ? 'en' : 'fr';
    const [first, last] = language === 'fr' ? [frenchFirst, frenchLast] : [englishFirst, englishLast];
    let name = '';
    do name = `${draw.of(first)} ${draw.of(last)}`;
    while (names.has(name));
    names.add(name);
    const id = loginOf(name);
    const office = makeOffice(id);
    return {
      siteId,
      office,
      person: {
        id,
        name,
        email: `${id}@verdane.example`,
        phone: normalisePhone(typed(number(site.numbers, id)), DEFAULT_COUNTRY),
        siteId,
        place: placeWords(site, office, language),
        language,
        active: true,
      },
    };
  });
}

/**
 * Two requesters whose accounts are there to be tried, one in each language: more tickets than others’ are theirs, and they answer late,
 * so that a few solutions always wait for whoever signs in as them.
 */
export function portalPeople(requesters: readonly Requester[]): readonly Requester[] {
  const one = (siteId: string, language: Language) => {
    const found = requesters.find(({ siteId: at, person }) => at === siteId && person.language === language);
    if (!found) throw new Error(`Nobody in ${siteId} writes in ${language}.`);
    return found;
  };
  return [one('lyon', 'fr'), one('london', 'en')];
}

export interface Population {
  staff: readonly DemoPerson[];
  requesters: readonly Requester[];
  /** The administrator and the importer. */
  others: readonly DemoPerson[];
}

/** The same people every time. */
export function makePeople(): Population {
  const number = numberGiver();
  const staffPeople = staff.map((one): DemoPerson => {
    const site = siteOf(one.siteId);
    return {
      id: one.id,
      name: one.name,
      email: `${one.id}@verdane.example`,
      phone: normalisePhone(typed(number(site.numbers, one.id)), DEFAULT_COUNTRY),
      siteId: one.siteId,
      place: '',
      language: one.language,
      active: true,
    };
  });
  const admin: DemoPerson = {
    id: ADMIN_ID,
    name: 'Claire Aubert',
    email: `${ADMIN_ID}@verdane.example`,
    phone: normalisePhone(typed(number(siteOf('lyon').numbers, ADMIN_ID)), DEFAULT_COUNTRY),
    siteId: 'lyon',
    place: '',
    language: 'fr',
    active: true,
  };
  const importer: DemoPerson = {
    id: IMPORTER_ID,
    name: 'Reprise de données',
    email: null,
    phone: null,
    siteId: null,
    place: '',
    language: 'fr',
    active: true,
  };
  return { staff: staffPeople, requesters: makeRequesters(number), others: [admin, importer] };
}
