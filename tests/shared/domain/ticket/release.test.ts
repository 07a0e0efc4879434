import { expect, test } from 'vitest';
import { at, heldByAmira } from '../story.ts';

const byAmira = { reason: 'Off to a site', seenHolderId: 'amira' };

test('the holder puts a ticket back: a further stay in the pool begins, contact goes on', () => {
  const story = heldByAmira();
  story.do('amira', 'release', byAmira, '10:00');
  expect(story.now).toMatchObject({ holderId: null, heldSince: null });
  expect(story.now.sla.poolStays).toEqual([
    { from: at('09:00'), to: at('09:30') },
    { from: at('10:00'), to: null },
  ]);
  expect(story.now.sla.rounds[0]?.contactFrom).toBe(at('09:30'));
  story.do('bruno', 'claim', {}, '10:30');
  expect(story.now.sla.rounds[0]?.contactFrom).toBe(at('09:30'));
});

test('a lead releases for somebody else, a colleague does not', () => {
  expect(heldByAmira().do('lea', 'release', byAmira, '10:00').holderId).toBeNull();
  expect(heldByAmira().refused('bruno', 'release', byAmira, '10:00')).toEqual({
    code: 'not_holder',
    holderId: 'amira',
    holderName: 'Amira',
  });
});

test('a release needs a reason', () => {
  expect(heldByAmira().refused('amira', 'release', { ...byAmira, reason: ' ' }, '10:00')).toEqual({
    code: 'invalid',
    problems: [{ path: 'reason', message: 'required' }],
  });
});

test('who had seen another holder is told both names', () => {
  const story = heldByAmira();
  story.do('lea', 'assign', { teamId: 'network', holderId: 'bruno', reason: '', seenHolderId: 'amira' }, '10:00');
  const changed = { code: 'changed', field: 'holder', seen: 'Amira', current: 'Bruno' };
  expect(story.refused('amira', 'release', byAmira, '10:05')).toEqual(changed);
  expect(story.refused('lea', 'release', byAmira, '10:05')).toEqual(changed);
  // Repeated after a look: the lead may, the former holder may not.
  expect(story.refused('amira', 'release', { ...byAmira, seenHolderId: 'bruno' }, '10:06').code).toBe('not_holder');
  expect(story.do('lea', 'release', { ...byAmira, seenHolderId: 'bruno' }, '10:06').holderId).toBeNull();
});
