import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AnyRow, Entry, Ticket } from '#shared/domain/model.ts';
import { run } from '#shared/domain/ticket/registry.ts';
import { bootedAt, prepareCacheFile } from '../../../electron/core/storage/cache-file.ts';
import { openCacheReader } from '../../../electron/core/storage/cache-read.ts';
import { CacheWriter, type PageRow } from '../../../electron/core/storage/cache-write.ts';
import { settle } from '../../../electron/core/storage/settle.ts';
import { calendar, makeDesk, policy } from '../../shared/domain/desk.ts';
import { at, wifi } from '../../shared/domain/story.ts';

let folder: string;
let file: string;
let writer: CacheWriter;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-cache-'));
  file = join(folder, 'cache.db');
  prepareCacheFile(file, 'amira');
  writer = new CacheWriter(file, () => at('10:00'));
  writer.write([row('policy', policy), row('calendar', calendar)], { generation: 1 });
});
afterEach(() => {
  writer.close();
  rmSync(folder, { recursive: true, force: true });
});

const row = (table: string, one: object) => ({ table, row: one }) as AnyRow;
const pageRow = (table: string, one: object) => ({ ...row(table, one), json: JSON.stringify(one) }) as PageRow;
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A ticket as it was opened, with its first line; `n` tells them apart. */
function opened(n: number, time = '09:00'): { ticket: Ticket; entry: Entry } {
  const desk = makeDesk();
  const context = { now: at(time), occurredAt: at(time), operationId: idOf(1000 + n), ticketId: idOf(n), offline: false, imported: true };
  const subject = { ticket: undefined, resolution: undefined, pastHolders: [] };
  const result = run('open', subject, wifi, { ...context, actor: { id: 'remi', memberships: [] }, desk });
  if (!result.ok || !('change' in result) || !result.change.entries[0]) throw new Error('not opened');
  return { ticket: { ...result.change.ticket, revision: 1 }, entry: { ...result.change.entries[0], revision: 1 } };
}
function held<T>(look: (reader: ReturnType<typeof openCacheReader>) => T): T {
  const reader = openCacheReader(file);
  try {
    return look(reader);
  } finally {
    reader.close();
  }
}
const whole = (n: number) => held((reader) => reader.rows.whole(idOf(n)));
const noPause = async () => undefined;

describe('a ticket is kept with everything of its own', () => {
  const { ticket, entry } = opened(1);
  beforeEach(() => void writer.write([row('ticket', ticket), row('entry', entry)], { generation: 1, position: 'e:1:t' }));

  test('what changes comes in its place, and an older row never over a newer one', () => {
    writer.write([row('entry', { ...entry, revision: 3, undone: true })], { generation: 1 });
    writer.write([row('entry', { ...entry, revision: 2 }), row('ticket', { ...ticket, title: 'Newer', revision: 4 })], { generation: 1 });
    writer.write([row('ticket', { ...ticket, title: 'Older', revision: 3 })], { generation: 1 });
    expect(whole(1)?.entries).toEqual([{ ...entry, revision: 3, undone: true }]);
    expect(whole(1)?.ticket).toMatchObject({ title: 'Newer', revision: 4 });
  });

  test('a line that is gone leaves the rest, a ticket that is gone leaves nothing', () => {
    const second = { ...entry, id: idOf(77) };
    writer.write([row('entry', second)], { generation: 1 });
    writer.write([{ table: 'entry', gone: entry.id, ticketId: ticket.id }], { generation: 1 });
    expect(whole(1)?.entries.map((one) => one.id)).toEqual([second.id]);
    writer.write(
      [
        { table: 'ticket', gone: ticket.id },
        { table: 'entry', gone: second.id, ticketId: ticket.id },
      ],
      { generation: 1 },
    );
    expect(held((reader) => [...reader.eachRow()].map((one) => one.table))).toEqual(['calendar', 'policy']);
    expect(held((reader) => reader.ticketCount())).toBe(0);
  });

  test('a line of a ticket that is not here is not kept', () => {
    writer.write([row('entry', { ...entry, id: idOf(78), ticketId: idOf(9) })], { generation: 1 });
    expect(held((reader) => reader.rows.all('entry'))).toEqual([entry]);
  });

  test('new tickets of one instant, in one change, have a place each', () => {
    const others = [2, 3, 4].map((n) => opened(n).ticket);
    writer.write(
      others.map((one) => row('ticket', one)),
      { generation: 1 },
    );
    expect(held((reader) => reader.rows.all('ticket').map((one) => one.id)).sort()).toEqual([1, 2, 3, 4].map(idOf));
  });
});

test('a bootstrap that was left half done leaves nothing that the next one does not bring', async () => {
  const [first, second] = [opened(1), opened(2)];
  const half = writer.beginBulk('amira', false);
  await writer.writePage([pageRow('ticket', first.ticket), pageRow('entry', first.entry)], half, 100, noPause);
  writer.commitPages();
  const next = writer.beginBulk('amira', false);
  expect(next).toBeGreaterThan(half);
  await writer.writePage([pageRow('policy', policy), pageRow('calendar', calendar), pageRow('ticket', second.ticket)], next, 100, noPause);
  await writer.finishGeneration(next, 'e:2:t', noPause);
  expect([whole(1), whole(2)?.ticket]).toEqual([undefined, second.ticket]);
  expect(writer.generation()).toBe(next);
});

test('one that goes on keeps what it had written, in one generation', async () => {
  const [first, second] = [opened(1), opened(2)];
  const generation = writer.beginBulk('amira', false);
  await writer.writePage(
    [pageRow('policy', policy), pageRow('calendar', calendar), pageRow('ticket', first.ticket)],
    generation,
    1,
    noPause,
  );
  writer.commitPages();
  expect(writer.beginBulk('amira', true)).toBe(generation);
  await writer.writePage([pageRow('ticket', second.ticket), pageRow('entry', second.entry)], generation, 1, noPause);
  await writer.finishGeneration(generation, 'e:2:t', noPause);
  expect([whole(1)?.ticket, whole(2)]).toEqual([first.ticket, { ticket: second.ticket, entries: [second.entry], resolutions: [] }]);
});

describe('after a bootstrap whose end is not on the disk yet', () => {
  beforeEach(async () => {
    const generation = writer.beginBulk('amira', false);
    await writer.writePage(
      [pageRow('policy', policy), pageRow('calendar', calendar), pageRow('ticket', opened(1).ticket)],
      generation,
      1,
      noPause,
    );
    await writer.finishGeneration(generation, 'e:1:t', noPause);
  });
  const tickets = () => held((reader) => reader.ticketCount());

  test('a process that starts again finds it, a machine that starts again does not', () => {
    prepareCacheFile(file, 'amira');
    expect(tickets()).toBe(1);
    writer.setMeta({ unsettled: String(bootedAt() - 3_600) });
    writer.close();
    prepareCacheFile(file, 'amira');
    expect(tickets()).toBe(0);
  });

  test('once it is, the machine may start as often as it likes', async () => {
    writer.setMeta({ unsettled: String(bootedAt() - 3_600) });
    await settle(file);
    writer.markSettled(writer.generation());
    writer.close();
    prepareCacheFile(file, 'amira');
    expect(tickets()).toBe(1);
  });

  test('an older bootstrap’s sync says nothing of a newer one', () => {
    const older = writer.generation();
    writer.beginBulk('amira', false);
    writer.markSettled(older);
    const db = new Database(file, { readonly: true });
    expect(db.prepare("SELECT value FROM meta WHERE name = 'unsettled'").pluck().get()).toBeDefined();
    db.close();
  });
});
