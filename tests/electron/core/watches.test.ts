import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WatchHub } from '../../../electron/core/view/watches.ts';

function hub() {
  const world: Record<string, string> = { a: 'a1', b: 'b1', long: 'x'.repeat(500) };
  const posted: string[] = [];
  const watches = new WatchHub({
    answer: (_name, input) => world[input as string],
    onError: (error) => {
      throw error;
    },
  });
  for (const input of ['long', 'b', 'a']) watches.add('ticket', input, (value) => posted.push(`${input}:${String(value).slice(0, 2)}`));
  posted.length = 0;
  return { world, posted, watches };
}

test('what is under the eye is answered before anything else, and once', async () => {
  const { world, posted, watches } = hub();
  Object.assign(world, { a: 'a2', b: 'b2', long: 'y'.repeat(500) });
  watches.answerNow('ticket', 'a');
  expect(posted).toEqual(['a:a2']);
  watches.answerNow('ticket', 'a');
  watches.touch(true);
  await turn();
  await turn();
  // What is long comes last.
  expect(posted).toEqual(['a:a2', 'b:b2', 'long:yy']);
});

test('an ended watch is not answered any more', async () => {
  const { world, posted, watches } = hub();
  const end = watches.add('ticket', 'b', () => posted.push('again'));
  posted.length = 0;
  end();
  world.b = 'b2';
  watches.answerNow('ticket', 'b');
  expect(posted).toEqual(['b:b2']);
});
