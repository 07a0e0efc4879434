/** What holds of the clocks whatever happens to a ticket. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ticket } from '#shared/domain/model.ts';
import { dueOf, slaClocks } from '#shared/domain/sla/clocks.ts';
import type { OperationName } from '#shared/domain/ticket/registry.ts';
import type { StoredOperation } from '../../../../electron/core/storage/outbox-rows.ts';
import { replay, type TicketState } from '../../../../electron/core/view/replay.ts';
import { calendar, makeDesk, policy } from '../desk.ts';
import { inputOf, iso, move, play } from '../moves.ts';
import { at, heldByAmira, inPool, type Story, TICKET_ID } from '../story.ts';

const MINUTE_MS = 60_000;
const clocksAt = ({ now }: Story, ms: number) => slaClocks(now, policy, calendar, iso(ms));
const minutes = (most: number) => fc.integer({ min: 1, max: most });
const moves = fc.array(move, { minLength: 3, maxLength: 12 });
const wait = (reason: string) => ({ reason, detail: '', wakeAt: null });
const played = (list: Parameters<typeof play>[1]): [Story, number] => {
  const story = inPool();
  return [story, play(story, list, false, () => undefined)];
};
/** May wait and resume whoever holds it. */
const leadOf = ({ now }: Story) => (now.teamId === 'network' ? 'lea' : 'omar');

test('a pause brings no deadline nearer', () => {
  let moved = 0;
  fc.assert(
    fc.property(
      moves,
      minutes(600),
      minutes(3000),
      fc.constantFrom('supplier', 'beneficiary', 'appointment'),
      (list, before, length, reason) => {
        const [through, last] = played(list);
        const [paused] = played(list);
        const from = last + before * MINUTE_MS;
        const to = from + length * MINUTE_MS;
        if (paused.now.phase !== 'open') return;
        paused.do(leadOf(paused), 'wait', wait(reason), { now: iso(from) });
        paused.do(leadOf(paused), 'resume', {}, { now: iso(to) });
        clocksAt(through, to).forEach((without, index) => {
          const withIt = clocksAt(paused, to)[index];
          if (without.dueAt === null || withIt?.dueAt == null) return;
          expect(withIt.dueAt >= without.dueAt && (withIt.soonAt ?? '') >= (without.soonAt ?? '')).toBe(true);
          expect(withIt.usedMs).toBeLessThanOrEqual(without.usedMs);
          if (withIt.dueAt > without.dueAt) moved += 1;
        });
      },
    ),
    { numRuns: 300 },
  );
  // Otherwise the property would hold for want of any pause.
  expect(moved).toBeGreaterThan(40);
});

test('pauses that touch, and waiting again, are one pause', () => {
  const reasons = fc.array(fc.constantFrom('supplier', 'appointment'), { minLength: 1, maxLength: 5 });
  const steps = fc.array(fc.tuple(minutes(400), fc.boolean()), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(minutes(500), reasons, steps, minutes(3000), (start, list, lengths, later) => {
      const [cut, whole] = [heldByAmira(), heldByAmira()];
      let now = Date.parse(at('09:30')) + start * MINUTE_MS;
      whole.do('amira', 'wait', wait(list.at(-1) ?? ''), { now: iso(now) });
      list.forEach((reason, index) => {
        const [length, resumes] = lengths[index] ?? [1, false];
        cut.do('amira', 'wait', wait(reason), { now: iso(now) });
        now += length * MINUTE_MS;
        if (resumes || index === list.length - 1) cut.do('amira', 'resume', {}, { now: iso(now) });
      });
      whole.do('amira', 'resume', {}, { now: iso(now) });
      expect(cut.now.sla).toEqual(whole.now.sla);
      expect(clocksAt(cut, now + later * MINUTE_MS)).toEqual(clocksAt(whole, now + later * MINUTE_MS));
    }),
    { numRuns: 200 },
  );
});

/** What several people did, each in his own order, told to the server at once. */
interface Told {
  who: string;
  name: OperationName;
  input: object;
  doneAt: number;
}
const call = (outcome: string, startedAt: number) => ({
  outcome,
  number: '',
  startedAt: iso(startedAt),
  duration: 0,
  note: '',
  callbackAt: null,
});
const told = (who: string, name: OperationName, input: object, doneAt: number): Told => ({ who, name, input, doneAt });

