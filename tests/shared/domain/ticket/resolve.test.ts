import { expect, test } from 'vitest';
import { at, heldByAmira, inPool, resolvedByAmira } from '../story.ts';

const solution = { text: 'New access point', code: 'solved' };

test('the holder resolves: a row of its own, one mail to beneficiary and requester, the round ends', () => {
  const story = resolvedByAmira();
  expect(story.now).toMatchObject({ phase: 'resolved', resolvedAt: at('11:00'), closingCode: 'solved', holderId: 'amira' });
  expect(story.now.sla.rounds[0]?.resolvedAt).toBe(at('11:00'));
  expect(story.resolution).toMatchObject({ id: story.lastId, by: 'amira', text: 'New access point', decision: null });
  expect(story.mails.slice(-1)).toEqual([{ kind: 'resolved', ticketId: story.now.id, cause: story.lastId, toPersonIds: ['bea', 'remi'] }]);
});

test('a resolve ends a pause and the proposed callback', () => {
  const story = heldByAmira();
  const call = { outcome: 'busy', number: '', startedAt: at('09:40'), duration: 0, note: '', callbackAt: at('14:00') };
  story.do('amira', 'log_call', call, '09:40');
  story.do('amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }, '10:00');
  story.do('amira', 'resolve', solution, '11:00');
  expect(story.now).toMatchObject({ phase: 'resolved', wait: null, callback: null });
  expect(story.now.sla.pauses[0]?.to).toBe(at('11:00'));
});

test('only the holder resolves, a lead does not', () => {
  expect(heldByAmira().refused('lea', 'resolve', solution, '10:00')).toMatchObject({ code: 'not_holder', holderName: 'Amira' });
  expect(inPool().refused('amira', 'resolve', solution, '10:00')).toEqual({ code: 'not_holder', holderId: null, holderName: null });
  expect(inPool().refused('bea', 'resolve', solution, '10:00').code).toBe('not_allowed');
});

test('a resolve needs a text and a code that exists', () => {
  const story = heldByAmira();
  expect(story.refused('amira', 'resolve', { ...solution, text: '' }, '10:00')).toMatchObject({ code: 'invalid' });
  expect(story.refused('amira', 'resolve', { ...solution, code: null }, '10:00')).toMatchObject({ problems: [{ path: 'code' }] });
  expect(story.refused('amira', 'resolve', { ...solution, code: 'magic' }, '10:00')).toEqual({ code: 'unknown_reference', field: 'code' });
  expect(resolvedByAmira().refused('amira', 'resolve', solution, '12:00')).toEqual({ code: 'wrong_phase', phase: 'resolved' });
});
