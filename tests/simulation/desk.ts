/** The desk that is simulated: three teams, five technicians, two leads, two people who ask. */
import { existsSync, rmSync } from 'node:fs';
import type { Membership } from '#shared/domain/model.ts';
import { buildServer } from '../../server/app.ts';
import { openSession } from '../../server/auth/sessions.ts';
import type { WriteTx } from '../../server/db/database.ts';
import {
  putCalendar,
  putCategory,
  putClosingCode,
  putMembership,
  putPerson,
  putPolicy,
  putRoute,
  putService,
  putSite,
  putTeam,
} from '../../server/db/directory.ts';
import { readSettings } from '../../server/settings.ts';
import { openInput, operationOf } from '../server/desk-content.ts';
import { Chance } from './chance.ts';
import { newFolder } from './files.ts';

/** When every simulation begins: a Monday. */
export const START = Date.UTC(2026, 4, 4, 8);
export const teams = ['network', 'workplace', 'dispatch'] as const;
export const categories = ['wifi', 'laptop', 'other'] as const;

type Roles = readonly (readonly [Membership['role'], string])[];
/** Who has a console. Nora works in two teams, and so does Emma, who leads both. */
export const staff: Record<string, Roles> = {
  amira: [['technician', 'network']],
  bruno: [['technician', 'network']],
  david: [['technician', 'workplace']],
  leo: [
    ['technician', 'workplace'],
    ['technician', 'dispatch'],
  ],
  nora: [
    ['technician', 'network'],
    ['technician', 'workplace'],
  ],
  chloe: [['lead', 'network']],
  emma: [
    ['lead', 'workplace'],
    ['lead', 'dispatch'],
  ],
};
export const staffIds = Object.keys(staff);
export const askers = ['farid', 'gina'] as const;

export const membershipId = (personId: string, teamId: string) => `${personId}-${teamId}`;

async function fill(tx: WriteTx): Promise<void> {
  await putService(tx, { id: 'service', name: 'MyService', defaultCountry: 'FR' });
  for (const id of teams) await putTeam(tx, { id, names: { fr: id, en: id } });
  const allDay: [[string, string]] = [['00:00', '24:00']];
  const hours = { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay };
  await putCalendar(tx, { id: 'always', name: 'Always', schedule: { timeZone: 'Europe/Paris', hours, holidays: [] }, isDefault: true });
  await putSite(tx, { id: 'lyon', name: 'Lyon', calendarId: null });
  await putSite(tx, { id: 'nantes', name: 'Nantes', calendarId: 'always' });
  for (const id of categories) await putCategory(tx, { id, names: { fr: id, en: id } });
  await putClosingCode(tx, { id: 'solved', names: { fr: 'Résolu', en: 'Solved' } });
  await putRoute(tx, { id: 'route-1', position: 1, categoryId: 'wifi', siteId: null, teamId: 'network' });
  await putRoute(tx, { id: 'route-2', position: 2, categoryId: 'laptop', siteId: null, teamId: 'workplace' });
  const targets = { takeCharge: 30, contact: 60, resolution: 480 };
  const byUrgency = { low: targets, medium: targets, high: targets };
  await putPolicy(tx, { id: 'policy', targets: { incident: byUrgency, request: byUrgency } });
  for (const id of [...staffIds, ...askers]) {
    // Without an address no mail is written: a file of its own would be the only thing here that takes real time.
    await putPerson(tx, { id, name: id, email: null, phone: null, siteId: 'lyon', place: '', language: 'fr', active: true });
    for (const [role, teamId] of staff[id] ?? []) {
      await putMembership(tx, { id: membershipId(id, teamId), personId: id, teamId, role });
    }
  }
}

const TICKETS = 30;

/** A data folder with the desk and thirty tickets in its pools; copied for each simulation. */
export interface Template {
  folder: string;
  ticketIds: readonly string[];
  remove(): void;
}

export async function makeTemplate(): Promise<Template> {
  const folder = newFolder();
  const chance = new Chance(1);
  const opening = new Date(START - 3_600_000);
  const settings = readSettings({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' });
  const server = await buildServer(settings, { clock: () => opening, every: () => () => undefined });
  const ticketIds: string[] = [];
  try {
    await server.database.write(fill);
    for (const asker of askers) {
      const { accessToken } = await server.database.write((tx) => openSession(tx, asker, 'template'));
      const operations = Array.from({ length: TICKETS / askers.length }, (_, index) => {
        const ticketId = chance.uuid();
        ticketIds.push(ticketId);
        const categoryId = categories[index % categories.length];
        const input = openInput(asker, { title: `Ticket ${ticketIds.length}`, categoryId });
        const at = opening.toISOString();
        return operationOf('open', ticketId, input, { id: chance.uuid(), madeAt: at, occurredAt: at });
      });
      const answer = await server.inject({
        method: 'POST',
        url: '/v1/operations',
        headers: { authorization: `Bearer ${accessToken}` },
        payload: { operations },
      });
      if (answer.statusCode !== 200 || answer.body.includes('rejected')) throw new Error(`no tickets to begin with: ${answer.body}`);
    }
  } finally {
    await server.close();
  }
  return { folder, ticketIds, remove: () => existsSync(folder) && rmSync(folder, { recursive: true }) };
}
