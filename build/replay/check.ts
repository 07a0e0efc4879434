/**
 * The checker, a process of its own: reads what is to be checked from its input, looks at the server and at every console, and
 * writes what does not fit to its output. It shares nothing with the player but the files of the log.
 */
import { text } from 'node:stream/consumers';
import { differencesOf } from './compare.ts';
import { expectedAt, expectedAtEnd } from './facts.ts';
import { consoleHoldings, Session, type State } from './holdings.ts';
import { readCheckpoints, readFinalStates } from './log.ts';
import { type Check, CheckTask, type Mismatch, shownMismatches } from './verdict.ts';

const task = CheckTask.parse(JSON.parse(await text(process.stdin)));
const mismatches = await check(task);
const verdict: Check = { mismatches: mismatches.length, shown: shownMismatches(mismatches) };
process.stdout.write(JSON.stringify(verdict));

async function check({ final, at, server, login: everywhere, password, consoles }: CheckTask): Promise<Mismatch[]> {
  const finals = readFinalStates(final);
  const checkpoint = at && readCheckpoints(at.file).find(({ instant }) => instant === at.instant);
  if (at && !checkpoint) throw new Error(`${at.file} has no checkpoint ${at.instant}.`);
  const expected = checkpoint ? expectedAt(finals, checkpoint) : expectedAtEnd(finals);
  const when = checkpoint?.instant ?? 'end';

  const all = await Session.open(server, everywhere, password);
  const onServer = differencesOf(expected, await all.tickets());
  const found = onServer.map((difference): Mismatch => ({ ...difference, when, where: 'server' }));
  const states = new Map<string, State>([[everywhere, await all.state()]]);
  for (const { number, login, teams, cacheFile } of consoles) {
    const state = states.get(login) ?? (await (await Session.open(server, login, password)).state());
    states.set(login, state);
    const holdings = consoleHoldings(cacheFile);
    const differences = differencesOf(expected, holdings.tickets, teams ? new Set(teams) : undefined);
    for (const field of ['epoch', 'seq', 'tickets', 'hash'] as const) {
      if (state[field] !== holdings.state[field]) {
        differences.push({ ticket: null, field: `${field} of its state`, expected: state[field], found: holdings.state[field] });
      }
    }
    found.push(...differences.map((difference): Mismatch => ({ ...difference, when, where: `console ${number}` })));
  }
  return found;
}
