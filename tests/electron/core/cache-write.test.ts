import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  writer.write([row('policy', policy), row('calendar', calendar)]);
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
  beforeEach(() => void writer.write([row('ticket', ticket), row('entry', entry)], 'e:1:t'));

  test('what changes comes in its place, and an older row never over a newer one', () => {
    writer.write([row('entry', { ...entry, revision: 3, undone: true })]);
    writer.write([row('entry', { ...entry, revision: 2 }), row('ticket', { ...ticket, title: 'Newer', revision: 4 })]);
    writer.write([row('ticket', { ...ticket, title: 'Older', revision: 3 })]);
    expect(whole(1)?.entries).toEqual([{ ...entry, revision: 3, undone: true }]);
    expect(whole(1)?.ticket).toMatchObject({ title: 'Newer', revision: 4 });
  });

  test('a line that is gone leaves the rest, a ticket that is gone leaves nothing', () => {
    const second = { ...entry, id: idOf(77) };
    writer.write([row('entry', second)]);
    writer.write([{ table: 'entry', gone: entry.id, ticketId: ticket.id }]);
    expect(whole(1)?.entries.map((one) => one.id)).toEqual([second.id]);
    writer.write([
      { table: 'ticket', gone: ticket.id },
      { table: 'entry', gone: second.id, ticketId: ticket.id },
    ]);
    expect(held((reader) => [...reader.eachRow()].map((one) => one.table))).toEqual(['calendar', 'policy']);
    expect(held((reader) => reader.ticketCount())).toBe(0);
  });

  test('a line of a ticket that is not here is not kept', () => {
    writer.write([row('entry', { ...entry, id: idOf(78), ticketId: idOf(9) })]);
    expect(held((reader) => reader.rows.all('entry'))).toEqual([entry]);
  });

  test('new tickets of one instant, in one change, have a place each', () => {
    const others = [2, 3, 4].map((n) => opened(n).ticket);
    writer.write(others.map((one) => row('ticket', one)));
    expect(held((reader) => reader.rows.all('ticket').map((one) => one.id)).sort()).toEqual([1, 2, 3, 4].map(idOf));
  });
});

test('one that goes on finds how far the other had come, and the keys that it gave', async () => {
  const [first, second] = [opened(1), opened(2)];
  const filled = { page: 'second', position: 'e:2:t', received: 1 };
  writer.beginBulk('amira');
  await writer.writePage([pageRow('ticket', first.ticket)], 1, noPause);
  writer.commitPages(filled);
  await writer.writePage([pageRow('ticket', second.ticket)], 1, noPause);
  writer.close();
  writer = new CacheWriter(file, () => at('10:00'));
  expect([writer.filled(), whole(1)?.ticket, whole(2)]).toEqual([filled, first.ticket, undefined]);
  writer.beginBulk('amira');
  await writer.writePage([pageRow('ticket', second.ticket), pageRow('entry', second.entry)], 1, noPause);
  writer.finishBulk('e:2:t');
  expect([whole(1)?.ticket, whole(2)]).toEqual([first.ticket, { ticket: second.ticket, entries: [second.entry], resolutions: [] }]);
  expect([writer.filled(), writer.meta('position')]).toEqual([null, 'e:2:t']);
});

describe('after a bootstrap whose end is not on the disk yet', () => {
  beforeEach(async () => {
    writer.beginBulk('amira');
    await writer.writePage([pageRow('ticket', opened(1).ticket)], 1, noPause);
    writer.finishBulk('e:1:t');
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
    const mark = String(bootedAt() - 3_600);
    writer.setMeta({ unsettled: mark });
    await settle(file);
    writer.markSettled(mark);
    writer.close();
    prepareCacheFile(file, 'amira');
    expect(tickets()).toBe(1);
  });

  test('an older bootstrap’s sync says nothing of a newer one', () => {
    const older = writer.meta('unsettled') ?? '';
    writer.beginBulk('amira');
    writer.markSettled(older);
    expect(writer.meta('unsettled')).not.toBeNull();
  });
});
