import { expect, test } from 'vitest';
import { normalisePhone } from '#shared/domain/phone.ts';
import { at, inPool, Story, wifi } from '../story.ts';

test('a requester opens a ticket: it is in the pool of the routed team and its clocks start', () => {
  const { now, entries } = inPool();
  expect(now).toMatchObject({ phase: 'open', holderId: null, teamId: 'network', urgency: 'medium', number: null, openedBy: 'remi' });
  expect(now.phone).toEqual(normalisePhone('04 65 71 12 08', 'FR'));
  expect(now.phone.e164).toBe('+33465711208');
  expect(now.sla).toEqual({
    rounds: [{ startedAt: at('09:00'), resolvedAt: null, contactFrom: null, contactMetAt: null, attempts: 0 }],
    poolStays: [{ from: at('09:00'), to: null }],
    pauses: [],
    endedAt: null,
  });
  expect(entries.map((one) => [one.kind, one.visibility])).toEqual([['opened', 'public']]);
});

test('what no route matches goes to the dispatch team', () => {
  const story = new Story();
  expect(story.do('remi', 'open', { ...wifi, categoryId: 'mail' }, '09:00').teamId).toBe('dispatch');
});

test('a technician with the caller on the line becomes holder, and contact is met at once', () => {
  const story = new Story();
  const ticket = story.do('amira', 'open', { ...wifi, duringCall: true, channel: 'phone' }, '09:00');
  expect(ticket).toMatchObject({ holderId: 'amira', heldSince: at('09:00'), requesterId: 'remi', openedBy: 'amira' });
  expect(ticket.sla.rounds[0]).toMatchObject({ contactFrom: at('09:00'), contactMetAt: at('09:00') });
  expect(ticket.sla.poolStays).toEqual([{ from: at('09:00'), to: at('09:00') }]);
  expect(story.entries.map((one) => one.id)).toEqual([story.lastId, `${story.lastId}.2`]);
});

test('a technician of another team with the caller on the line does not become holder, contact is met all the same', () => {
  const story = new Story();
  const ticket = story.do('chloe', 'open', { ...wifi, duringCall: true, channel: 'phone' }, '09:00');
  expect(ticket).toMatchObject({ holderId: null, teamId: 'network' });
  expect(ticket.sla.rounds[0]).toMatchObject({ contactFrom: null, contactMetAt: at('09:00') });
  expect(ticket.sla.poolStays).toEqual([{ from: at('09:00'), to: null }]);
  // He sees what the requester sees: what he notes there is public.
  story.do('chloe', 'note', { text: 'Called from the hall', visibility: 'internal' }, '09:05');
  expect(story.entries.at(-1)?.visibility).toBe('public');
});

test('a requester opens for himself only, and never as an import', () => {
  const story = new Story();
  expect(story.refused('zoe', 'open', wifi, '09:00')).toMatchObject({ code: 'not_allowed', needs: 'technician' });
  expect(story.refused('remi', 'open', { ...wifi, duringCall: true }, '09:00').code).toBe('not_allowed');
  expect(story.refused('remi', 'open', { ...wifi, channel: 'import' }, '09:00').code).toBe('not_allowed');
});

test('references that the desk does not know are refused by their field', () => {
  const story = new Story();
  const wrong = { beneficiaryId: 'nobody', siteId: 'mars', categoryId: 'x' };
  for (const [field, value] of Object.entries(wrong)) {
    expect(story.refused('remi', 'open', { ...wifi, [field]: value }, '09:00')).toEqual({ code: 'unknown_reference', field });
  }
});

test('an opening made offline counts from when it was made, at most 72 hours back', () => {
  const early = new Story();
  early.do('remi', 'open', wifi, { now: at('+1 12:00'), done: at('09:00'), offline: true });
  expect(early.now.openedAt).toBe(at('09:00'));
  expect(early.entries[0]).toMatchObject({ offline: true, at: at('09:00') });
  const old = new Story();
  old.do('remi', 'open', wifi, { now: at('+9 12:00'), done: at('09:00') });
  expect(old.now.openedAt).toBe(at('+6 12:00'));
});

test('a number that cannot be understood is kept as typed', () => {
  const story = new Story();
  expect(story.do('remi', 'open', { ...wifi, phone: 'ask at the desk' }, '09:00').phone).toEqual({ typed: 'ask at the desk', e164: null });
});

test('wrong input is refused field by field, unknown fields too', () => {
  const story = new Story();
  const refusal = story.refused('remi', 'open', { ...wifi, title: '  ', kind: 'wish', extra: 1 }, '09:00');
  expect(refusal).toMatchObject({ code: 'invalid' });
  expect(refusal.code === 'invalid' && refusal.problems).toEqual(
    expect.arrayContaining([
      { path: 'title', message: 'required' },
      { path: 'kind', message: 'invalid' },
      { path: 'extra', message: 'unknown_field' },
    ]),
  );
});
