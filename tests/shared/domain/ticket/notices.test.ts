import { describe, expect, test } from 'vitest';
import { at, heldByAmira, inPool, resolvedByAmira, Story, wifi } from '../story.ts';

/** What the last operation tells, and whom. */
function told(story: Story): Record<string, readonly string[]> {
  const last = story.mails.filter((one) => one.cause === story.lastId);
  return Object.fromEntries(last.map((one) => [one.kind, one.toPersonIds]));
}
const opened = (actorId: string, more: Record<string, unknown>) => {
  const story = new Story();
  story.do(actorId, 'open', { ...wifi, ...more }, '09:00');
  return story;
};
const call = { number: '', startedAt: at('09:40'), duration: 0, note: '', callbackAt: null };

describe('opening is acknowledged to requester and beneficiary', () => {
  test.each([
    ['on the portal for somebody else', 'remi', {}, ['bea', 'remi']],
    ['for oneself', 'remi', { beneficiaryId: 'remi' }, ['remi']],
    ['by a technician for a caller, who is not told himself', 'chloe', { channel: 'phone' }, ['bea', 'remi']],
    ['by a technician whose own problem it is', 'chloe', { channel: 'phone', beneficiaryId: 'chloe' }, ['chloe', 'remi']],
  ])('%s', (_how, actorId, more, people) => {
    expect(told(opened(actorId, more))).toEqual({ opened: people });
  });
});

test('a public note is for the others of requester and beneficiary, an internal one for nobody', () => {
  const story = heldByAmira();
  story.do('amira', 'note', { text: 'Which floor?', visibility: 'public' }, '10:00');
  expect(told(story)).toEqual({ noted: ['bea', 'remi'] });
  story.do('bea', 'note', { text: 'The second.', visibility: 'public' }, '10:05');
  expect(told(story)).toEqual({ noted: ['remi'] });
  // Who sees only what is public writes only that, whatever he asks for.
  story.do('remi', 'note', { text: 'And the third.', visibility: 'internal' }, '10:06');
  expect(told(story)).toEqual({ noted: ['bea'] });
  story.do('amira', 'note', { text: 'Old cabling.', visibility: 'internal' }, '10:07');
  expect(told(story)).toEqual({});
});

test.each(['no_answer', 'busy', 'voicemail', 'wrong_number'])(
  'a call that ends with %s is told to those who were called for',
  (outcome) => {
    const story = heldByAmira();
    story.do('amira', 'log_call', { ...call, outcome }, '09:40');
    expect(told(story)).toEqual({ missed_call: ['bea', 'remi'] });
  },
);

test('a call that reached somebody needs no mail', () => {
  const story = heldByAmira();
  story.do('amira', 'log_call', { ...call, outcome: 'reached' }, '09:40');
  expect(told(story)).toEqual({});
});

describe('a refusal', () => {
  test('is told to the holder; from the second on to the lead too', () => {
    const story = resolvedByAmira();
    story.do('bea', 'refuse', { reason: 'Still down' }, '11:30');
    expect(told(story)).toEqual({ refused: ['amira'] });
    story.do('amira', 'resolve', { text: 'Again', code: 'solved' }, '12:00');
    story.do('remi', 'refuse', { reason: 'No' }, '12:30');
    expect(told(story)).toEqual({ refused: ['amira', 'lea'] });
  });

  test('is the lead’s when the holder has left the team: the ticket is in the pool', () => {
    const story = resolvedByAmira();
    story.do('bea', 'refuse', { reason: 'Still down' }, { now: at('11:30'), desk: { inactive: ['amira'] } });
    expect(story.now.holderId).toBeNull();
    expect(told(story)).toEqual({ refused: ['lea'] });
  });

  test('is not told to a lead who has left', () => {
    const story = resolvedByAmira();
    story.do('bea', 'refuse', { reason: 'Still down' }, { now: at('11:30'), desk: { inactive: ['amira', 'lea'] } });
    expect(told(story)).toEqual({});
  });

  test('that lost against a validation stays as a note, and the lead is told', () => {
    const story = resolvedByAmira();
    story.do('bea', 'validate', {}, '11:30');
    expect(told(story)).toEqual({});
    story.do('remi', 'refuse', { reason: 'Not at all' }, '11:31');
    expect(told(story)).toEqual({ refusal_lost: ['lea'] });
    expect(story.entries.at(-1)).toMatchObject({ kind: 'noted', visibility: 'public', id: story.lastId });
  });

  test('that comes after a lead has reopened stays as a note, and nobody is told that the ticket stays closed', () => {
    const story = resolvedByAmira();
    story.do('bea', 'validate', {}, '11:30');
    story.do('lea', 'reopen', { reason: 'Bea called' }, '11:31');
    story.do('remi', 'refuse', { reason: 'Not at all' }, '11:32');
    expect(told(story)).toEqual({});
    expect(story.entries.at(-1)).toMatchObject({ kind: 'noted', visibility: 'public' });
  });
});

test('a closing by the server is told to requester and beneficiary', () => {
  const story = resolvedByAmira();
  story.do('system', 'auto_close', { code: null }, '+7 18:00');
  expect(told(story)).toEqual({ auto_closed: ['bea', 'remi'] });
});

test('what is imported is told to nobody, whatever it is', () => {
  const story = new Story();
  const step = (time: string) => ({ now: at(time), imported: true });
  story.do('remi', 'open', { ...wifi, channel: 'import' }, step('09:00'));
  story.do('amira', 'claim', {}, step('09:10'));
  story.do('amira', 'note', { text: 'Public', visibility: 'public' }, step('09:20'));
  story.do('amira', 'log_call', { ...call, outcome: 'busy' }, step('09:40'));
  story.do('amira', 'resolve', { text: '', code: null }, step('10:00'));
  story.do('bea', 'refuse', { reason: '' }, step('10:10'));
  story.do('amira', 'resolve', { text: '', code: null }, step('10:20'));
  story.do('system', 'auto_close', { code: null }, step('11:00'));
  expect(story.mails).toEqual([]);
});

test('moving a ticket tells nobody', () => {
  const story = inPool();
  story.do('amira', 'claim', {}, '09:30');
  expect(told(story)).toEqual({});
  story.do('amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }, '09:40');
  expect(told(story)).toEqual({});
});
