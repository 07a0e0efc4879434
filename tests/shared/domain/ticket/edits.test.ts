import { describe, expect, test } from 'vitest';
import { heldByAmira, inPool, resolvedByAmira } from '../story.ts';

const urgency = { importance: 'site', relevance: 'hindered', override: null, seenUrgency: 'medium' } as const;
const category = { categoryId: 'mail', seenCategoryId: 'wifi' };
const contact = { beneficiaryId: 'zoe', phone: '0465711299', siteId: 'lyon', place: 'C3', seenPhone: '04 65 71 12 08' };

describe.each([
  ['set_urgency', urgency],
  ['set_category', category],
  ['edit_contact', contact],
] as const)('%s', (name, input) => {
  test('is for the holder and the lead, on an open or waiting ticket', () => {
    heldByAmira().do('amira', name, input, '10:00');
    heldByAmira().do('lea', name, input, '10:00');
    inPool().do('lea', name, input, '10:00');
    expect(heldByAmira().refused('bruno', name, input, '10:00').code).toBe('not_holder');
    expect(heldByAmira().refused('remi', name, input, '10:00').code).toBe('not_allowed');
    expect(resolvedByAmira().refused('amira', name, input, '12:00')).toEqual({ code: 'wrong_phase', phase: 'resolved' });
  });
});

test('urgency follows the matrix', () => {
  const story = heldByAmira();
  expect(story.do('amira', 'set_urgency', urgency, '10:00')).toMatchObject({ urgency: 'high', importance: 'site', urgencyOverride: null });
  expect(story.entries.at(-1)).toMatchObject({ kind: 'urgency_set', data: { from: 'medium', to: 'high', reason: '' } });
});

test('an override of the matrix needs a reason and stands beside it', () => {
  const story = heldByAmira();
  const override = (reason: string) => ({ ...urgency, override: { urgency: 'low', reason } });
  expect(story.refused('amira', 'set_urgency', override(''), '10:00')).toEqual({
    code: 'invalid',
    problems: [{ path: 'override.reason', message: 'required' }],
  });
  expect(story.do('amira', 'set_urgency', override('Workaround found'), '10:00')).toMatchObject({
    urgency: 'low',
    importance: 'site',
    urgencyOverride: { urgency: 'low', reason: 'Workaround found' },
  });
});

test('a change of urgency keeps start, stays and pauses', () => {
  const story = heldByAmira();
  const { sla } = story.now;
  expect(story.do('amira', 'set_urgency', urgency, '10:00').sla).toEqual(sla);
});

test('a value that changed meanwhile is shown with both values', () => {
  const story = heldByAmira();
  expect(story.refused('amira', 'set_urgency', { ...urgency, seenUrgency: 'low' }, '10:00')).toEqual({
    code: 'changed',
    field: 'urgency',
    seen: 'low',
    current: 'medium',
  });
  expect(story.refused('amira', 'set_category', { ...category, seenCategoryId: 'mail' }, '10:00')).toEqual({
    code: 'changed',
    field: 'category',
    seen: 'Messagerie',
    current: 'Wi-Fi',
  });
  expect(story.refused('amira', 'edit_contact', { ...contact, seenPhone: '1' }, '10:00')).toMatchObject({
    code: 'changed',
    seen: '1',
    current: '04 65 71 12 08',
  });
});

test('a category that does not exist is refused; the same one again has nothing to do', () => {
  const story = heldByAmira();
  expect(story.refused('amira', 'set_category', { ...category, categoryId: 'x' }, '10:00').code).toBe('unknown_reference');
  expect(story.try('amira', 'set_category', { ...category, categoryId: 'wifi' }, '10:00')).toEqual({ ok: true, superseded: true });
  expect(story.do('amira', 'set_category', category, '10:00')).toMatchObject({ categoryId: 'mail', teamId: 'network' });
});

test('the contact is normalised and kept as typed', () => {
  expect(heldByAmira().do('amira', 'edit_contact', contact, '10:00')).toMatchObject({
    beneficiaryId: 'zoe',
    siteId: 'lyon',
    place: 'C3',
    phone: { typed: '0465711299', e164: '+33465711299' },
  });
});
