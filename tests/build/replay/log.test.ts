import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LogError, readCheckpoints, readEvents, readFinalStates } from '../../../build/replay/log.ts';
import { event, finalState, opening } from './lines.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-log-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string | Buffer): string {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  return path;
}
const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

test('a log is read gzipped or not, and its instants are the product’s', () => {
  const text = lines(opening(), event('touch', 1));
  const events = readEvents(file(text));
  expect(events).toEqual(readEvents(file(gzipSync(text))));
  expect(events.map(({ op, t }) => [op, t])).toEqual([
    ['open', '2016-03-01T08:30:00.000Z'],
    ['touch', '2016-03-01T09:00:00.000Z'],
  ]);
});

test.each([
  ['what is not JSON', '{"t":', /line 1 is not JSON/],
  ['an operation that there is not', lines(opening(), event('burn', 1)), /line 2: op: /],
  ['a level that there is not', lines(opening({ impact: 4 })), /line 1: fields\.impact: /],
  ['a reason that there is not', lines(opening(), event('wait', 1, { reason: 'lunch' })), /line 2: fields\.reason: /],
  ['a day that there is not', lines({ ...opening(), t: '2016-02-30T00:00:00Z' }), /line 1: t: /],
  ['a gap', lines(opening(), event('touch', 2)), /line 2: event 2 of INC1 comes where 1 is due/],
  ['a ticket that was never opened', lines(event('touch', 0)), /line 1: INC1 begins with its opening/],
  ['a second opening', lines(opening(), { ...opening(), n: 1 }), /line 2: INC1 begins with its opening/],
  [
    'a step back in time',
    lines(opening(), { ...event('touch', 1), t: '2016-03-01T08:29:00Z' }),
    /line 2: 2016-03-01T08:29:00.000Z comes after/,
  ],
])('%s is refused with its line', (_case, text, sentence) => {
  const path = file(text);
  expect(() => readEvents(path)).toThrow(LogError);
  expect(() => readEvents(path)).toThrow(sentence);
});

test('a ticket ends once', () => {
  expect(readFinalStates(file(lines(finalState())))).toHaveLength(1);
  expect(() => readFinalStates(file(lines(finalState(), finalState())))).toThrow(/line 2: INC1 is there already/);
});

test('checkpoints come in their order, one a date', () => {
  const counts = { states: { New: 1 }, open_unassigned: 1, open_by_group: { none: 1 } };
  const read = (...instants: string[]) => readCheckpoints(file(JSON.stringify(Object.fromEntries(instants.map((one) => [one, counts])))));
  expect(read('2016-03-24T18:45:00Z', '2016-03-08T14:00:00Z').map(({ date }) => date)).toEqual(['2016-03-08', '2016-03-24']);
  expect(() => read('2016-03-08T14:00:00Z', '2016-03-08T15:00:00Z')).toThrow(/two checkpoints on one date/);
  expect(() => readCheckpoints(file('{"2016-03-08T14:00:00Z":{"states":{"Burnt":1}}}'))).toThrow(LogError);
});
