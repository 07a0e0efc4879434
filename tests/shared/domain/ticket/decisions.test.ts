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

describe('rate', () => {
  const marks = { duration: 4, answers: 5, comment: 'Quick' };
  const rating = (story: Story) => ({ resolutionId: story.resolution?.id ?? '', ...marks });
  const validated = (by = 'bea') => {
    const story = resolvedByAmira();
    story.do(by, 'validate', {}, '12:00');
    return story;
  };

  test('who decided rates the resolution, and may change it for seven days', () => {
    const story = validated('remi');
    story.do('remi', 'rate', rating(story), '12:05');
    expect(story.resolution?.rating).toEqual({ ...marks, by: 'remi', at: at('12:05') });
    expect(story.try('remi', 'rate', rating(story), '12:06')).toEqual({ ok: true, superseded: true });
    story.do('remi', 'rate', { ...rating(story), duration: 2 }, '+7 12:00');
    expect(story.resolution?.rating).toMatchObject({ duration: 2, at: at('+7 12:00') });
    expect(story.refused('remi', 'rate', rating(story), '+7 12:01')).toEqual({ code: 'too_late', limit: at('+7 12:00') });
  });
  test('the other one does not, nor anybody who held it', () => {
    const story = validated('remi');
    expect(story.refused('bea', 'rate', rating(story), '12:05')).toMatchObject({ code: 'not_allowed', needs: 'rater' });
    expect(story.refused('amira', 'rate', rating(story), '12:05').code).toBe('not_allowed');
    const own = new Story();
    own.do('amira', 'open', { ...wifi, beneficiaryId: 'amira', requesterId: 'amira', channel: 'phone' }, '09:00');
    own.do('amira', 'claim', {}, '09:10');
    own.do('amira', 'resolve', solution, '10:00');
    expect(own.refused('amira', 'rate', rating(own), '10:05')).toEqual({ code: 'held_it' });
  });
  test('closed without an answer, the beneficiary rates; before a decision nobody does', () => {
    const story = resolvedByAmira();
    expect(story.refused('bea', 'rate', rating(story), '11:30')).toEqual({ code: 'wrong_phase', phase: 'resolved' });
    story.do('system', 'auto_close', { code: null }, '+5 18:00');
    expect(story.refused('remi', 'rate', rating(story), '+5 19:00')).toMatchObject({ code: 'not_allowed', needs: 'rater' });
    story.do('bea', 'rate', rating(story), '+5 19:00');
    expect(story.resolution?.rating?.by).toBe('bea');
  });
  test('a refused solution is rated too, until the next one is there', () => {
    const story = resolvedByAmira();
    story.do('bea', 'refuse', again, '12:00');
    const first = rating(story);
    story.do('bea', 'rate', first, '12:05');
    expect(story.resolution?.rating).toMatchObject(marks);
    story.do('amira', 'resolve', solution, '13:00');
    story.do('bea', 'validate', {}, '13:10');
    expect(story.refused('bea', 'rate', first, '13:15')).toEqual({ code: 'unknown_reference', field: 'resolutionId' });
  });
  test.each([
    ['duration', 0],
    ['duration', 6],
    ['answers', 2.5],
    ['answers', '5'],
  ])('a %s of %s is none', (field, value) => {
    const story = validated();
    expect(story.refused('bea', 'rate', { ...rating(story), [field]: value }, '12:05')).toMatchObject({
      code: 'invalid',
      problems: [{ path: field }],
    });
  });
});
