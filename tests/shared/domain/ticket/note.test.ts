import { expect, test } from 'vitest';
import { heldByAmira, inPool, resolvedByAmira } from '../story.ts';

test('who sees the ticket writes on it, at any phase', () => {
  const story = resolvedByAmira();
  for (const who of ['amira', 'bruno', 'lea', 'remi', 'bea']) story.do(who, 'note', { text: 'Seen', visibility: 'public' }, '12:00');
  story.do('bea', 'validate', {}, '12:30');
  story.do('remi', 'note', { text: 'Thanks', visibility: 'public' }, '13:00');
  expect(story.refused('zoe', 'note', { text: 'Me too', visibility: 'public' }, '13:00')).toEqual({ code: 'not_found' });
});

test('the team writes internally, a requester publicly whatever he asks for', () => {
  const story = heldByAmira();
  story.do('amira', 'note', { text: 'Switch log', visibility: 'internal' }, '10:00');
  expect(story.entries.at(-1)?.visibility).toBe('internal');
  for (const who of ['remi', 'bea']) {
    story.do(who, 'note', { text: 'It blinks', visibility: 'internal' }, '10:00');
    expect(story.entries.at(-1)?.visibility).toBe('public');
  }
});

test('an empty note is none', () => {
  expect(heldByAmira().refused('amira', 'note', { text: ' \n', visibility: 'internal' }, '10:00')).toMatchObject({ code: 'invalid' });
});

test('a note by itself claims nothing', () => {
  const story = inPool();
  story.do('amira', 'note', { text: 'Looking', visibility: 'internal' }, '10:00');
  expect(story.now.holderId).toBeNull();
});
