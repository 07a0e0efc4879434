import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ImportOperation } from '#shared/contract/api.ts';
import { isOperationName, operations } from '#shared/domain/ticket/registry.ts';
import { makeCrew } from '../../../server/demo/crew.ts';
import { latestOccurrences, localOf, occurrences } from '../../../server/demo/cycle.ts';
import { makePeople } from '../../../server/demo/people.ts';
import { readSlice } from '../../../server/demo/slice.ts';
import { storyOf } from '../../../server/demo/story.ts';

const file = join(import.meta.dirname, '../../../resources/demo/events.ndjson.gz');
const WEEK_MS = 7 * 86_400_000;
const slice = readSlice();
const world = { requesters: makePeople().requesters, crew: makeCrew(slice) };
const now = Date.parse('2026-05-05T08:30:00.000Z');

describe('the slice of the log', () => {
  test('names its authors and its licence, and is small', () => {
    const [header = ''] = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
    for (const word of ['Amaral', 'Fantinato', 'Peres', '10.24432/C57S4H', 'CC BY 4.0']) expect(header).toContain(word);
    expect(statSync(file).size).toBeLessThan(1_500_000);
  });
});

describe('the slice in time', () => {
  test('keeps weekday, time of day and minute, and comes again as another ticket', () => {
    const [one] = occurrences(slice, now - WEEK_MS, now);
    if (!one) throw new Error('nothing happened in a week');
    const later = occurrences(
      slice,
      one.openedAt + slice.weeks * WEEK_MS - 7_200_000,
      one.openedAt + slice.weeks * WEEK_MS + 7_200_000,
    ).find(({ log }) => log === one.log);
    if (!later) throw new Error('it did not come again');
    expect(localOf(later.openedAt) - localOf(one.openedAt)).toBe(slice.weeks * WEEK_MS);
    expect(one.openedAt % 60_000).toBe(0);
    expect(((one.openedLocal / 60_000 + 3 * 1440) % (slice.weeks * 10_080)) % 1440).toBe(one.log.at % 1440);
    expect(storyOf(later, world)[0]?.ticketId).not.toBe(storyOf(one, world)[0]?.ticketId);
  });

  test('goes on without a gap where the slice ends', () => {
    const days = occurrences(slice, now - 10 * WEEK_MS, now).map((one) => Math.floor(one.openedLocal / 86_400_000));
    const working = days.filter((day) => ![2, 3].includes(day % 7)); // 1 January 1970 was a Thursday
    const counts = [...new Set(working)].map((day) => working.filter((one) => one === day).length);
    expect(counts.length).toBeGreaterThanOrEqual(50);
    expect(Math.min(...counts.slice(1, -1))).toBeGreaterThan(80);
  });
});

describe('a ticket’s story', () => {
  const cast = latestOccurrences(slice, 600, now);
  const stories = cast.map((one) => storyOf(one, world));

  test('is the same every time it is told', () => {
    const again = { requesters: makePeople().requesters, crew: makeCrew(readSlice()) };
    expect(cast.map((one) => storyOf(one, again))).toEqual(stories);
  });

  test('is made of valid operations in the order of time, each with an id of its own', () => {
    for (const story of stories) {
      expect(story[0]?.name).toBe('open');
      expect(story.map((one) => one.at)).toEqual(story.map((one) => one.at).sort());
      for (const operation of story) {
        ImportOperation.parse(operation);
        if (!isOperationName(operation.name)) throw new Error(operation.name);
        operations[operation.name].input.parse(operation.input);
      }
    }
    const ids = stories.flatMap((story) => story.map((one) => one.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('tells of everything that a desk does', () => {
    const names = new Set(
      latestOccurrences(slice, slice.tickets.length, now).flatMap((one) => storyOf(one, world).map((step) => step.name)),
    );
    const all = [
      'open',
      'claim',
      'release',
      'assign',
      'set_category',
      'log_call',
      'note',
      'wait',
      'resume',
      'resolve',
      'validate',
      'refuse',
    ];
    for (const name of [...all, 'reopen', 'auto_close', 'rate']) expect(names).toContain(name);
  });

  test('rates the solution that was judged last, after it was judged, by who judged it', () => {
    let ratings = 0;
    for (const story of stories) {
      for (const [n, { name, input, actorId }] of story.entries()) {
        if (name !== 'rate') continue;
        ratings += 1;
        const before = story.slice(0, n);
        expect(input.resolutionId).toBe(before.findLast((one) => one.name === 'resolve')?.id);
        const judged = before.findLast((one) => one.name === 'resolve' || one.name === 'validate' || one.name === 'refuse');
        expect(judged).toMatchObject({ actorId });
        expect(judged?.name).not.toBe('resolve');
      }
    }
    expect(ratings).toBeGreaterThan(50);
  });

  test('never calls somebody whose ticket is solved', () => {
    for (const story of stories) {
      let solved = false;
      for (const { name } of story) {
        if (name === 'resolve') solved = true;
        else if (name === 'refuse' || name === 'reopen') solved = false;
        if (name === 'log_call') expect(solved).toBe(false);
      }
    }
  });
});
