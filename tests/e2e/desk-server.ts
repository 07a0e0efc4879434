/** The server with the small desk of the tests, made at its first start in DATA_DIR. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ImportResponse, PROTOCOL_HEADER, PROTOCOL_VERSION, SessionTokens } from '#shared/contract/api.ts';
import { buildServer } from '../../server/app.ts';
import { hashPassword } from '../../server/auth/password.ts';
import { openDatabase } from '../../server/db/database.ts';
import * as directory from '../../server/db/directory.ts';
import { readSettings } from '../../server/settings.ts';
import { askers, categories, closingCodes, history, logins, password, requesters, sites, staff, teams } from './desk-content.ts';

const settings = readSettings(process.env);
const isNew = !existsSync(join(settings.dataDir, 'guichet.db'));
if (isNew) await makeDirectory();
/** Set forward by a line on standard input: all deadlines are then so much nearer. */
let ahead = 0;
createInterface({ input: process.stdin }).on('line', (line) => {
  const minutes = /^forward (\d+)$/.exec(line)?.[1];
  if (minutes !== undefined) ahead += Number(minutes) * 60_000;
});
const server = await buildServer(settings, { clock: () => new Date(Date.now() + ahead) });
await server.listen();
if (isNew) await importHistory(server.url);
console.log(`Guichet server listening on ${server.url}`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));

async function makeDirectory(): Promise<void> {
  const passwordHash = await hashPassword(password);
  const database = await openDatabase({ dataDir: settings.dataDir });
  await database.write(async (tx) => {
    const always: [string, string][] = [['00:00', '24:00']];
    const hours = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always };
    const short = { takeCharge: 15, contact: 30, resolution: 240 };
    const targets = {
      low: { takeCharge: 480, contact: 960, resolution: 2400 },
      medium: { takeCharge: 60, contact: 120, resolution: 480 },
      high: short,
    };
    await directory.putService(tx, { id: 'service', name: 'MyService', defaultCountry: 'FR' });
    // Open day and night: the tests run at any hour.
    await directory.putCalendar(tx, {
      id: 'always',
      name: 'Toujours',
      schedule: { timeZone: 'Europe/Paris', hours, holidays: [] },
      isDefault: true,
    });
    await directory.putPolicy(tx, { id: 'policy', targets: { incident: targets, request: targets } });
    for (const team of teams) await directory.putTeam(tx, team);
    for (const site of sites) await directory.putSite(tx, { ...site, calendarId: null });
    for (const category of categories) await directory.putCategory(tx, category);
    for (const code of closingCodes) await directory.putClosingCode(tx, code);
    await directory.putRoute(tx, { id: 'r1', position: 1, categoryId: 'reseau', siteId: null, teamId: 'reseau' });
    await directory.putRoute(tx, { id: 'r2', position: 2, categoryId: 'poste', siteId: null, teamId: 'postes' });
    for (const one of [...staff, ...requesters]) {
      const phone = { typed: one.phone, e164: `+33${one.phone.replace(/^\+33/, '').replace(/\D/g, '').replace(/^0/, '')}` };
      const email = `${one.id}@example.org`;
      await directory.putPerson(tx, {
        id: one.id,
        name: one.name,
        email,
        phone,
        siteId: one.site,
        place: one.place,
        language: 'fr',
        active: true,
      });
    }
    for (const [id, role, teamId] of [
      ['julien', 'technician', 'reseau'],
      ['amira', 'technician', 'reseau'],
      ['thomas', 'lead', 'reseau'],
    ] as const) {
      await directory.putMembership(tx, { id: `${id}:${teamId}`, personId: id, teamId, role });
      await directory.putCredential(tx, { personId: id, login: logins[id], passwordHash });
    }
    for (const id of askers) await directory.putCredential(tx, { personId: id, login: logins[id], passwordHash });
    await directory.putPerson(tx, {
      id: 'importer',
      name: 'Reprise',
      email: null,
      phone: null,
      siteId: null,
      place: '',
      language: 'fr',
      active: true,
    });
    await directory.putMembership(tx, { id: 'importer', personId: 'importer', teamId: null, role: 'importer' });
    await directory.putCredential(tx, { personId: 'importer', login: logins.importer, passwordHash });
  });
  await database.close();
}

async function importHistory(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
  const post = async (path: string, body: unknown, more: Record<string, string> = {}): Promise<unknown> => {
    const answer = await fetch(url + path, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const device = `import ${randomUUID()}`;
  const { accessToken } = SessionTokens.parse(await post('/v1/session', { login: logins.importer, password, device }));
  const authorization = `Bearer ${accessToken}`;
  const { outcomes } = ImportResponse.parse(await post('/v1/import', { operations: history(), skipTouched: false }, { authorization }));
  const wrong = outcomes.filter((outcome) => outcome.status !== 'applied');
  if (wrong.length > 0) throw new Error(`the import refused ${JSON.stringify(wrong)}`);
}
