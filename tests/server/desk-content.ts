/** Who and what a small test desk has: three teams, technicians, leads, requesters, an admin, an importer; and what is done on it. */
import { randomUUID } from 'node:crypto';
import type { ImportOperation, PushOperation } from '#shared/contract/api.ts';
import type { Membership } from '#shared/domain/model.ts';
import { hashPassword } from '../../server/auth/password.ts';
import type { WriteTx } from '../../server/db/database.ts';
import {
  putCalendar,
  putCategory,
  putClosingCode,
  putCredential,
  putMembership,
  putPerson,
  putPolicy,
  putRoute,
  putService,
  putSite,
  putTeam,
} from '../../server/db/directory.ts';

export const PASSWORD = 'correct horse battery';
let passwordHash: Promise<string> | undefined;
/** Made once a test file: it takes its time. */
export function hashedPassword(): Promise<string> {
  passwordHash ??= hashPassword(PASSWORD);
  return passwordHash;
}

type Roles = readonly (readonly [Membership['role'], string | null])[];
/** login → roles. Amira and Bruno share the pool of "network"; David and Emma are "workplace"; Farid and Gina only ask. */
export const people: Record<string, { name: string; language: 'fr' | 'en'; roles: Roles }> = {
  amira: { name: 'Amira Benali', language: 'fr', roles: [['technician', 'network']] },
  bruno: { name: 'Bruno Keller', language: 'fr', roles: [['technician', 'network']] },
  chloe: { name: 'Chloé Martin', language: 'fr', roles: [['lead', 'network']] },
  david: { name: 'David Owen', language: 'en', roles: [['technician', 'workplace']] },
  emma: { name: 'Emma Laurent', language: 'fr', roles: [['lead', 'workplace']] },
  leo: { name: 'Léo Petit', language: 'fr', roles: [['technician', 'dispatch']] },
  farid: { name: 'Farid Saïdi', language: 'fr', roles: [] },
  gina: { name: 'Gina Roberts', language: 'en', roles: [] },
  hugo: { name: 'Hugo Admin', language: 'fr', roles: [['admin', null]] },
  ines: { name: 'Inès Import', language: 'fr', roles: [['importer', null]] },
};

/** Opens around the clock, so that no test depends on the hour it runs at. */
const allDay: [[string, string]] = [['00:00', '24:00']];

/** The desk's directory and its accounts, all with the password whose hash is given. */
export async function fillDesk(tx: WriteTx, hash: string): Promise<void> {
  await putService(tx, { id: 'service', name: 'MyService', defaultCountry: 'FR' });
  for (const [id, fr, en] of [
    ['dispatch', 'Aiguillage', 'Dispatch'],
    ['network', 'Réseau', 'Network'],
    ['workplace', 'Poste de travail', 'Workplace'],
  ] as const)
    await putTeam(tx, { id, names: { fr, en } });
  const hours = { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay };
  await putCalendar(tx, {
    id: 'always',
    name: 'Always',
    schedule: { timeZone: 'Europe/Paris', hours, holidays: [] },
    isDefault: true,
  });
  await putSite(tx, { id: 'lyon', name: 'Lyon', calendarId: null });
  await putSite(tx, { id: 'nantes', name: 'Nantes', calendarId: 'always' });
  await putCategory(tx, { id: 'wifi', names: { fr: 'Wi-Fi', en: 'Wi-Fi' } });
  await putCategory(tx, { id: 'laptop', names: { fr: 'Portable', en: 'Laptop' } });
  await putCategory(tx, { id: 'other', names: { fr: 'Autre', en: 'Other' } });
  await putClosingCode(tx, { id: 'solved', names: { fr: 'Résolu', en: 'Solved' } });
  await putRoute(tx, { id: 'route-1', position: 1, categoryId: 'wifi', siteId: null, teamId: 'network' });
  await putRoute(tx, { id: 'route-2', position: 2, categoryId: 'laptop', siteId: null, teamId: 'workplace' });
  const targets = { takeCharge: 30, contact: 60, resolution: 480 };
  const byUrgency = { low: targets, medium: targets, high: targets };
  await putPolicy(tx, { id: 'policy', targets: { incident: byUrgency, request: byUrgency } });
  for (const [id, { name, language, roles }] of Object.entries(people)) {
    await putPerson(tx, {
      id,
      name,
      email: `${id}@example.org`,
      phone: { typed: '01 99 00 12 34', e164: '+33199001234' },
      siteId: 'lyon',
      place: 'B 12',
      language,
      active: true,
    });
    for (const [role, teamId] of roles) await putMembership(tx, { id: `${id}-${role}-${teamId ?? 'all'}`, personId: id, teamId, role });
    await putCredential(tx, { personId: id, login: id, passwordHash: hash });
  }
}

/** An operation as a console makes it. */
export function operationOf(
  name: string,
  ticketId: string,
  input: Record<string, unknown> = {},
  more: Partial<PushOperation> = {},
): PushOperation {
  const now = new Date().toISOString();
  return { id: randomUUID(), name, ticketId, input, madeAt: now, occurredAt: now, offline: false, after: [], ...more };
}

/** What `open` needs; "wifi" goes to the team network, "laptop" to workplace, "other" to dispatch. */
export function openInput(personId: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'incident',
    title: 'No network on the second floor',
    description: 'Since this morning.',
    requesterId: personId,
    beneficiaryId: personId,
    phone: '01 99 00 12 34',
    place: 'B 12',
    siteId: 'lyon',
    categoryId: 'wifi',
    importance: 'team',
    relevance: 'hindered',
    duringCall: false,
    channel: 'portal',
    ...more,
  };
}

/** A ticket of Farid's that an import opened, gave to Amira and solved, a minute each from `from` on (ms). */
export function importedSolution(ticketId: string, from: number): ImportOperation[] {
  const steps = [
    ['open', 'farid', openInput('farid', { channel: 'import' })],
    ['claim', 'amira', {}],
    ['resolve', 'amira', { text: '', code: null }],
  ] as const;
  return steps.map(([name, actorId, input], minute) => ({
    id: randomUUID(),
    name,
    ticketId,
    actorId,
    at: new Date(from + minute * 60_000).toISOString(),
    input,
  }));
}
