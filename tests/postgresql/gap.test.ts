import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { Entry } from '#shared/domain/model.ts';
import { readPosition } from '../../server/db/database.ts';
import type { Store } from '../../server/db/store.ts';
import { formatCursor } from '../../server/feed/cursor.ts';
import { pull } from '../../server/feed/pull.ts';
import { pushOperation } from '../../server/operations/push.ts';
import { openInput, operationOf } from '../server/desk-content.ts';
import { withSerialIds } from './serial-ids.ts';
import { type BareServer, bareServer, heldOpen } from './slow-server.ts';

let server: BareServer;
afterEach(() => server.close());

/** The notes that a reader has in the end, who pulls while A is written but not committed and B is, and again when A is too. */
async function readAround(build: (store: Store) => Store): Promise<string[]> {
  server = await bareServer(build);
  const { services } = server;
  const { database, desk } = services;
  const [ticketA, ticketB] = [randomUUID(), randomUUID()];
  const author = { personId: 'amira', seenSeq: 0 };
  for (const id of [ticketA, ticketB]) await pushOperation(services, author, operationOf('open', id, openInput('farid')));
  const note = (ticketId: string, text: string) => operationOf('note', ticketId, { text, visibility: 'internal' });

  const notes: string[] = [];
  let cursor = formatCursor(await database.read(readPosition));
  const pullOnce = async () => {
    const page = await database.read(async (db) => pull(db, await desk.in(db), 'bruno', cursor, 100));
    if (!page.ok) throw new Error('the cursor does not fit');
    for (const change of page.changes) {
      if (change.table === 'entry' && 'row' in change) notes.push((change.row as Entry & { data: { text: string } }).data.text);
    }
    cursor = page.cursor;
  };

  const slow = heldOpen(services);
  const a = pushOperation(slow.services, author, note(ticketA, 'A'));
  await slow.written;
  expect(await pushOperation(services, author, note(ticketB, 'B'))).toMatchObject({ status: 'applied' });
  await pullOnce();
  expect(notes).toEqual(['B']);
  slow.goOn();
  expect(await a).toMatchObject({ status: 'applied' });
  await pullOnce();
  return notes;
}

test('a transaction that is open while a later one commits is missed by nobody who reads meanwhile', async () => {
  expect(await readAround((store) => store)).toEqual(['B', 'A']);
});

test('a build that numbers the feed with serial ids loses it: the test before can fail', async () => {
  expect(await readAround(withSerialIds)).toEqual(['B']);
});
