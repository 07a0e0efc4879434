import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { startDesk } from '../server/desk.ts';

afterEach(() => vi.restoreAllMocks());

const textOf = (query: unknown) => (typeof query === 'string' ? query : String((query as { text: string }).text));

/** Notes each statement for which somebody waits: one that is sent behind another, whose answer is still to come, costs no trip. */
function waitedFor(): string[] {
  const trips: string[] = [];
  const unanswered = new WeakMap<pg.Client, number>();
  const query = pg.Client.prototype.query as (this: pg.Client, ...words: unknown[]) => Promise<unknown>;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(async function (this: pg.Client, ...words: unknown[]) {
    const before = unanswered.get(this) ?? 0;
    if (before === 0) trips.push(textOf(words[0]));
    unanswered.set(this, before + 1);
    try {
      return await query.apply(this, words);
    } finally {
      unanswered.set(this, (unanswered.get(this) ?? 1) - 1);
    }
  } as never);
  return trips;
}

test('a claim asks the database ten times at most, one after the other', async () => {
  const desk = await startDesk();
  try {
    const farid = await desk.signIn('farid');
    const amira = await desk.signIn('amira');
    // The first use of a token is recorded.
    await amira.bootstrap();
    const claims: string[][] = [];
    for (let i = 0; i < 5; i += 1) {
      const ticketId = await farid.open();
      const trips = waitedFor();
      await amira.must('claim', ticketId);
      vi.restoreAllMocks();
      claims.push(trips);
    }
    // Jobs of the server may have been at work meanwhile: they can only add to it.
    const [fewest] = claims.sort((a, b) => a.length - b.length);
    expect(fewest?.length).toBeLessThanOrEqual(10);
  } finally {
    await desk.close();
  }
});
