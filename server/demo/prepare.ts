/** Makes the directory and the accounts of the demo desk, once. */
import { hashPassword } from '../auth/password.ts';
import type { GuichetDatabase } from '../db/database.ts';
import * as directory from '../db/directory.ts';
import { calendarsAt, categories, closingCodes, DEFAULT_COUNTRY, policy, routes, SERVICE_NAME, sites, teams } from './house.ts';
import { importerPassword } from './memory.ts';
import { ADMIN_ID, DEMO_TECHNICIAN, IMPORTER_ID, makePeople, memberships, portalPeople } from './people.ts';

/** Everybody's on the demo desk: it is served on loopback only. */
export const DEMO_PASSWORD = 'bonjour-guichet';

export interface DemoAccount {
  role: string;
  name: string;
  login: string;
  password: string;
}

/** The people to sign in as, for the table that a start prints. */
export function demoAccounts(population = makePeople()): DemoAccount[] {
  const people = [...population.staff, ...population.others, ...population.requesters.map(({ person }) => person)];
  const account = (role: string, id: string) => {
    const name = people.find((one) => one.id === id)?.name ?? id;
    return { role, name, login: id, password: DEMO_PASSWORD };
  };
  const requesters = portalPeople(population.requesters).map(({ person }) => person);
  return [
    account('technician', DEMO_TECHNICIAN),
    account('technician (English)', 'emma.clarke'),
    account('lead', 'thomas.lefevre'),
    ...requesters.map(({ id, language }) => account(language === 'fr' ? 'requester' : 'requester (English)', id)),
    account('administrator', ADMIN_ID),
  ];
}

/** Idempotent: a second time it changes nothing but the passwords, which it sets again. */
export async function prepareDemo(database: GuichetDatabase, dataDir: string, now: Date): Promise<void> {
  const population = makePeople();
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
  });
  await giveAccounts(database, dataDir);
}

/** At each start: a desk that an earlier version made lacks those of most requesters. */
export async function giveAccounts(database: GuichetDatabase, dataDir: string): Promise<void> {
  const { staff, requesters } = makePeople();
  const everybody = await hashPassword(DEMO_PASSWORD);
  const importer = await hashPassword(importerPassword(dataDir));
  await database.write(async (tx) => {
    for (const { id } of [...staff, ...requesters.map(({ person }) => person)])
      await directory.putCredential(tx, { personId: id, login: id, passwordHash: everybody });
    await directory.putCredential(tx, { personId: ADMIN_ID, login: ADMIN_ID, passwordHash: everybody });
    await directory.putCredential(tx, { personId: IMPORTER_ID, login: IMPORTER_ID, passwordHash: importer });
  });
}