/** The first of each in turn, as `picks` say. */
function merged(tracks: readonly (readonly Told[])[], picks: readonly number[]): Told[] {
  const left = tracks.map((track) => [...track]);
  const order: Told[] = [];
  for (let i = 0; left.some((track) => track.length > 0); i++) {
    const open = left.filter((track) => track.length > 0);
    order.push(open[(picks[i % picks.length] ?? 0) % open.length]?.shift() as Told);
  }
  return order;
}

test('the order in which unrelated work is told changes no clock', () => {
  const picks = fc.array(fc.nat(100), { minLength: 1, maxLength: 8 });
  const instants = fc.array(minutes(800), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(instants, minutes(600), picks, picks, (list, reception, one, other) => {
      const opened = Date.parse(at('09:30'));
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = list.map((minute) => opened + minute * MINUTE_MS);
      const [from, to, again] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
      const tracks = [
        [told('amira', 'wait', wait('supplier'), from), told('amira', 'resume', {}, to), told('amira', 'wait', wait('appointment'), again)],
        [told('bruno', 'log_call', call('busy', d), d), told('bruno', 'log_call', call('reached', e), e)],
        [told('lea', 'log_call', call('reached', f), f), told('lea', 'edit_contact', contact, f)],
        [told('bea', 'note', { text: 'Still so', visibility: 'public' }, g)],
      ];
      const now = Math.max(a, b, c, d, e, f, g) + reception * MINUTE_MS;
      const clocks = [one, other].map((order) => {
        const story = heldByAmira();
        for (const { who, name, input, doneAt } of merged(tracks, order))
          story.do(who, name, input, { now: iso(now), done: iso(doneAt), offline: true });
        return clocksAt(story, now + 60 * MINUTE_MS);
      });
      expect(clocks[0]).toEqual(clocks[1]);
    }),
    { numRuns: 300 },
  );
});
const contact = { beneficiaryId: 'bea', phone: '0465711208', siteId: 'paris', place: 'B3', seenPhone: '04 65 71 12 08' };

test('the console, which has the facts as text and replays its own work over them, shows the server’s clocks', () => {
  const byAmira = fc.array(
    move.filter(({ name }) => name !== 'undo').map((one) => ({ ...one, who: 'amira' })),
    { minLength: 1, maxLength: 8 },
  );
  let replayed = 0;
  fc.assert(
    fc.property(moves, byAmira, minutes(2000), (before, own, later) => {
      const [story, reached] = played(before);
      const confirmed: TicketState = {
        ticket: Ticket.parse(JSON.parse(JSON.stringify(story.now))),
        entries: structuredClone(story.entries),
        resolutions: [...story.resolutions.values()],
      };
      let now = reached;
      const operations = own.map(({ name, minutes: after, pick }, index) => {
        now += after * MINUTE_MS;
        const input = inputOf(name, story, pick, now);
        const result = story.try('amira', name, input, { now: iso(now) });
        if (result.ok) replayed += 1;
        return queued(index, name, input, iso(now));
      });
      const desk = makeDesk();
      const actor = { id: 'amira', memberships: desk.memberships('amira') };
      const { upload, otherTicket } = story.context('amira', { now: iso(now) }, 'any');
      const lookup = { upload: upload ?? nothing, otherTicket: otherTicket ?? nothing, operation: nothing };
      const { ticket } = replay(confirmed, operations, actor, desk, lookup);
      for (const instant of [iso(now), iso(now + later * MINUTE_MS)]) {
        expect(slaClocks(ticket as Ticket, policy, calendar, instant)).toEqual(slaClocks(story.now, policy, calendar, instant));
        expect(dueOf(ticket as Ticket, policy, calendar, instant)).toEqual(dueOf(story.now, policy, calendar, instant));
      }
    }),
    { numRuns: 200 },
  );
  expect(replayed).toBeGreaterThan(40);
});
const nothing = () => undefined;

/** As it lies in the outbox, not sent yet. */
function queued(position: number, name: string, input: Record<string, unknown>, madeAt: string): StoredOperation {
  const id = `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`;
  const answer = { state: 'queued' as const, outcome: null, seq: null, revision: null, answeredAt: null, sentAt: null };
  const made = { id, name, ticketId: TICKET_ID, ticketNumber: null, ticketTitle: '', input, madeAt, occurredAt: madeAt };
  return { ...made, ...answer, position, authorId: 'amira', offline: false, after: [], before: null, draft: null };
}
