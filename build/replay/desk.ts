/** The desk on which the log can be played: everybody and everything that it names, written before the server starts. */
import { DISPATCH_TEAM, type Membership, type Names, type Person } from '#shared/domain/model.ts';
import { hashPassword } from '../../server/auth/password.ts';
import { openDatabase, readPosition } from '../../server/db/database.ts';
import * as directory from '../../server/db/directory.ts';
import { policy } from '../../server/demo/house.ts';
import type { LogEvent } from './log.ts';
import { Mapping } from './mapping.ts';
import * as terms from './terms.ts';

export const IMPORTER = 'replay-importer';
/** Technician of every team. */
export const EVERYWHERE = 'replay-everywhere';
/** Technician of every other team: tickets come into his sight and go out of it. */
export const HALFWAY = 'replay-halfway';

export interface ReplayDesk {
  people: readonly string[];
  /** Dispatch first. */
  teams: readonly string[];
  categories: readonly string[];
  closingCodes: readonly string[];
  /** By site, the team in which its tickets are opened. */
  sites: ReadonlyMap<string, string>;
  /** Pairs of person and team: who held a ticket there. A reopened ticket stays with its holder only if he is of its team. */
  technicians: readonly (readonly [personId: string, teamId: string])[];
}

/** Dispatch and the log's groups, by their number. */
function inOrder(names: Iterable<string>): string[] {
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

export function deskOf(events: readonly LogEvent[]): ReplayDesk {
  const people = new Set<string>([terms.UNKNOWN_CALLER]);
  const groups = new Set<string>();
  const categories = new Set<string>();
  const closingCodes = new Set<string>();
  const sites = new Map<string, string>();
  const technicians = new Map<string, readonly [string, string]>();
  const mapping = new Mapping();
  for (const event of events) {
    mapping.operationsOf(event);
    people.add(event.actor);
    if (event.op === 'open' && event.fields.opened_by !== null) people.add(event.fields.opened_by);
    if (event.op === 'close' && event.fields.code !== null) closingCodes.add(event.fields.code);
    const { teamId, holderId, caller, location, category, openingGroup } = mapping.standing(event.ticket);
    people.add(terms.callerOf(caller));
    groups.add(teamId);
    categories.add(terms.categoryOf(category));
    sites.set(terms.siteOf(location, openingGroup), terms.teamOf(openingGroup));
    if (holderId === null) continue;
    people.add(holderId);
    technicians.set(`${holderId}:${teamId}`, [holderId, teamId]);
  }
  groups.delete(DISPATCH_TEAM);
  return {
    people: inOrder(people),
    teams: [DISPATCH_TEAM, ...inOrder(groups)],
    categories: inOrder(categories),
    closingCodes: inOrder(closingCodes),
    sites,
    technicians: [...technicians.values()],
  };
}

/** Every second console is halfway; both kinds see what their teams see. */
export function loginOfConsole(number: number): typeof EVERYWHERE | typeof HALFWAY {
  return number % 2 === 1 ? EVERYWHERE : HALFWAY;
}
export function teamsOfLogin(login: string, teams: readonly string[]): string[] {
  return login === HALFWAY ? teams.filter((_team, index) => index % 2 === 1) : [...teams];
}

/**
 * Writes the directory and the three accounts into an empty database; returns the feed's position after it.
 * `databaseUrl` is the server's DATABASE_URL. @throws Error when that database is in use already, or cannot be reached
 */
export async function writeDesk(
  desk: ReplayDesk,
  where: { dataDir: string; databaseUrl: string | undefined },
  password: string,
): Promise<number> {
  const passwordHash = await hashPassword(password);
  const database = await openDatabase({ dataDir: where.dataDir, databaseUrl: where.databaseUrl ?? null });
  try {
    // What is in it would be compared with the log, and whoever uses it would find the log in it.
    if ((await database.read(readPosition)).seq > 0)
      throw new Error('The database of --database-url is not empty: take one for the replay alone.');
    await database.write((tx) => fill(tx, desk, passwordHash));
    return (await database.read(readPosition)).seq;
  } finally {
    await database.close();
  }
}

const sameNames = (name: string): Names => ({ fr: name, en: name });
const WORKDAY: [string, string][] = [['08:00', '18:00']];

async function fill(tx: Parameters<typeof directory.putPerson>[0], desk: ReplayDesk, passwordHash: string): Promise<void> {
  await directory.putService(tx, { id: 'service', name: 'Replay', defaultCountry: 'FR' });
  await directory.putCalendar(tx, {
    id: 'workdays',
    name: 'Monday to Friday',
    schedule: { timeZone: 'UTC', hours: { mon: WORKDAY, tue: WORKDAY, wed: WORKDAY, thu: WORKDAY, fri: WORKDAY }, holidays: [] },
    isDefault: true,
  });
  await directory.putPolicy(tx, policy);
  for (const id of desk.teams) await directory.putTeam(tx, { id, names: sameNames(id) });
  for (const id of desk.categories) await directory.putCategory(tx, { id, names: sameNames(id) });
  for (const id of desk.closingCodes) await directory.putClosingCode(tx, { id, names: sameNames(id) });
  let position = 0;
  for (const [id, teamId] of desk.sites) {
    await directory.putSite(tx, { id, name: terms.locationOfSite(id), calendarId: null });
    // What no route matches is Dispatch's by the product's own rule.
    if (teamId === DISPATCH_TEAM) continue;
    await directory.putRoute(tx, { id: `to:${id}`, position: position++, categoryId: null, siteId: id, teamId });
  }
  for (const id of [...desk.people, IMPORTER, EVERYWHERE, HALFWAY]) await directory.putPerson(tx, personOf(id));
  for (const membership of membershipsOf(desk)) await directory.putMembership(tx, membership);
  for (const id of [IMPORTER, EVERYWHERE, HALFWAY]) await directory.putCredential(tx, { personId: id, login: id, passwordHash });
}

function personOf(id: string): Omit<Person, 'revision'> {
  return { id, name: id, email: null, phone: null, siteId: null, place: '', language: 'en', active: true };
}

function membershipsOf(desk: ReplayDesk): Omit<Membership, 'revision'>[] {
  const technician = (personId: string, teamId: string) => ({ id: `${personId}:${teamId}`, personId, teamId, role: 'technician' as const });
  return [
    { id: `${IMPORTER}:importer`, personId: IMPORTER, teamId: null, role: 'importer' },
    ...[EVERYWHERE, HALFWAY].flatMap((login) => teamsOfLogin(login, desk.teams).map((teamId) => technician(login, teamId))),
    ...desk.technicians.map(([personId, teamId]) => technician(personId, teamId)),
  ];
}
