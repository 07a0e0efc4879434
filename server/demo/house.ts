/** Maison Verdane, an invented house of furniture and fabrics: its sites, teams, categories, hours and promises. */
import type { Calendar, Category, ClosingCode, Policy, Route, Schedule, Site, Targets, Team } from '#shared/domain/model.ts';
import { DISPATCH_TEAM } from '#shared/domain/model.ts';
import { withListedHolidays } from '../calendars/listed-holidays.ts';
import { accountScenarios } from './texts/accounts.ts';
import { applicationScenarios } from './texts/applications.ts';
import { dispatchScenarios } from './texts/dispatch.ts';
import { moreNetwork, morePeripherals, morePrinting, moreTelephony, moreWifiVpn, moreWorkstation } from './texts/more.ts';
import { networkScenarios } from './texts/network.ts';
import type { Scenario } from './texts/scenario.ts';
import { workplaceScenarios } from './texts/workplace.ts';

export const SERVICE_NAME = 'Maison Verdane';
export const DEFAULT_COUNTRY = 'FR';

type Unrevised<T> = Omit<T, 'revision'>;

export const teams: readonly Unrevised<Team>[] = [
  { id: DISPATCH_TEAM, names: { fr: 'Dispatch', en: 'Dispatch' } },
  { id: 'network', names: { fr: 'Réseau et téléphonie', en: 'Network and telephony' } },
  { id: 'workplace', names: { fr: 'Postes de travail', en: 'Workplaces' } },
  { id: 'applications', names: { fr: 'Applications', en: 'Applications' } },
  { id: 'accounts', names: { fr: 'Messagerie et accès', en: 'Mail and access' } },
];
export type TeamId = 'dispatch' | 'network' | 'workplace' | 'applications' | 'accounts';

/** `share`: how often a ticket of the team is of this category. */
interface HouseCategory {
  id: string;
  fr: string;
  en: string;
  team: TeamId;
  share: number;
  scenarios: readonly Scenario[];
}
const { network, 'wifi-vpn': wifiVpn, telephony } = networkScenarios;
const { workstation, printing, peripherals, tills } = workplaceScenarios;
const { payroll, business, office, drawings } = applicationScenarios;
const { mail, accounts, folders } = accountScenarios;
const { rooms, badges, other } = dispatchScenarios;
export const houseCategories: readonly HouseCategory[] = [
  { id: 'network', fr: 'Réseau', en: 'Network', team: 'network', share: 4, scenarios: [...network, ...moreNetwork] },
  { id: 'wifi-vpn', fr: 'Wi-Fi et VPN', en: 'Wi-Fi and VPN', team: 'network', share: 4, scenarios: [...wifiVpn, ...moreWifiVpn] },
  { id: 'telephony', fr: 'Téléphonie', en: 'Telephony', team: 'network', share: 3, scenarios: [...telephony, ...moreTelephony] },
  {
    id: 'workstation',
    fr: 'Poste de travail',
    en: 'Workstation',
    team: 'workplace',
    share: 5,
    scenarios: [...workstation, ...moreWorkstation],
  },
  { id: 'printing', fr: 'Impression', en: 'Printing', team: 'workplace', share: 4, scenarios: [...printing, ...morePrinting] },
  {
    id: 'peripherals',
    fr: 'Écrans et périphériques',
    en: 'Screens and peripherals',
    team: 'workplace',
    share: 3,
    scenarios: [...peripherals, ...morePeripherals],
  },
  { id: 'tills', fr: 'Caisses', en: 'Tills', team: 'workplace', share: 2, scenarios: tills },
  { id: 'payroll', fr: 'Paie et RH', en: 'Payroll and HR', team: 'applications', share: 3, scenarios: payroll },
  { id: 'business', fr: 'Gestion commerciale et stocks', en: 'Orders and stock', team: 'applications', share: 5, scenarios: business },
  { id: 'office', fr: 'Bureautique', en: 'Office software', team: 'applications', share: 4, scenarios: office },
  { id: 'drawings', fr: 'Plans et dessin', en: 'Drawings', team: 'applications', share: 3, scenarios: drawings },
  { id: 'mail', fr: 'Messagerie', en: 'Mail', team: 'accounts', share: 5, scenarios: mail },
  { id: 'accounts', fr: 'Comptes et mots de passe', en: 'Accounts and passwords', team: 'accounts', share: 5, scenarios: accounts },
  { id: 'folders', fr: 'Dossiers partagés', en: 'Shared folders', team: 'accounts', share: 4, scenarios: folders },
  { id: 'rooms', fr: 'Salles de réunion', en: 'Meeting rooms', team: DISPATCH_TEAM, share: 3, scenarios: rooms },
  { id: 'badges', fr: 'Badges et accueil', en: 'Badges and reception', team: DISPATCH_TEAM, share: 2, scenarios: badges },
  { id: 'other', fr: 'Autre', en: 'Other', team: DISPATCH_TEAM, share: 3, scenarios: other },
];
export const categories: readonly Unrevised<Category>[] = houseCategories.map(({ id, fr, en }) => ({ id, names: { fr, en } }));

/** No route for the categories of the dispatch team: what nothing matches is theirs. */
export const routes: readonly Unrevised<Route>[] = houseCategories
  .filter((one) => one.team !== DISPATCH_TEAM)
  .map((one, index) => ({ id: `route-${one.id}`, position: (index + 1) * 10, categoryId: one.id, siteId: null, teamId: one.team }));

