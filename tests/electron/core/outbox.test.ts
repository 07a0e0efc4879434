import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asFailure } from '../../../electron/core/failure.ts';
import { migrate, migrations, OUTBOX_VERSION } from '../../../electron/core/storage/migrate.ts';
import { openOutbox } from '../../../electron/core/storage/open-outbox.ts';
import { Outbox } from '../../../electron/core/storage/outbox.ts';
import type { NewOperation } from '../../../electron/core/storage/outbox-rows.ts';
import { openSqlite } from '../../../electron/core/storage/sqlite.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-outbox-'));
  file = join(folder, 'outbox.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = '2026-05-04T09:26:00.000Z';
function operation(more: Partial<NewOperation> = {}): NewOperation {
  return {
    id: randomUUID(),
    name: 'note',
    ticketId: 'ticket-1',
    ticketNumber: 'I-2026-000001',
    ticketTitle: 'A ticket',
    input: { text: 'x', visibility: 'internal' },
    madeAt: at,
    occurredAt: at,
    offline: true,
    after: [],
    before: null,
    draft: null,
    ...more,
  };
}

describe('migrations', () => {
  test.each(migrations.map((step) => step.version))('a file of version %i with rows in it comes up to date and keeps them', (version) => {
    const db = openSqlite(file);
    migrate(db, version);
    db.prepare(
      `INSERT INTO operation(id, author_id, name, ticket_id, ticket_title, input, made_at, occurred_at, offline, after, state)
       VALUES ('00000000-0000-4000-8000-000000000001', 'amira', 'note', 't', 'Title', '{"text":"kept"}', ?, ?, 1, '[]', 'queued')`,
    ).run(at, at);
    db.prepare("INSERT INTO draft VALUES ('amira', 't', 'note', '{\"text\":\"typed\"}', ?)").run(at);
    db.prepare("INSERT INTO meta VALUES ('owner', 'amira')").run();
    db.close();
    const outbox = new Outbox(file);
    expect(outbox.db.pragma('user_version', { simple: true })).toBe(OUTBOX_VERSION);
    expect(outbox.pending('amira')).toMatchObject([{ name: 'note', input: { text: 'kept' }, state: 'queued', sentAt: null }]);
    expect(outbox.drafts('amira', 't')).toMatchObject([{ form: 'note', content: { text: 'typed' } }]);
    expect(outbox.owner()).toBe('amira');
    expect(outbox.rejections('amira')).toEqual([]);
    expect(outbox.call('amira')).toBeNull();
    outbox.close();
  });

  test('versions are numbered without a gap', () => {
    expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, index) => index + 1));
  });

  test('a file from a newer version is refused with a clear failure and not touched', () => {
    new Outbox(file).close();
    const db = openSqlite(file);
    db.pragma(`user_version = ${OUTBOX_VERSION + 1}`);
    db.close();
    const before = readFileSync(file);
    expect(() => openOutbox(file)).toThrow(/newer Guichet/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

test('it is durable at each commit: WAL with full synchronisation', () => {
  const outbox = new Outbox(file);
  expect(outbox.db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(outbox.db.pragma('synchronous', { simple: true })).toBe(2);
  outbox.close();
});

test('a full disk is a failure of its own kind, and nothing is half applied', () => {
  const outbox = new Outbox(file);
  outbox.saveDraft('amira', 'ticket-1', { form: 'note', content: { text: 'typed' } }, at);
  const pages = Number(outbox.db.pragma('page_count', { simple: true }));
  outbox.db.pragma(`max_page_count = ${pages}`);
  const queue = () =>
    outbox.transaction(() => {
      outbox.dropDraft('amira', 'ticket-1', 'note');
      outbox.add('amira', operation({ name: 'claim' }));
      outbox.add('amira', operation({ input: { text: 'x'.repeat(100_000), visibility: 'internal' } }));
    });
  let failure: unknown;
  try {
    queue();
  } catch (error) {
    failure = asFailure(error);
  }
  expect(failure).toMatchObject({ kind: 'disk_full' });
  expect(outbox.pending('amira')).toEqual([]);
  expect(outbox.drafts('amira', 'ticket-1')).toHaveLength(1);
  outbox.db.pragma('max_page_count = 100000');
  queue();
  expect(outbox.pending('amira')).toHaveLength(2);
  expect(outbox.drafts('amira', 'ticket-1')).toEqual([]);
  outbox.close();
});

test('a transaction that ends badly queues nothing and keeps the draft', () => {
  const outbox = new Outbox(file);
  outbox.saveDraft('amira', 'ticket-1', { form: 'note', content: { text: 'typed' } }, at);
  expect(() =>
    outbox.transaction(() => {
      outbox.dropDraft('amira', 'ticket-1', 'note');
      outbox.add('amira', operation());
      throw new Error('killed here');
    }),
  ).toThrow('killed here');
  expect(outbox.pending('amira')).toEqual([]);
  expect(outbox.drafts('amira', 'ticket-1')).toHaveLength(1);
  outbox.close();
});

test('acknowledged operations stay 30 days, unsent ones for ever', () => {
  const outbox = new Outbox(file);
  const sent = operation();
  const unsent = operation();
  outbox.add('amira', sent);
  outbox.add('amira', unsent);
  outbox.setOutcome(sent.id, { id: sent.id, status: 'applied', seq: 7, revision: 7 }, at);
  outbox.prune('2026-06-03T09:25:00.000Z');
  expect(outbox.get(sent.id)).toMatchObject({ state: 'applied', seq: 7 });
  outbox.prune('2026-06-03T09:27:00.000Z');
  expect(outbox.get(sent.id)).toBeUndefined();
  outbox.prune('2036-06-03T09:27:00.000Z');
  expect(outbox.get(unsent.id)).toBeDefined();
  outbox.close();
});

test("rows are their author's alone", () => {
  const outbox = new Outbox(file);
  outbox.add('amira', operation());
  expect(outbox.pending('bruno')).toEqual([]);
  expect(outbox.pendingCount('amira')).toBe(1);
  outbox.close();
});

test('after another epoch each person offers his own, whoever comes first', () => {
  const outbox = new Outbox(file);
  outbox.noteEpoch('first');
  expect(outbox.hasToOffer('amira')).toBe(false);
  const [hers, his] = [operation(), operation()];
  for (const [author, one] of [
    ['amira', hers],
    ['bruno', his],
  ] as const) {
    outbox.add(author, one);
    outbox.setOutcome(one.id, { id: one.id, status: 'applied', seq: 7, revision: 7 }, at);
  }
  outbox.noteEpoch('second');
  outbox.noteEpoch('second');
  outbox.endOffer('bruno', [his.id]);
  expect(outbox.pending('bruno').map(({ id, sentAt, outcome }) => [id, sentAt, outcome])).toEqual([[his.id, null, null]]);
  expect([outbox.hasToOffer('bruno'), outbox.hasToOffer('amira'), outbox.hasToOffer('chloe')]).toEqual([false, true, false]);
  expect(outbox.acknowledged('amira').map(({ id }) => id)).toEqual([hers.id]);
  outbox.close();
});

test('a damaged file is kept aside and what can be read of it is saved', () => {
  const first = new Outbox(file);
  for (let i = 0; i < 200; i++) first.add('amira', operation({ input: { text: `note ${i} ${'x'.repeat(500)}`, visibility: 'internal' } }));
  first.close();
  const bytes = readFileSync(file);
  bytes.fill(0xaa, bytes.length - 8_192);
  writeFileSync(file, bytes);
  const { outbox, damaged } = openOutbox(file);
  expect(damaged).not.toBeNull();
  expect(readdirSync(folder).some((name) => name.startsWith('outbox.db.damaged-'))).toBe(true);
  expect(outbox.pending('amira').length).toBeGreaterThan(100);
  outbox.add('amira', operation());
  outbox.close();
});

/** An outbox with a note each page or so; their ids in order. */
function manyNotes(): string[] {
  const outbox = new Outbox(file);
  const all = Array.from({ length: 100 }, (_, i) => operation({ input: { text: `note ${i} ${'x'.repeat(900)}`, visibility: 'internal' } }));
  outbox.transaction(() => {
    for (const one of all) outbox.add('amira', one);
  });
  outbox.close();
  return all.map((one) => one.id);
}

test('of a page that is damaged in the middle only its own rows are lost, and the order of the others stays', () => {
  const ids = manyNotes();
  const db = openSqlite(file);
  const leaves = db
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'operation' AND pagetype = 'leaf' ORDER BY path")
    .pluck()
    .all();
  const bytes = readFileSync(file);
  const size = Number(db.pragma('page_size', { simple: true }));
  db.close();
  const middle = leaves[Math.floor(leaves.length / 2)] ?? 0;
  bytes.fill(0xaa, (middle - 1) * size, middle * size);
  writeFileSync(file, bytes);
  const { outbox } = openOutbox(file);
  const left = outbox.pending('amira').map((one) => one.id);
  expect(left.length).toBeGreaterThan(90);
  expect(left).toEqual(ids.filter((id) => left.includes(id)));
  expect([left[0], left.at(-1)]).toEqual([ids[0], ids.at(-1)]);
  outbox.close();
});

test('a row whose text was damaged is found by looking through it all, and does not take the others with it', () => {
  const ids = manyNotes();
  const db = openSqlite(file);
  db.prepare('UPDATE operation SET input = \'{"text":"no\' WHERE id = ?').run(ids[3]);
  db.close();
  const { outbox, damaged } = openOutbox(file, { thorough: true });
  expect(damaged).not.toBeNull();
  expect(outbox.pending('amira').map((one) => one.id)).toEqual(ids.filter((id) => id !== ids[3]));
  outbox.close();
});

test('a process that is killed while the saved rows take the place of the damaged ones loses none of them', () => {
  const ids = manyNotes();
  // The damaged file was set aside, the saved one not yet renamed.
  renameSync(file, join(folder, 'outbox.saved.db'));
  const first = openOutbox(file);
  expect(first.outbox.pending('amira').map((one) => one.id)).toEqual(ids);
  expect(first.damaged).not.toBeNull();
  first.outbox.close();
  // The saved rows were not complete yet: the damaged file is still in its place, and counts.
  writeFileSync(join(folder, 'outbox.saved.db'), 'half of it');
  const second = openOutbox(file);
  expect(second.outbox.pending('amira').map((one) => one.id)).toEqual(ids);
  expect(second.damaged).toBeNull();
  second.outbox.close();
});
