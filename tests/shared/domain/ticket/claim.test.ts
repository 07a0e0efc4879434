import { expect, test } from 'vitest';
import { at, heldByAmira, inPool, resolvedByAmira } from '../story.ts';

test('a technician of the team takes a ticket from the pool: take-charge ends, contact starts', () => {
  const story = heldByAmira();
  expect(story.now).toMatchObject({ holderId: 'amira', heldSince: at('09:30'), phase: 'open' });
  expect(story.now.sla.poolStays).toEqual([{ from: at('09:00'), to: at('09:30') }]);
  expect(story.now.sla.rounds[0]?.contactFrom).toBe(at('09:30'));
});

test('who comes second is told who holds it and since when', () => {
  expect(heldByAmira().refused('bruno', 'claim', {}, '10:00')).toEqual({
    code: 'already_held',
    holderId: 'amira',
    holderName: 'Amira',
    since: at('09:30'),
  });
});

test('a claim that finds its author holder has nothing to do', () => {
  expect(heldByAmira().try('amira', 'claim', {}, '10:00')).toEqual({ ok: true, superseded: true });
});

test('a claim confirmed late counts from when it was made', () => {
  const story = inPool();
  story.do('amira', 'claim', {}, { now: at('12:00'), done: at('09:10'), offline: true });
  expect(story.now.sla.poolStays).toEqual([{ from: at('09:00'), to: at('09:10') }]);
  expect(story.entries.at(-1)).toMatchObject({ kind: 'claimed', offline: true, at: at('09:10') });
});

test('a claim dated before the opening never makes a negative stay', () => {
  const story = inPool();
  story.do('amira', 'claim', {}, { now: at('12:00'), done: at('08:00') });
  expect(story.now.sla.poolStays).toEqual([{ from: at('09:00'), to: at('09:00') }]);
  expect(story.now.sla.rounds[0]?.contactFrom).toBe(at('09:00'));
});

test('a waiting ticket of the pool can be taken and goes on waiting', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }, '10:00');
  story.do('amira', 'release', { reason: 'leaving', seenHolderId: 'amira' }, '10:10');
  expect(story.do('bruno', 'claim', {}, '10:20')).toMatchObject({ holderId: 'bruno', phase: 'waiting' });
});

test('a technician of another team does not even see the ticket, a requester sees it but may not claim', () => {
  expect(inPool().refused('chloe', 'claim', {}, '10:00')).toEqual({ code: 'not_found' });
  expect(inPool().refused('remi', 'claim', {}, '10:00')).toEqual({
    code: 'not_allowed',
    needs: 'technicianOfTeam',
    teamName: 'Réseau',
  });
});

test('a resolved ticket is not in the pool', () => {
  expect(resolvedByAmira().refused('bruno', 'claim', {}, '12:00')).toEqual({ code: 'wrong_phase', phase: 'resolved' });
});

test('a disabled technician does nothing any more', () => {
  const refusal = { code: 'not_allowed', needs: 'active', teamName: null };
  expect(inPool().refused('ines', 'claim', {}, '10:00')).toEqual(refusal);
  expect(inPool().refused('ines', 'note', { text: 'x', visibility: 'internal' }, '10:00')).toEqual(refusal);
});
