import { expect, test } from 'vitest';
import { slaClocks } from '#shared/domain/sla/clocks.ts';
import type { OperationName } from '#shared/domain/ticket/registry.ts';
import { calendar, policy } from '../desk.ts';
import { at, heldByAmira, inPool, resolvedByAmira, type Story } from '../story.ts';

const call = { outcome: 'reached', number: '', startedAt: at('09:40'), duration: 60, note: '', callbackAt: null };
/** As it was, but for what every change moves; deadlines that passed meanwhile have passed, whether that is written down or not. */
const same = ({ now: ticket }: Story) => {
  const { verdicts, ...sla } = ticket.sla;
  return { ...ticket, sla, clocks: slaClocks(ticket, policy, calendar, at('12:01')), revision: 0, updatedAt: '' };
};

const cases: [string, () => Story, string, OperationName, object][] = [
  ['claim', inPool, 'amira', 'claim', {}],
  ['release', heldByAmira, 'amira', 'release', { reason: 'x', seenHolderId: 'amira' }],
  ['assign', heldByAmira, 'lea', 'assign', { teamId: 'office', holderId: 'chloe', reason: '', seenHolderId: 'amira' }],
  ['wait', heldByAmira, 'amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }],
  ['resolve', heldByAmira, 'amira', 'resolve', { text: 'x', code: 'solved' }],
  ['validate', resolvedByAmira, 'bea', 'validate', {}],
  ['refuse', resolvedByAmira, 'bea', 'refuse', { reason: 'x' }],
  ['cancel', inPool, 'remi', 'cancel', { reason: 'x' }],
];
test.each(cases)('undo of %s restores fields and clocks', (_name, start, who, operation, input) => {
  const story = start();
  const before = same(story);
  const resolution = story.resolution;
  story.do(who, operation, input, '12:00');
  const undone = story.lastId;
  story.do(who, 'undo', { operationId: undone }, '12:01');
  expect(same(story)).toEqual(before);
  expect(story.resolution).toEqual(resolution);
  expect(story.entries.find((one) => one.id === undone)?.undone).toBe(true);
});

test('only its author takes an operation back', () => {
  const story = heldByAmira();
  expect(story.refused('bruno', 'undo', { operationId: story.lastId }, '09:30:30')).toEqual({
    code: 'undo_impossible',
    why: 'not_author',
  });
});

test('after a minute it is too late', () => {
  const story = heldByAmira();
  const operationId = story.lastId;
  expect(story.refused('amira', 'undo', { operationId }, '09:31:01')).toEqual({ code: 'undo_impossible', why: 'too_late' });
  story.do('amira', 'undo', { operationId }, '09:31:00');
});

test('once its mail has left a resolve stays', () => {
  const story = resolvedByAmira();
  const step = { now: at('11:00:20'), mailLeft: true };
  expect(story.refused('amira', 'undo', { operationId: story.lastId }, step)).toEqual({ code: 'undo_impossible', why: 'mail_left' });
});

test('calls and notes since then do not stand in the way, and stay; anything else does', () => {
  const story = heldByAmira();
  const claimed = story.lastId;
  story.do('bruno', 'log_call', call, '09:30:10');
  story.do('remi', 'note', { text: 'Hello?', visibility: 'public' }, '09:30:20');
  story.do('amira', 'undo', { operationId: claimed }, '09:30:30');
  expect(story.now).toMatchObject({ holderId: null });
  expect(story.now.sla.rounds[0]).toMatchObject({ contactFrom: null, contactMetAt: at('09:30:10'), attempts: 1 });
  const other = heldByAmira();
  const first = other.lastId;
  other.do('amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }, '09:30:10');
  expect(other.refused('amira', 'undo', { operationId: first }, '09:30:20')).toEqual({ code: 'undo_impossible', why: 'followed' });
  // Last first: the claim that went before an edit is taken back after it.
  other.do('amira', 'undo', { operationId: other.lastId }, '09:30:30');
  expect(other.do('amira', 'undo', { operationId: first }, '09:30:40').holderId).toBeNull();
});

test('notes, calls and an undo offer no undo; what is not known is not found', () => {
  const story = heldByAmira();
  story.do('amira', 'note', { text: 'x', visibility: 'internal' }, '09:40');
  expect(story.refused('amira', 'undo', { operationId: story.lastId }, '09:40')).toEqual({ code: 'undo_impossible', why: 'kind' });
  story.do('amira', 'log_call', call, '09:41');
  expect(story.refused('amira', 'undo', { operationId: story.lastId }, '09:41')).toEqual({ code: 'undo_impossible', why: 'kind' });
  const unknown = '00000000-0000-4000-9000-999999999999';
  expect(story.refused('amira', 'undo', { operationId: unknown }, '09:41')).toEqual({ code: 'not_found' });
});

test('who gave a ticket to another team and lost sight of it takes that back', () => {
  const story = inPool();
  story.do('lea', 'assign', { teamId: 'office', holderId: null, reason: '', seenHolderId: null }, '10:00');
  expect(story.do('lea', 'undo', { operationId: story.lastId }, '10:00:30').teamId).toBe('network');
});
