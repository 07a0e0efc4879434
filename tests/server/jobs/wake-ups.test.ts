import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SYSTEM_ACTOR } from '#shared/domain/access.ts';
import { startDesk, type TestDesk, type TestSession } from '../desk.ts';

let desk: TestDesk;
let ahead: number;
let farid: TestSession;
let amira: TestSession;
const HOUR = 3_600_000;
const inMs = (ms: number) => new Date(Date.now() + ahead + ms).toISOString();
async function later(ms: number): Promise<void> {
  ahead += ms;
  await Promise.all([farid.refresh(), amira.refresh()]);
}
beforeEach(async () => {
  ahead = 0;
  desk = await startDesk({ clock: () => new Date(Date.now() + ahead) });
  [farid, amira] = [await desk.signIn('farid'), await desk.signIn('amira')];
});
afterEach(() => desk.close());

async function waiting(wakeAt: string | null): Promise<string> {
  const ticketId = await farid.open();
  await amira.must('claim', ticketId);
  await amira.must('wait', ticketId, { reason: 'supplier', detail: '', wakeAt });
  return ticketId;
}

test('a wake-up ends its pause at the instant that was chosen, and says so on the timeline', async () => {
  const wakeAt = inMs(HOUR);
  const ticketId = await waiting(wakeAt);
  await later(2 * HOUR);
  await vi.waitFor(async () => expect((await amira.ticket(ticketId)).ticket.phase).toBe('open'), { timeout: 20_000, interval: 200 });
  const { ticket, entries } = await amira.ticket(ticketId);
  expect(ticket).toMatchObject({ wait: null, holderId: 'amira' });
  expect(ticket.sla.pauses.at(-1)?.to).toBe(wakeAt);
  expect(entries.filter((entry) => entry.kind === 'resumed')).toMatchObject([{ authorId: SYSTEM_ACTOR, at: wakeAt }]);
});

test('a wake-up also ends a pause in the pool, and leaves others as they are', async () => {
  const pool = await waiting(inMs(HOUR));
  await amira.must('release', pool, { reason: 'My day ends', seenHolderId: 'amira' });
  const [endless, tomorrow, moved] = [await waiting(null), await waiting(inMs(24 * HOUR)), await waiting(inMs(HOUR))];
  await amira.must('wait', moved, { reason: 'supplier', detail: 'Later, they say', wakeAt: inMs(24 * HOUR) });
  await later(2 * HOUR);
  await vi.waitFor(async () => expect((await amira.ticket(pool)).ticket).toMatchObject({ phase: 'open', holderId: null }), {
    timeout: 20_000,
    interval: 200,
  });
  for (const ticketId of [endless, tomorrow, moved]) expect((await amira.ticket(ticketId)).ticket.phase).toBe('waiting');
});
