import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { StateHash } from '#shared/contract/api.ts';
import { people } from '../../server/desk-content.ts';
import { listOf } from './console.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const RACES = 200;

test('two consoles claim the same ticket at the same instant, 200 times: one holds it, the other is told who', {
  timeout: 240_000,
}, async () => {
  const farid = await stage.direct('farid');
  const tickets: string[] = [];
  for (let i = 0; i < RACES; i++) tickets.push(await farid.open({ title: `Race ${i}` }));
  const amira = await stage.console('amira', await stage.newLine());
  const bruno = await stage.console('bruno', await stage.newLine());
  await amira.until('counts', undefined, (counts) => counts.pool === RACES);
  await bruno.until('counts', undefined, (counts) => counts.pool === RACES);
  const server = await stage.direct('chloe');
  const wins = { amira: 0, bruno: 0 };
  let toldByServer = 0;
  for (const id of tickets) {
    const performed = await Promise.all([amira.perform('claim', id), bruno.perform('claim', id)]);
    await Promise.all([amira.inStep(), bruno.inStep()]);
    const { ticket, entries } = await server.ticket(id);
    const winner = ticket.holderId as 'amira' | 'bruno';
    expect(['amira', 'bruno']).toContain(winner);
    wins[winner] += 1;
    expect(entries.filter((entry) => entry.kind === 'claimed')).toHaveLength(1);
    const loser = winner === 'amira' ? bruno : amira;
    const refused = performed[winner === 'amira' ? 1 : 0];
    // Told by the rules at once when the news was faster than the key, else by the server's answer.
    if (refused?.ok) {
      const detail = await loser.until('ticket', id, (seen) => (seen?.rejections.length ?? 0) > 0 && seen?.ticket.holderId === winner);
      expect(detail?.rejections[0]?.refusal).toMatchObject({
        code: 'already_held',
        holderId: winner,
        holderName: people[winner]?.name,
      });
      toldByServer += 1;
    } else expect(refused?.refusal).toMatchObject({ code: 'already_held', holderId: winner });
  }
  expect(wins.amira + wins.bruno).toBe(RACES);
  expect(toldByServer).toBeGreaterThan(RACES / 2);
  const mine = await amira.until('list', listOf('mine'), (list) => list.total === wins.amira);
  expect(mine.rows.every((row) => row.holderId === 'amira' && !row.toConfirm && !row.unsent)).toBe(true);
  await bruno.until('counts', undefined, (counts) => counts.pool === 0 && counts.mine === wins.bruno);
});

test('an operation whose answer was lost is sent again and has one effect; so has one that the line repeats', async () => {
  const farid = await stage.direct('farid');
  const line = await stage.newLine();
  const chloe = await stage.console('chloe', line);
  const lost = await farid.open({ title: 'Lost answer' });
  const repeated = await farid.open({ title: 'Repeated request' });
  await chloe.until('ticket', repeated, (ticket) => ticket !== null);
  let cuts = 0;
  line.fate = ({ method, path }) => (method === 'POST' && path === '/v1/operations' && cuts++ < 2 ? 'lose_answer' : 'pass');
  const performed = await chloe.perform('note', lost, { text: 'once', visibility: 'internal' });
  expect(performed).toMatchObject({ ok: true });
  await chloe.call('retryNow', undefined);
  await chloe.call('retryNow', undefined);
  await chloe.inStep();
  expect(cuts).toBeGreaterThan(2);
  line.fate = ({ method }) => (method === 'POST' ? 'repeat' : 'pass');
  await chloe.perform('note', repeated, { text: 'twice', visibility: 'public' });
  await chloe.inStep();
  const server = await stage.direct('chloe');
  const notes = async (id: string) => (await server.ticket(id)).entries.filter((entry) => entry.kind === 'noted');
  expect(await notes(lost)).toHaveLength(1);
  expect(await notes(repeated)).toHaveLength(1);
  await chloe.stop();
  const { body } = await server.call<z.infer<typeof StateHash>>('GET', '/v1/hash');
  expect(await stage.status(chloe.profile)).toEqual({ ...body, outbox: 0 });
});
