import { describe, expect, test } from 'vitest';
import { at, heldByAmira, inPool, resolvedByAmira, Story, wifi } from '../story.ts';

const solution = { text: 'New access point', code: 'solved' };
const again = { reason: 'Still no network' };

describe('validate', () => {
  test('the beneficiary or the requester closes the ticket', () => {
    for (const who of ['bea', 'remi']) {
      const story = resolvedByAmira();
      expect(story.do(who, 'validate', {}, '12:00')).toMatchObject({ phase: 'closed', closedAt: at('12:00') });
      expect(story.resolution?.decision).toEqual({ kind: 'validated', by: who, at: at('12:00'), reason: '' });
    }
  });
  test('an equal second decision has nothing to do; after a refusal it comes too late', () => {
    const story = resolvedByAmira();
    story.do('bea', 'validate', {}, '12:00');
    expect(story.try('remi', 'validate', {}, '12:01')).toEqual({ ok: true, superseded: true });
    const other = resolvedByAmira();
    other.do('bea', 'refuse', again, '12:00');
    expect(other.refused('remi', 'validate', {}, '12:01')).toEqual({ code: 'already_decided', by: 'Béa', decision: 'refused' });
  });
  test('nobody who held the ticket decides about it', () => {
    const story = new Story();
    story.do('amira', 'open', { ...wifi, requesterId: 'amira', channel: 'phone' }, '09:00');
    story.do('amira', 'claim', {}, '09:10');
    story.do('amira', 'assign', { teamId: 'network', holderId: 'bruno', reason: '', seenHolderId: 'amira' }, '09:20');
    story.do('bruno', 'resolve', solution, '10:00');
    expect(story.refused('amira', 'validate', {}, '11:00')).toEqual({ code: 'held_it' });
    expect(story.refused('amira', 'refuse', again, '11:00')).toEqual({ code: 'held_it' });
    expect(story.do('bea', 'validate', {}, '11:00').phase).toBe('closed');
  });
  test('nobody else decides, and nothing before a resolve', () => {
    expect(resolvedByAmira().refused('bruno', 'validate', {}, '12:00').code).toBe('not_allowed');
    expect(resolvedByAmira().refused('lea', 'refuse', again, '12:00').code).toBe('not_allowed');
    expect(heldByAmira().refused('bea', 'validate', {}, '12:00')).toEqual({ code: 'wrong_phase', phase: 'open' });
  });
});

describe('refuse', () => {
  test('the same holder goes on, in a new round with contact running from the refusal', () => {
    const story = resolvedByAmira();
    story.do('bea', 'refuse', again, '12:00');
    expect(story.now).toMatchObject({
      phase: 'open',
      holderId: 'amira',
      resolvedAt: null,
      closingCode: null,
      refusal: { by: 'bea', at: at('12:00'), reason: 'Still no network' },
      counts: { refusals: 1 },
    });
    expect(story.now.sla.rounds).toEqual([
      { startedAt: at('09:00'), resolvedAt: at('11:00'), contactFrom: at('09:30'), contactMetAt: null, attempts: 0 },
      { startedAt: at('12:00'), resolvedAt: null, contactFrom: at('12:00'), contactMetAt: null, attempts: 0 },
    ]);
    expect(story.now.sla.poolStays).toHaveLength(1);
    expect(story.resolution?.decision).toMatchObject({ kind: 'refused', by: 'bea', reason: 'Still no network' });
  });
  test('a holder who left the team or was disabled: back to the pool with a full target', () => {
    for (const desk of [{ inactive: ['amira'] }, { without: ['amira'] }]) {
      const story = resolvedByAmira();
      story.do('bea', 'refuse', again, { now: at('12:00'), desk });
      expect(story.now).toMatchObject({ phase: 'open', holderId: null, heldSince: null });
      expect(story.now.sla.poolStays.at(-1)).toEqual({ from: at('12:00'), to: null });
    }
  });
  test('a refusal needs its reason, which stays pinned until the next resolve', () => {
    const story = resolvedByAmira();
    expect(story.refused('bea', 'refuse', { reason: ' ' }, '12:00')).toMatchObject({ code: 'invalid' });
    story.do('bea', 'refuse', again, '12:00');
    story.do('amira', 'resolve', solution, '13:30');
    expect(story.now.refusal).toBeNull();
    expect([...story.resolutions.values()].map((one) => one.decision?.kind)).toEqual(['refused', undefined]);
  });
  test('a refusal that lost against a validation stays as a public note', () => {
    const story = resolvedByAmira();
    story.do('remi', 'validate', {}, '12:00');
    story.do('bea', 'refuse', again, '12:01');
    expect(story.now.phase).toBe('closed');
    expect(story.entries.at(-1)).toMatchObject({ kind: 'noted', visibility: 'public', data: { text: 'Still no network' } });
    expect(story.refused('remi', 'refuse', again, '12:02')).toEqual({ code: 'already_decided', by: 'Rémi', decision: 'validated' });
  });
});

