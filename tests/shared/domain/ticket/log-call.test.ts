import { expect, test } from 'vitest';
import { at, heldByAmira, inPool, resolvedByAmira } from '../story.ts';

const call = (outcome: string, more: object = {}) => ({
  outcome,
  number: '+33465711208',
  startedAt: at('09:10'),
  duration: 0,
  note: '',
  callbackAt: null,
  ...more,
});

test('anybody of the team calls without claiming; the first call that reached somebody meets contact, even in the pool', () => {
  const story = inPool();
  story.do('bruno', 'log_call', call('reached', { duration: 90 }), '09:10');
  expect(story.now.holderId).toBeNull();
  expect(story.now.sla.rounds[0]).toMatchObject({ contactMetAt: at('09:10'), attempts: 1, contactFrom: null });
  story.do('amira', 'log_call', call('reached'), '09:40');
  expect(story.now.sla.rounds[0]).toMatchObject({ contactMetAt: at('09:10'), attempts: 2 });
});

test('a call in vain is an attempt and meets nothing', () => {
  const story = heldByAmira();
  for (const outcome of ['no_answer', 'busy', 'voicemail', 'wrong_number']) story.do('amira', 'log_call', call(outcome), '10:00');
  expect(story.now.sla.rounds[0]).toMatchObject({ attempts: 4, contactMetAt: null });
});

test('a call reported late counts from its start', () => {
  const story = heldByAmira();
  story.do('amira', 'log_call', call('reached'), { now: at('15:00'), done: at('09:50'), offline: true });
  expect(story.now.sla.rounds[0]?.contactMetAt).toBe(at('09:50'));
  expect(story.entries.at(-1)).toMatchObject({ kind: 'called', at: at('09:50'), offline: true, visibility: 'internal' });
});

test('the next attempt is kept until the next call; it lies in the future', () => {
  const story = heldByAmira();
  story.do('amira', 'log_call', call('busy', { callbackAt: at('11:00') }), '10:00');
  expect(story.now.callback).toEqual({ at: at('11:00'), by: 'amira' });
  expect(story.refused('amira', 'log_call', call('busy', { callbackAt: at('09:00') }), '10:00')).toEqual({
    code: 'invalid',
    problems: [{ path: 'callbackAt', message: 'in_past' }],
  });
  story.do('bruno', 'log_call', call('no_answer'), '11:00');
  expect(story.now.callback).toBeNull();
});

test('a call is logged on a resolved and on a closed ticket, not on a cancelled one, and meets no round that is over', () => {
  const story = resolvedByAmira();
  story.do('amira', 'log_call', call('reached'), '11:30');
  expect(story.now.sla.rounds[0]?.contactMetAt).toBeNull();
  // Made before the resolve and reported after it: it counts.
  story.do('bruno', 'log_call', call('reached'), { now: at('11:40'), done: at('10:00') });
  expect(story.now.sla.rounds[0]?.contactMetAt).toBe(at('10:00'));
  const cancelled = inPool();
  cancelled.do('remi', 'cancel', { reason: 'Works again' }, '09:30');
  expect(cancelled.refused('amira', 'log_call', call('reached'), '10:00')).toEqual({ code: 'wrong_phase', phase: 'cancelled' });
});

test('requesters and other teams log no calls', () => {
  expect(inPool().refused('remi', 'log_call', call('reached'), '10:00').code).toBe('not_allowed');
  expect(inPool().refused('chloe', 'log_call', call('reached'), '10:00').code).toBe('not_found');
});