export const closingCodes: readonly Unrevised<ClosingCode>[] = [
  { id: 'remote', names: { fr: 'Réglé à distance', en: 'Fixed remotely' } },
  { id: 'onsite', names: { fr: 'Réglé sur place', en: 'Fixed on site' } },
  { id: 'replaced', names: { fr: 'Matériel remplacé', en: 'Hardware replaced' } },
  { id: 'delivered', names: { fr: 'Livré', en: 'Delivered' } },
  { id: 'explained', names: { fr: 'Expliqué à la personne', en: 'Explained to the person' } },
  { id: 'workaround', names: { fr: 'Contourné', en: 'Worked around' } },
  { id: 'supplier', names: { fr: 'Réglé par le fournisseur', en: 'Fixed by the supplier' } },
];

/**
 * Of the ranges that regulators keep for fiction: the first digits, and how many digits follow. France's mobile range
 * (06 39 98) is left out: no telephone library takes it for valid, so nobody there could be called. Belgium and Switzerland
 * have no such range: their people have French numbers.
 */
export interface NumberRange {
  start: string;
  digits: number;
}
const paris: NumberRange = { start: '+33 1 99 00', digits: 4 };
const west: NumberRange = { start: '+33 2 61 91', digits: 4 };
const north: NumberRange = { start: '+33 3 53 01', digits: 4 };
const southEast: NumberRange = { start: '+33 4 65 71', digits: 4 };
const southWest: NumberRange = { start: '+33 5 36 49', digits: 4 };
const london: NumberRange = { start: '+44 20 7946 0', digits: 3 };
const montreal: NumberRange = { start: '+1 514 555 01', digits: 2 };

export interface HouseSite extends Unrevised<Site> {
  calendarId: string;
  numbers: NumberRange;
  /** How many of a hundred requesters work there. */
  people: number;
  /** How many of a hundred of them write in English. */
  english: number;
  /** Where people have an office of their own; not when they work from home. */
  offices: boolean;
}
export const sites: readonly HouseSite[] = [
  { id: 'lyon', name: 'Lyon-Gerland', calendarId: 'france', numbers: southEast, people: 20, english: 4, offices: true },
  { id: 'paris-austerlitz', name: 'Paris-Austerlitz', calendarId: 'france', numbers: paris, people: 15, english: 8, offices: true },
  { id: 'nice', name: 'Nice-Arénas', calendarId: 'france', numbers: southEast, people: 11, english: 6, offices: true },
  { id: 'lille', name: 'Lille-Fives', calendarId: 'france', numbers: north, people: 10, english: 4, offices: true },
  { id: 'nantes', name: 'Nantes', calendarId: 'france', numbers: west, people: 9, english: 3, offices: true },
  { id: 'paris-defense', name: 'Paris-La Défense', calendarId: 'france', numbers: paris, people: 8, english: 10, offices: true },
  { id: 'toulouse', name: 'Toulouse', calendarId: 'france', numbers: southWest, people: 6, english: 4, offices: true },
  { id: 'remote', name: 'Télétravail', calendarId: 'france', numbers: southWest, people: 7, english: 10, offices: false },
  { id: 'brussels', name: 'Bruxelles', calendarId: 'belgium', numbers: north, people: 4, english: 25, offices: true },
  { id: 'geneva', name: 'Genève', calendarId: 'geneva', numbers: southEast, people: 3, english: 40, offices: true },
  { id: 'london', name: 'London', calendarId: 'london', numbers: london, people: 9, english: 100, offices: true },
  { id: 'montreal', name: 'Montréal', calendarId: 'montreal', numbers: montreal, people: 5, english: 35, offices: true },
];

const weekOf = (day: [string, string][]): Schedule['hours'] => ({ mon: day, tue: day, wed: day, thu: day, fri: day });
const long = weekOf([['08:00', '18:30']]);
const london0 = weekOf([['08:30', '17:30']]);
const montreal0 = weekOf([['08:00', '17:00']]);

/** Calendars with the public holidays of their places, listed for the years around now. */
export function calendarsAt(now: Date): Unrevised<Calendar>[] {
  const calendar = (id: string, name: string, timeZone: string, hours: Schedule['hours'], region: string): Unrevised<Calendar> =>
    withListedHolidays(
      {
        id,
        name,
        schedule: { timeZone, hours, holidays: [] },
        holidays: { region, worked: [], added: [] },
        isDefault: id === 'france',
      },
      now,
    );
  return [
    calendar('france', 'France', 'Europe/Paris', long, 'FR'),
    calendar('belgium', 'Belgique', 'Europe/Brussels', long, 'BE'),
    calendar('geneva', 'Genève', 'Europe/Zurich', long, 'CH-GE'),
    calendar('london', 'London', 'Europe/London', london0, 'GB-ENG'),
    calendar('montreal', 'Montréal', 'America/Toronto', montreal0, 'CA-QC'),
  ];
}

const targets = (takeCharge: number, contact: number, resolution: number): Targets => ({ takeCharge, contact, resolution });
/** Minutes of open time; a day has 630 of them in France. */
export const policy: Unrevised<Policy> = {
  id: 'policy',
  targets: {
    incident: { high: targets(90, 120, 630), medium: targets(630, 630, 2520), low: targets(1260, 1260, 4410) },
    request: { high: targets(120, 240, 1260), medium: targets(945, 945, 3150), low: targets(1890, 1890, 5040) },
  },
};
