import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import type { PresenceAnswer } from '#shared/contract/api.ts';
import { Presence } from '../../../electron/core/sync/presence.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

test('while a window looks at a ticket the console says so, a call too, and tells who else is there; without a window it asks nothing', async () => {
  const farid = await stage.direct('farid');
  const bruno = await stage.direct('bruno');
  const id = await farid.open({ title: 'Looked at by two' });
  const line = await stage.newLine();
  const amira = await stage.console('amira', line);
  await amira.until('ticket', id, (ticket) => ticket !== null);
  const asked = () => line.seen.filter((one) => one === 'GET /v1/presence').length;
  expect(asked()).toBe(0);
  const there = async () =>
    (await bruno.call<z.infer<typeof PresenceAnswer>>('GET', `/v1/presence?ticket=${id}`)).body.people.find(
      (one) => one.personId === 'amira',
    );
  expect(await there()).toBeUndefined();
  // Until the live line is up nothing is asked.
  const seen = await amira.until('presence', { ticketId: id }, (people) => people.length > 0);
  expect(seen).toEqual([{ personId: 'bruno', name: 'Bruno Keller', ticketId: id, onCall: false }]);
  expect(await there()).toEqual({ personId: 'amira', ticketId: id, onCall: false });

  await amira.call('startCall', { ticketId: id, personId: 'farid', number: { typed: '01 99 00 12 34', e164: '+33199001234' } });
  amira.post({ type: 'watch', id: 9_001, name: 'presence', input: { ticketId: id } });
  await expect.poll(there, { timeout: 20_000, interval: 500 }).toMatchObject({ onCall: true });
  amira.post({ type: 'unwatch', id: 9_001 });
});

test('an idle window asks once in half a minute, a hidden one never, and what fails is silence', async () => {
  const asked: unknown[] = [];
  let people = [{ personId: 'bruno', ticketId: 't', onCall: false }];
  let fails = false;
  const presence = new Presence(() => undefined);
  const ask = async (where: unknown) => {
    asked.push(where);
    if (fails) throw new Error('no answer');
    return { people, waitingMails: 3, serverTime: '2026-01-01T00:00:00.000Z' };
  };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    presence.attach({ api: { presence: ask }, isLive: () => true, callOn: () => null });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).toEqual([]);
    const end = presence.look('t');
    await vi.advanceTimersByTimeAsync(1);
    expect(presence.people()).toEqual(people);
    expect(presence.waitingMails()).toBe(3);
    for (let minute = 0; minute < 10; minute++) await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(21);
    // Ten tickets in a second are told as the last of them.
    let close = presence.look('a');
    end();
    for (const ticket of 'bcdefghij') {
      const next = presence.look(ticket);
      close();
      close = next;
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(6_000);
    expect(asked.slice(21)).toEqual([{ ticket: 'j', call: false }]);
    fails = true;
    people = [];
    await vi.advanceTimersByTimeAsync(30_000);
    expect(presence.people()).toEqual([]);
    close();
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(before);
  } finally {
    vi.useRealTimers();
  }
});
