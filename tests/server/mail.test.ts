import { mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { importedSolution, operationOf } from './desk-content.ts';

let desk: TestDesk;
let ahead: number;
let farid: TestSession;
let amira: TestSession;
beforeEach(async () => {
  ahead = 0;
  desk = await startDesk({ clock: () => new Date(Date.now() + ahead) });
  [farid, amira] = [await desk.signIn('farid'), await desk.signIn('amira')];
});
afterEach(() => desk.close());

function letters(): string[] {
  try {
    return readdirSync(desk.settings.mailDir).filter((file) => file.startsWith('resolved.') && file.endsWith('.eml'));
  } catch {
    return [];
  }
}
const states = () =>
  desk.server.database.read(async (db) => {
    const rows = await db.selectFrom('mail').select('state').where('kind', '=', 'resolved').orderBy('id').execute();
    return rows.map((row) => row.state);
  });

async function solved(beneficiaryId: string) {
  const ticketId = await farid.open({ beneficiaryId, title: 'Été : réseau coupé' });
  await amira.must('claim', ticketId);
  const resolve = operationOf('resolve', ticketId, { text: 'Câble remplacé.', code: 'solved' });
  await amira.push(resolve);
  return { ticketId, resolve };
}

test('a solution writes one mail to each of requester and beneficiary, in their languages, ten seconds later', async () => {
  const { ticketId } = await solved('gina');
  expect(await states()).toEqual(['queued', 'queued']);
  expect(letters()).toEqual([]);
  ahead += 10_000;
  await vi.waitFor(async () => expect(await states()).toEqual(['sent', 'sent']), { timeout: 10_000 });
  const { number } = (await farid.ticket(ticketId)).ticket;
  const texts = letters().map((file) => readFileSync(join(desk.settings.mailDir, file), 'utf8'));
  const to = (who: string) => texts.filter((text) => text.includes(`<${who}@example.org>`));
  expect(texts).toHaveLength(2);
  expect(to('farid')).toHaveLength(1);
  expect(to('gina')[0]).toContain(`Hello Gina Roberts`);
  expect(texts.every((text) => /^Subject: /m.test(text) && /^From: /m.test(text) && /^Date: /m.test(text))).toBe(true);
  expect(to('gina')[0]).toContain(number ?? 'a number');
});

test('who asks for himself gets one mail', async () => {
  await solved('farid');
  expect(await states()).toEqual(['queued']);
});

test('a mail that a crash left half way is written over the same file: never twice', async () => {
  await solved('farid');
  ahead += 10_000;
  await vi.waitFor(async () => expect(await states()).toEqual(['sent']), { timeout: 10_000 });
  await desk.server.database.write((tx) => tx.updateTable('mail').set({ state: 'leaving', sent_at: null }).execute());
  await desk.restart();
  await vi.waitFor(async () => expect(await states()).toEqual(['sent']), { timeout: 10_000 });
  expect(letters()).toHaveLength(1);
});

test('a letter that cannot be written holds up no other, and leaves once it can', async () => {
  await solved('gina');
  const [first] = await desk.server.database.read((db) =>
    db.selectFrom('mail').select('id').where('kind', '=', 'resolved').orderBy('id').execute(),
  );
  const inTheWay = join(desk.settings.mailDir, `${first?.id.replace(/[^A-Za-z0-9._-]/g, '_')}.eml.part`);
  mkdirSync(inTheWay, { recursive: true });
  ahead += 10_000;
  const tries = () => desk.server.database.read((db) => db.selectFrom('mail').select('state').where('attempts', '=', 1).execute());
  await vi.waitFor(async () => expect([(await states()).sort(), await tries()]).toEqual([['leaving', 'sent'], [{ state: 'leaving' }]]), {
    timeout: 10_000,
  });
  rmdirSync(inTheWay);
  ahead += 2 * 60_000;
  await vi.waitFor(async () => expect(await states()).toEqual(['sent', 'sent']), { timeout: 10_000 });
  expect(letters()).toHaveLength(2);
});

test('an undo takes the mail back; once it left, the undo is refused', async () => {
  const taken = await solved('farid');
  await amira.must('undo', taken.ticketId, { operationId: taken.resolve.id });
  const left = await solved('farid');
  ahead += 10_000;
  await vi.waitFor(async () => expect((await states()).sort()).toEqual(['sent', 'taken_back']), { timeout: 10_000 });
  expect(letters()).toHaveLength(1);
  expect(await amira.do('undo', left.ticketId, { operationId: left.resolve.id })).toMatchObject({
    refusal: { code: 'undo_impossible', why: 'mail_left' },
  });
});

test('imports write no mail', async () => {
  const ines = await desk.signIn('ines');
  const operations = importedSolution(crypto.randomUUID(), Date.parse('2026-01-01T10:00:00.000Z'));
  expect(await ines.call('POST', '/v1/import', { operations })).toMatchObject({
    body: { outcomes: operations.map(() => ({ status: 'applied' })) },
  });
  expect(await desk.server.database.read((db) => db.selectFrom('mail').select('id').execute())).toEqual([]);
});
