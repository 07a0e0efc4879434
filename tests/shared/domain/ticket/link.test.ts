import { expect, test } from 'vitest';
import { heldByAmira, type Story, TICKET_ID } from '../story.ts';

const OTHER = '00000000-0000-4000-8000-00000000000b';
function beside(change: object = {}): Story {
  const story = heldByAmira();
  story.others = [{ ...story.now, id: OTHER, number: 'I-2026-000002', ...change }];
  return story;
}

test.each(['duplicate_of', 'parent', 'related'] as const)('a technician of the team links as %s, at any phase', (as) => {
  const story = beside();
  story.do('amira', 'link', { otherId: OTHER, as }, '10:00');
  expect(story.entries.at(-1)).toMatchObject({
    kind: 'linked',
    visibility: 'internal',
    data: { as, ticketId: OTHER, number: 'I-2026-000002' },
  });
  story.do('amira', 'resolve', { text: 'Done', code: 'solved' }, '11:00');
  story.do('bruno', 'link', { otherId: OTHER, as }, '12:00');
});

test('the other ticket has to be in sight', () => {
  const hidden = beside({ teamId: 'office', requesterId: 'zoe', beneficiaryId: 'zoe', openedBy: 'zoe' });
  const refusal = { code: 'unknown_reference', field: 'otherId' };
  expect(hidden.refused('amira', 'link', { otherId: OTHER, as: 'related' }, '10:00')).toEqual(refusal);
  const nowhere = '00000000-0000-4000-8000-00000000000c';
  expect(beside().refused('amira', 'link', { otherId: nowhere, as: 'related' }, '10:00')).toEqual(refusal);
  // Opened by him for a caller: enough to name it.
  const opened = beside({ teamId: 'office', requesterId: 'zoe', beneficiaryId: 'zoe', openedBy: 'amira' });
  opened.do('amira', 'link', { otherId: OTHER, as: 'related' }, '10:00');
});

test('not to itself, and not by those who only ask', () => {
  expect(beside().refused('amira', 'link', { otherId: TICKET_ID, as: 'related' }, '10:00')).toMatchObject({ code: 'invalid' });
  for (const who of ['remi', 'bea']) {
    expect(beside().refused(who, 'link', { otherId: OTHER, as: 'related' }, '10:00')).toMatchObject({ code: 'not_allowed' });
  }
  expect(beside().refused('chloe', 'link', { otherId: OTHER, as: 'related' }, '10:00')).toEqual({ code: 'not_found' });
});
