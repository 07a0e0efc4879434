/** Makes the directory and the accounts of the demo desk, once. */
import { hashPassword } from '../auth/password.ts';
import type { GuichetDatabase } from '../db/database.ts';
import * as directory from '../db/directory.ts';
import { calendarsAt, categories, closingCodes, DEFAULT_COUNTRY, policy, routes, SERVICE_NAME, sites, teams } from './house.ts';
import { importerPassword } from './memory.ts';
import { ADMIN_ID, DEMO_TECHNICIAN, IMPORTER_ID, makePeople, memberships, type Population, staff } from './people.ts';

/** Everybody's on the demo desk: it is served on loopback only. */
export const DEMO_PASSWORD = 'bonjour-guichet';

export interface DemoAccount {
  role: string;
  name: string;
  login: string;
  password: string;
}

/** The first requester of the main site: the one who has a login. */
function demoRequester({ requesters }: Population) {
  const one = requesters.find(({ siteId, person }) => siteId === 'lyon' && person.language === 'fr');
  if (!one) throw new Error('Nobody works in Lyon.');
  return one.person;
}

/** The people to sign in as, for the table that a start prints. */
export function demoAccounts(population = makePeople()): DemoAccount[] {
  const account = (role: string, id: string) => {
    const person = [...population.staff, ...population.others].find((one) => one.id === id) ?? demoRequester(population);
    return { role, name: person.name, login: person.id, password: DEMO_PASSWORD };
  };
  return [
    account('technician', DEMO_TECHNICIAN),
    account('technician (English)', 'emma.clarke'),
    account('lead', 'thomas.lefevre'),
    account('requester', demoRequester(population).id),
    account('administrator', ADMIN_ID),
  ];
}

/** Idempotent: a second time it changes nothing but the importer's password, which it sets again. */
export async function prepareDemo(database: GuichetDatabase, dataDir: string, now: Date): Promise<void> {
  const population = makePeople();
  const everybody = await hashPassword(DEMO_PASSWORD);
  const importer = await hashPassword(importerPassword(dataDir));
  await database.write(async (tx) => {
    await directory.markDemo(tx);
    await directory.putService(tx, { id: 'service', name: SERVICE_NAME, defaultCountry: DEFAULT_COUNTRY });
    for (const calendar of calendarsAt(now)) await directory.putCalendar(tx, calendar);
    await directory.putPolicy(tx, policy);
    for (const team of teams) await directory.putTeam(tx, team);
    for (const { id, name, calendarId } of sites) await directory.putSite(tx, { id, name, calendarId });
    for (const category of categories) await directory.putCategory(tx, category);
    for (const code of closingCodes) await directory.putClosingCode(tx, code);
    for (const route of routes) await directory.putRoute(tx, route);
    for (const person of [...population.staff, ...population.others]) await directory.putPerson(tx, person);
    for (const { person } of population.requesters) await directory.putPerson(tx, person);
    for (const membership of memberships) await directory.putMembership(tx, membership);
    for (const personId of [...staff.map((one) => one.id), ADMIN_ID, demoRequester(population).id])
      await directory.putCredential(tx, { personId, login: personId, passwordHash: everybody });
    await directory.putCredential(tx, { personId: IMPORTER_ID, login: IMPORTER_ID, passwordHash: importer });
  });
}
