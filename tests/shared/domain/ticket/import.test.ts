import { expect, test } from 'vitest';
import { at, inPool, resolvedByAmira, type Step, Story, wifi } from '../story.ts';

const imported = (time: string): Step => ({ now: at(time), imported: true });

test('an import runs operations for people who may not, without the texts that a person must give', () => {
  const story = new Story();
  story.do('zoe', 'open', { ...wifi, channel: 'import' }, imported('09:00'));
  story.do('zoe', 'claim', {}, imported('09:10'));
  story.do('zoe', 'release', { reason: '', seenHolderId: null }, imported('09:20'));
  story.do('zoe', 'assign', { teamId: 'office', holderId: null, reason: '', seenHolderId: 'amira' }, imported('09:30'));
  story.do('zoe', 'wait', { reason: 'supplier', detail: '', wakeAt: at('09:00') }, imported('09:40'));
  story.do('zoe', 'resolve', { text: '', code: null }, imported('10:00'));
  expect(story.now).toMatchObject({ phase: 'resolved', holderId: null, teamId: 'office', closingCode: null });
  // Nobody held it: the stay ends with the resolve, and nobody is written to.
  expect(story.now.sla.poolStays.every((one) => one.to !== null)).toBe(true);
  expect(story.mails).toEqual([]);
});

test('closed from open without a resolution: the clocks end unjudged, and reopening does not charge the time between', () => {
  const story = inPool();
  story.do('zoe', 'close', { code: 'solved' }, imported('10:00'));
  expect(story.now).toMatchObject({ phase: 'closed', closingCode: 'solved', sla: { endedAt: at('10:00') } });
  expect(story.resolution).toBeUndefined();
  story.do('zoe', 'reopen', { reason: '' }, imported('14:00'));
  expect(story.now.sla).toMatchObject({
    endedAt: null,
    rounds: [{ resolvedAt: at('10:00') }, { startedAt: at('14:00'), resolvedAt: null }],
    poolStays: [
      { from: at('09:00'), to: at('10:00') },
      { from: at('14:00'), to: null },
    ],
  });
});

test('what changes nothing is superseded, in whatever phase', () => {
  const story = resolvedByAmira();
  expect(story.try('zoe', 'resume', {}, imported('12:00'))).toEqual({ ok: true, superseded: true });
  story.do('zoe', 'auto_close', { code: null }, imported('13:00'));
  expect(story.try('zoe', 'auto_close', { code: null }, imported('13:01'))).toEqual({ ok: true, superseded: true });
  expect(story.try('zoe', 'close', { code: null }, imported('13:01'))).toEqual({ ok: true, superseded: true });
});

test('references are checked all the same', () => {
  const story = inPool();
  expect(story.refused('zoe', 'assign', { teamId: 'x', holderId: null, reason: '', seenHolderId: null }, imported('10:00')).code).toBe(
    'unknown_reference',
  );
  expect(story.refused('zoe', 'resolve', { text: '', code: 'x' }, imported('10:00')).code).toBe('unknown_reference');
});
