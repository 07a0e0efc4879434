import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SlaFacts, Ticket } from '#shared/domain/model.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { dueOf, slaClocks } from '#shared/domain/sla/clocks.ts';
import { explain } from '#shared/domain/sla/explain.ts';
import { run } from '#shared/domain/ticket/registry.ts';
import { isUndoable } from '#shared/domain/ticket/undo.ts';
import { calendar, makeDesk, personIds, policy } from '../desk.ts';
import { iso, move, names, play, START } from '../moves.ts';
import { inPool, Story } from '../story.ts';

function expectOrdered(intervals: readonly { from: string; to: string | null }[]): void {
  intervals.forEach((one, index) => {
    if (one.to !== null) expect(one.to >= one.from).toBe(true);
    const next = intervals[index + 1];
    if (next !== undefined) expect(one.to !== null && one.to <= next.from).toBe(true);
  });
}
function expectSoundFacts({ rounds, poolStays, pauses }: SlaFacts): void {
  expectOrdered(poolStays);
  expectOrdered(pauses);
  expectOrdered(rounds.map((one) => ({ from: one.startedAt, to: one.resolvedAt })));
  for (const round of rounds) {
    if (round.contactFrom !== null) expect(round.contactFrom >= round.startedAt).toBe(true);
    if (round.contactMetAt !== null) expect(round.contactMetAt >= round.startedAt).toBe(true);
  }
}
function expectSoundClocks(story: Story, now: string): void {
  const sums = { takeCharge: 0, contact: 0, resolution: 0 };
  for (const view of slaClocks(story.now, policy, calendar, now)) {
    expect(view.usedMs).toBeGreaterThanOrEqual(0);
    if (view.state === 'paused') expect(view.dueAt).toBeNull();
    if (view.state === 'running') expect(view.dueAt === null || view.dueAt >= now).toBe(true);
    if (view.endedAt === null && view.state === 'running') expect(view.usedMs).toBeLessThanOrEqual(view.targetMinutes * 60_000);
    const told = explain(story.now, view.clock, policy, calendar, now);
    const before = told.segments.filter((one) => one.kind === 'open' && (told.dueAt === null || one.to <= told.dueAt));
    sums[view.clock] = before.reduce((sum, one) => sum + one.openMs, 0);
    if (told.dueAt !== null) expect(sums[view.clock]).toBe(told.targetMinutes * 60_000);
    told.segments.forEach((one, index) => {
      expect(one.to > one.from).toBe(true);
      const next = told.segments[index + 1];
      if (next !== undefined) expect(next.from).toBe(one.to);
    });
  }
  const due = dueOf(story.now, policy, calendar, now);
  if (due.state === 'paused') expect(due.remainingMs).toBeGreaterThanOrEqual(0);
  if (due.state === 'running') expect(due.soonAt <= due.dueAt).toBe(true);
}

test('whatever people do, a ticket has one active holder of its team or is in the pool, and its rows are sound', () => {
  const desk = makeDesk();
  let applied = 0;
  fc.assert(
    fc.property(fc.array(move, { minLength: 10, maxLength: 30 }), (moves) => {
      const story = inPool();
      play(story, moves, false, (now, _name, done) => {
        if (done) applied += 1;
        const { now: ticket } = story;
        expect(Ticket.parse(ticket)).toEqual(ticket);
        expectSoundFacts(ticket.sla);
        expectSoundClocks(story, now);
        const active = ticket.phase === 'open' || ticket.phase === 'waiting';
        const { holderId, sla } = ticket;
        if (holderId !== null)
          expect(desk.person(holderId)?.active && desk.memberships(holderId).some((one) => one.teamId === ticket.teamId)).toBe(true);
        expect((ticket.heldSince === null) === (holderId === null)).toBe(true);
        // In the pool, and only there, a stay runs.
        if (active) expect(sla.poolStays.at(-1)?.to === null).toBe(holderId === null);
        // Waiting, and only then, a pause runs.
        if (ticket.phase !== 'cancelled')
          expect((sla.pauses.at(-1)?.to ?? 'none') === 'none' && sla.pauses.length > 0).toBe(ticket.phase === 'waiting');
        expect((ticket.wait === null) === (ticket.phase !== 'waiting')).toBe(true);
      });
      const ids = story.entries.map((one) => one.id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 100 },
  );
  // Otherwise the property would hold for want of anything happening.
  expect(applied).toBeGreaterThan(150);
});

test('an import in whatever order leaves sound facts and clocks', () => {
  fc.assert(
    fc.property(fc.array(move, { minLength: 10, maxLength: 30 }), (moves) => {
      const story = inPool();
      play(story, moves, true, (now) => {
        expect(Ticket.parse(story.now)).toEqual(story.now);
        expectSoundFacts(story.now.sla);
        expectSoundClocks(story, now);
      });
    }),
    { numRuns: 100 },
  );
});

/** But for what every change moves; a deadline that passed meanwhile has passed, whether that is written down or not. */
function same(ticket: Ticket, now: string) {
  const { verdicts, ...sla } = ticket.sla;
  return { ...ticket, sla, clocks: slaClocks(ticket, policy, calendar, now), revision: 0, updatedAt: '' };
}

test('an undo within the minute restores exactly what was', () => {
  let undone = 0;
  fc.assert(
    fc.property(
      fc.array(move, { minLength: 10, maxLength: 30 }),
      fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
      (moves, tries) => {
        const story = inPool();
        let before = story.now;
        let resolutionBefore = story.resolution;
        play(story, moves, false, (now, name, applied) => {
          if (applied && isUndoable(name) && tries.pop() === true) {
            const author = story.entries.find((one) => one.id === story.lastId)?.authorId ?? '';
            // A losing refusal is a note: it stays.
            if (story.entries.find((one) => one.id === story.lastId)?.kind === 'noted') return;
            story.do(author, 'undo', { operationId: story.lastId }, { now });
            expect(same(story.now, now)).toEqual(same(before, now));
            expect(story.resolution).toEqual(resolutionBefore);
            undone += 1;
          }
          before = story.now;
          resolutionBefore = story.resolution;
        });
      },
    ),
    { numRuns: 100 },
  );
  expect(undone).toBeGreaterThan(30);
});

test('run never throws on whatever input comes, and refuses with a value that has a text', () => {
  const wild = fc.oneof(fc.anything(), fc.object({ key: fc.constantFrom('reason', 'text', 'code', 'holderId', 'teamId', '__proto__') }));
  const stories = [new Story(), inPool()];
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...names), fc.string()),
      wild,
      fc.constantFrom(...personIds, 'ghost'),
      fc.boolean(),
      (name, input, who, imported) => {
        for (const story of stories) {
          const context = story.context(who, { now: iso(START), imported }, 'op');
          const result = run(name, story.subject(), input, context);
          if (!result.ok) for (const language of ['fr', 'en'] as const) expect(refusalText(result.refusal, language)).not.toBe('');
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test('an operation leaves the rows it was given as they were', () => {
  const deepFreeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  };
  fc.assert(
    fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
      const story = inPool();
      deepFreeze(story.ticket);
      play(story, moves, true, () => {
        deepFreeze(story.ticket);
        for (const one of story.resolutions.values()) deepFreeze(one);
      });
    }),
    { numRuns: 100 },
  );
});
