import { expect, test } from 'vitest';
import { flaky } from '../../../build/chaos/weather.ts';
import { drawFor } from '../../../server/demo/draw.ts';

const push = { method: 'POST', path: '/v1/operations', body: '' };
const fatesOf = (seed: string, request = push) => Array.from({ length: 300 }, flaky(drawFor(seed)).bind(undefined, request));

test('a seed has always the same weather, and another one another', () => {
  expect(fatesOf('one')).toEqual(fatesOf('one'));
  expect(fatesOf('one')).not.toEqual(fatesOf('two'));
});

test('everything that can happen to a request does, and most get through', () => {
  const fates = fatesOf('one').map((fate) => (typeof fate === 'object' ? Object.keys(fate)[0] : fate));
  expect(new Set(fates)).toEqual(new Set(['pass', 'delay', 'stall', 'lose_request', 'lose_answer', 'cut_answer', 'repeat']));
  expect(fates.filter((fate) => fate === 'pass' || fate === 'delay').length).toBeGreaterThan(200);
});

test('a stream of positions is never asked for twice, nor held up', () => {
  const fates = fatesOf('one', { ...push, path: '/v1/events' });
  expect(new Set(fates)).toEqual(new Set(['pass', 'lose_request']));
});