describe('reopen', () => {
  test('a lead reopens a closed ticket: same holder, new round, the decision stays', () => {
    const story = resolvedByAmira();
    story.do('bea', 'validate', {}, '12:00');
    story.do('lea', 'reopen', { reason: 'Came back' }, '+3 09:00');
    expect(story.now).toMatchObject({ phase: 'open', holderId: 'amira', closedAt: null, counts: { reopens: 1 } });
    expect(story.now.sla.rounds.at(-1)).toMatchObject({ startedAt: at('+3 09:00'), contactFrom: at('+3 09:00') });
    expect(story.resolution?.decision?.kind).toBe('validated');
  });
  test('reopening what nobody decided about says so on its row', () => {
    const story = resolvedByAmira();
    story.do('lea', 'reopen', { reason: 'Came back' }, '12:00');
    expect(story.resolution?.decision).toMatchObject({ kind: 'reopened', by: 'lea', reason: 'Came back' });
  });
  test('30 days after the closing it is too late', () => {
    const story = resolvedByAmira();
    story.do('bea', 'validate', {}, '12:00');
    expect(story.refused('lea', 'reopen', { reason: 'Old' }, '+30 12:01')).toEqual({ code: 'too_late', limit: at('+30 12:00') });
    story.do('lea', 'reopen', { reason: 'Old' }, '+30 12:00');
  });
  test('technicians and requesters reopen nothing, and nothing is reopened that is open', () => {
    expect(resolvedByAmira().refused('amira', 'reopen', again, '12:00').code).toBe('not_allowed');
    expect(resolvedByAmira().refused('bea', 'reopen', again, '12:00').code).toBe('not_allowed');
    expect(heldByAmira().refused('lea', 'reopen', again, '12:00')).toEqual({ code: 'wrong_phase', phase: 'open' });
  });
});

describe('cancel', () => {
  test('the requester withdraws what nobody holds; the clocks end unjudged', () => {
    const story = inPool();
    story.do('remi', 'cancel', { reason: 'Works again' }, '09:15');
    expect(story.now.phase).toBe('cancelled');
    expect(story.now.sla.endedAt).toBe(at('09:15'));
  });
  test('once somebody holds it he is told who, and a lead cancels', () => {
    const story = heldByAmira();
    expect(story.refused('remi', 'cancel', { reason: 'x' }, '10:00')).toMatchObject({ code: 'already_held', holderName: 'Amira' });
    expect(story.do('lea', 'cancel', { reason: 'Double' }, '10:00').phase).toBe('cancelled');
  });
  test('a reason is needed; beneficiary and technicians do not cancel; a resolved ticket is not cancelled', () => {
    expect(inPool().refused('remi', 'cancel', { reason: '' }, '10:00').code).toBe('invalid');
    expect(inPool().refused('bea', 'cancel', { reason: 'x' }, '10:00').code).toBe('not_allowed');
    expect(inPool().refused('amira', 'cancel', { reason: 'x' }, '10:00').code).toBe('not_allowed');
    expect(resolvedByAmira().refused('lea', 'cancel', { reason: 'x' }, '12:00').code).toBe('wrong_phase');
  });
});

test('the server closes what nobody answered to, and nobody else does', () => {
  const story = resolvedByAmira();
  expect(story.refused('lea', 'auto_close', { code: null }, '+7 18:00').code).toBe('not_allowed');
  expect(story.do('system', 'auto_close', { code: null }, '+7 18:00')).toMatchObject({ phase: 'closed', closingCode: 'solved' });
  expect(story.resolution?.decision).toMatchObject({ kind: 'auto_closed', by: null });
  expect(story.refused('bea', 'refuse', again, '+8 09:00')).toEqual({ code: 'already_decided', by: null, decision: 'auto_closed' });
});
