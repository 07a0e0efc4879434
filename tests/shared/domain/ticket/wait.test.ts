import { expect, test } from 'vitest';
import { at, heldByAmira, inPool } from '../story.ts';

const wait = (reason: string, wakeAt: string | null = null) => ({ reason, detail: 'Part ordered', wakeAt });
const call = (outcome: string) => ({ outcome, number: '', startedAt: at('10:00'), duration: 0, note: '', callbackAt: null });

test('waiting pauses the clocks, resuming ends the pause', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', wait('supplier', at('+1 09:00')), '10:00');
  expect(story.now).toMatchObject({ phase: 'waiting', wait: { reason: 'supplier', since: at('10:00'), wakeAt: at('+1 09:00') } });
  expect(story.now.wait?.id).toBe(story.lastId);
  story.do('amira', 'resume', {}, '11:00');
  expect(story.now).toMatchObject({ phase: 'open', wait: null });
  expect(story.now.sla.pauses).toEqual([{ from: at('10:00'), to: at('11:00'), reason: 'supplier', pausesContact: true }]);
});

test('waiting again changes the reason and the wake-up, and begins no further pause', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', wait('supplier', at('12:00')), '10:00');
  const first = story.now.wait?.id;
  story.do('amira', 'wait', wait('appointment'), '10:30');
  expect(story.now.wait).toMatchObject({ reason: 'appointment', since: at('10:00'), wakeAt: null });
  // The wake-up of the first wait must not end the second one.
  expect(story.now.wait?.id).not.toBe(first);
  expect(story.now.sla.pauses).toEqual([{ from: at('10:00'), to: null, reason: 'appointment', pausesContact: true }]);
});

test('pauses that touch are one', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', wait('supplier'), '10:00');
  story.do('amira', 'resume', {}, '11:00');
  story.do('amira', 'wait', wait('appointment'), '11:00');
  expect(story.now.sla.pauses).toEqual([{ from: at('10:00'), to: null, reason: 'appointment', pausesContact: true }]);
});

test('waiting for the beneficiary pauses contact only after a logged attempt', () => {
  const early = heldByAmira();
  early.do('amira', 'wait', wait('beneficiary'), '10:00');
  expect(early.now.sla.pauses[0]?.pausesContact).toBe(false);
  early.do('amira', 'log_call', call('no_answer'), '10:30');
  expect(early.now.sla.pauses).toEqual([
    { from: at('10:00'), to: at('10:30'), reason: 'beneficiary', pausesContact: false },
    { from: at('10:30'), to: null, reason: 'beneficiary', pausesContact: true },
  ]);
  const tried = heldByAmira();
  tried.do('amira', 'log_call', call('voicemail'), '09:50');
  tried.do('amira', 'wait', wait('beneficiary'), '10:00');
  expect(tried.now.sla.pauses[0]?.pausesContact).toBe(true);
});

test('a wake-up lies in the future', () => {
  expect(heldByAmira().refused('amira', 'wait', wait('supplier', at('09:59')), '10:00')).toEqual({
    code: 'invalid',
    problems: [{ path: 'wakeAt', message: 'in_past' }],
  });
});

test('wait and resume are for the holder and the lead; a resume without a wait is refused', () => {
  expect(inPool().refused('amira', 'wait', wait('supplier'), '10:00').code).toBe('not_holder');
  expect(heldByAmira().refused('bruno', 'wait', wait('supplier'), '10:00')).toMatchObject({ code: 'not_holder', holderName: 'Amira' });
  expect(heldByAmira().refused('amira', 'resume', {}, '10:00')).toEqual({ code: 'wrong_phase', phase: 'open' });
  const story = heldByAmira();
  story.do('lea', 'wait', wait('supplier'), '10:00');
  expect(story.refused('bruno', 'resume', {}, '10:30').code).toBe('not_holder');
  story.do('lea', 'resume', {}, '10:30');
});

test('the server wakes a waiting ticket up, also when nobody holds it', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', wait('supplier', at('11:00')), '10:00');
  story.do('amira', 'release', { reason: 'Off', seenHolderId: 'amira' }, '10:10');
  expect(story.do('system', 'resume', {}, '11:00')).toMatchObject({ phase: 'open', holderId: null });
});

test('a resume dated before its wait leaves no pause behind', () => {
  const story = heldByAmira();
  story.do('amira', 'wait', wait('supplier'), '10:00');
  story.do('amira', 'resume', {}, { now: at('11:00'), done: at('09:00') });
  expect(story.now.sla.pauses).toEqual([]);
});
