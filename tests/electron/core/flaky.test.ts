import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { StateHash } from '#shared/contract/api.ts';
import { listOf, type TestConsole } from './console.ts';
import type { Fate, Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

/** Mulberry32: the same network for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function flaky(next: () => number): Line['fate'] {
  return ({ path }): Fate => {
    const dice = next();
    if (path.startsWith('/v1/events')) return dice < 0.3 ? 'lose_request' : 'pass';
    if (dice < 0.1) return 'lose_request';
    if (dice < 0.2) return 'lose_answer';
    if (dice < 0.3) return 'repeat';
    return dice < 0.5 ? { delay: Math.floor(next() * 40) } : 'pass';
  };
}

/** One thing that a technician might do; refusals are part of the day. */
async function actAt(console: TestConsole, tickets: readonly string[], next: () => number, name: string): Promise<void> {
  const id = tickets[Math.floor(next() * tickets.length)] ?? '';
  const detail = await console.now('ticket', id);
  if (!detail) return;
  const offered = detail.offers.filter((offer) => offer.offered).map((offer) => offer.name);
  const choice = ['claim', 'note', 'note', 'log_call', 'wait', 'resume', 'release', 'resolve', 'undo'][Math.floor(next() * 9)] ?? 'note';
  if (choice === 'undo') {
    const [first] = await console.now('outbox', undefined);
    if (first) await console.call('undo', [first.id]);
    return;
  }
  if (!offered.includes(choice)) return;
  const inputs: Record<string, Record<string, unknown>> = {
    claim: {},
    note: { text: `note of ${name}`, visibility: next() < 0.5 ? 'internal' : 'public' },
    log_call: { outcome: 'busy', number: '+33199001234', startedAt: new Date().toISOString(), duration: 0, note: '', callbackAt: null },
    wait: { reason: 'supplier', detail: 'part', wakeAt: null },
    resume: {},
    release: { reason: 'not mine', seenHolderId: detail.ticket.holderId },
    resolve: { text: 'solved', code: 'solved' },
  };
  await console.perform(choice, id, inputs[choice]);
}

test.each([1, 20260504])(
  'two technicians on a line that cuts, repeats and delays (seed %i): all ends in step',
  { timeout: 180_000 },
  async (seed) => {
    const next = random(seed);
    const farid = await stage.direct('farid');
    const tickets: string[] = [];
    for (let i = 0; i < 8; i++) tickets.push(await farid.open({ title: `Seed ${seed}, ${i}` }));
    const lines = [await stage.newLine(), await stage.newLine()];
    const [one, two] = lines;
    if (!one || !two) throw new Error('no lines');
    const consoles = new Map([
      ['amira', await stage.console('amira', one)],
      ['bruno', await stage.console('bruno', two)],
    ]);
    for (const line of lines) line.fate = flaky(next);
    for (let step = 0; step < 120; step++) {
      for (const [name, console] of consoles) {
        await actAt(console, tickets, next, name);
        if (next() < 0.3) await console.call('retryNow', undefined);
      }
    }
    for (const line of lines) line.fate = () => 'pass';
    for (const console of consoles.values()) {
      await console.call('retryNow', undefined);
      await console.inStep();
    }
    for (const [name, console] of consoles) {
      // What the other one did last has arrived too.
      const session = await stage.direct(name);
      const { body } = await session.call<z.infer<typeof StateHash>>('GET', '/v1/hash');
      await console.until('sync', undefined, (status) => Number(status.position?.split(':')[1]) === body.seq && status.waiting === 0);
      const list = await console.now('list', listOf('all'));
      expect(list.rows.some((row) => row.unsent || row.toConfirm)).toBe(false);
      await console.stop();
      expect(await stage.status(console.profile)).toEqual({ ...body, outbox: 0 });
    }
    // No effect twice: every entry is its operation's, and a ticket is claimed as often as it became free and was taken.
    const chloe = await stage.direct('chloe');
    for (const id of tickets) {
      const { entries } = await chloe.ticket(id);
      expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
    }
    expect(one.seen.length + two.seen.length).toBeGreaterThan(100);
  },
);
