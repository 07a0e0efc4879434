import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInput } from '../../server/desk-content.ts';
import { listOf, type TestConsole } from './console.ts';
import type { Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
let line: Line;
let amira: TestConsole;
beforeAll(async () => {
  stage = await setStage();
  line = await stage.newLine();
  amira = await stage.console('amira', line);
});
afterAll(() => stage.close());

const search = (text: string) => amira.now('list', listOf('search', { text }));

test('search folds accents, takes the last word as a prefix, finds notes, people, solutions and short numbers, and marks what it found', async () => {
  const farid = await stage.direct('farid');
  const bruno = await stage.direct('bruno');
  const id = await farid.open({ title: 'Téléphone cassé à Grenoble', description: 'Écran noir' });
  await farid.open({ title: 'Other thing' });
  await bruno.must('claim', id);
  await bruno.must('note', id, { text: 'Crêpière branchée sur la même prise', visibility: 'internal' });
  await bruno.must('resolve', id, { text: 'Disjoncteur réarmé', code: 'solved' });
  const { ticket } = await bruno.ticket(id);
  await amira.until('ticket', id, (seen) => seen?.ticket.revision === ticket.revision);
  const found = async (text: string) => (await search(text)).rows.map((row) => [row.id, row.found?.field, row.found?.excerpt]);
  expect(await found('telephone CAS')).toEqual([[id, 'title', '\uE000Téléphone\uE001 \uE000cas\uE001sé à Grenoble']]);
  expect(await found('crepiere')).toEqual([[id, 'note', '\uE000Crêpière\uE001 branchée sur la même prise']]);
  expect(await found('disjonct')).toEqual([[id, 'solution', '\uE000Disjonct\uE001eur réarmé']]);
  expect(await found('ecran')).toEqual([[id, 'description', '\uE000Écran\uE001 noir']]);
  expect((await found('saidi'))[0]?.slice(1)).toEqual(['person', 'Farid \uE000Saïdi\uE001']);
  const short = Number(ticket.number?.slice(-6));
  expect((await found(String(short)))[0]?.[1]).toBe('number');
  expect((await search('')).total).toBe(0);
  expect((await search('nosuchword')).total).toBe(0);
  expect((await search('"*( AND')).total).toBe(0);
  expect((await amira.now('list', listOf('pool', { text: 'telephone' }))).total).toBe(0);
});

test('pending work moves a ticket between the lists at once, and counts say what the lists show', async () => {
  const farid = await stage.direct('farid');
  const ids: string[] = [];
  for (const title of ['One', 'Two', 'Three']) ids.push(await farid.open({ title }));
  const [first = ''] = ids;
  const pool = await amira.until('list', listOf('pool'), (list) => ids.every((id) => list.rows.some((row) => row.id === id)));
  await line.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  await amira.perform('claim', first);
  await amira.perform('wait', first, { reason: 'supplier', detail: 'a cable', wakeAt: null });
  const rows = async (view: 'pool' | 'mine' | 'waiting' | 'all') => (await amira.now('list', listOf(view))).rows;
  expect((await rows('pool')).map((row) => row.id)).not.toContain(first);
  expect((await rows('waiting')).map((row) => row.id)).toEqual([first]);
  expect((await rows('mine'))[0]).toMatchObject({ id: first, unsent: true, toConfirm: true, phase: 'waiting', due: { state: 'paused' } });
  expect((await rows('all')).filter((row) => row.id === first)).toHaveLength(1);
  const counts = await amira.now('counts', undefined);
  expect(counts).toMatchObject({ pool: pool.total - 1, mine: 1, waiting: 1 });
  expect(counts.pool).toBe((await rows('pool')).length);
  expect((await search('cable')).rows.map((row) => row.id)).toEqual([first]);
  await line.up();
  await amira.call('retryNow', undefined);
  await amira.inStep();
  const settled = await amira.until('list', listOf('mine'), (list) => list.rows[0]?.unsent === false);
  expect(settled.rows).toMatchObject([{ id: first, toConfirm: false }]);
});

test('windows of any size join to the whole list, in every order, with pending work among the confirmed', async () => {
  const farid = await stage.direct('farid');
  for (let i = 0; i < 12; i++) await farid.open({ title: `Window ${i}`, importance: ['person', 'team', 'site'][i % 3] });
  await amira.until('counts', undefined, (counts) => counts.pool >= 12);
  await line.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  const pool = (await amira.now('list', listOf('pool'))).rows;
  for (const row of [pool[1], pool[5], pool[8]]) await amira.perform('claim', row?.id ?? '');
  for (const sort of ['due', 'newest', 'urgency'] as const) {
    const whole = await amira.now('list', listOf('all', { sort }));
    expect(whole.total).toBe(whole.rows.length);
    for (const limit of [1, 3, 7]) {
      const joined: string[] = [];
      for (let offset = 0; offset < whole.total; offset += limit) {
        joined.push(...(await amira.now('list', listOf('all', { sort, offset, limit }))).rows.map((row) => row.id));
      }
      expect(joined).toEqual(whole.rows.map((row) => row.id));
    }
    expect(new Set(whole.rows.map((row) => row.id)).size).toBe(whole.total);
    const done = whole.rows.map((row) => ['resolved', 'closed', 'cancelled'].includes(row.phase));
    expect(done.lastIndexOf(false)).toBeLessThan(done.includes(true) ? done.indexOf(true) : done.length);
  }
  expect((await amira.now('list', listOf('all', { siteIds: ['nantes'] }))).total).toBe(0);
  expect(
    (await amira.now('list', listOf('all', { siteIds: ['lyon', 'nantes'], kinds: ['incident'], teamIds: ['network'] }))).total,
  ).toBeGreaterThan(12);
  await line.up();
  await amira.call('retryNow', undefined);
  await amira.inStep();
});

test('a refusal is on top of its holder’s list, and of the pool when nobody holds it, in every order, until it is worked off', async () => {
  const farid = await stage.direct('farid');
  const held = await farid.open({ title: 'Back to its holder', importance: 'person', relevance: 'nuisance' });
  const pooled = await farid.open({ title: 'Back to the pool', importance: 'person', relevance: 'nuisance' });
  for (const id of [held, pooled]) {
    await amira.until('ticket', id, (ticket) => ticket !== null);
    await amira.perform('claim', id);
    await amira.perform('resolve', id, { text: 'Restarted', code: 'solved' });
  }
  await amira.inStep();
  // What is opened and taken later is due sooner.
  const soon = await farid.open({ title: 'Due soonest', importance: 'site', relevance: 'blocked' });
  await amira.until('ticket', soon, (ticket) => ticket !== null);
  await amira.perform('claim', soon);
  for (const id of [held, pooled]) await farid.must('refuse', id, { reason: 'It came back' });
  await amira.until('list', listOf('mine'), (list) => [held, pooled].every((id) => list.rows.some((row) => row.id === id)));
  await amira.perform('release', pooled, { reason: 'Going on site', seenHolderId: 'amira' });
  await amira.inStep();
  for (const sort of ['due', 'newest', 'urgency'] as const) {
    const mine = await amira.now('list', listOf('mine', { sort }));
    expect(mine.rows.map(({ id, refused }) => [id, refused]).slice(0, 1), sort).toEqual([[held, true]]);
    expect(mine.rows.find(({ id }) => id === soon)).toMatchObject({ refused: false });
    const pool = await amira.now('list', listOf('pool', { sort }));
    expect(pool.total).toBeGreaterThan(1);
    expect(pool.rows[0], sort).toMatchObject({ id: pooled, refused: true });
  }
  // Put off, it is among the paused ones again, and still says what happened.
  await amira.perform('wait', held, { reason: 'supplier', detail: 'a cable', wakeAt: null });
  const waiting = (await amira.now('list', listOf('mine'))).rows;
  expect(waiting.find(({ id }) => id === held)).toMatchObject({ refused: true });
  expect(waiting[0]?.id).not.toBe(held);
  await amira.perform('resume', held);
  expect((await amira.now('list', listOf('mine'))).rows[0]?.id).toBe(held);
  await amira.perform('resolve', held, { text: 'New cable', code: 'solved' });
  const ended = (await amira.now('list', listOf('all'))).rows.find(({ id }) => id === held);
  expect(ended).toMatchObject({ refused: false, phase: 'resolved' });
  await amira.inStep();
});

test('people are found by the beginnings of their names, accents folded; desk and explanation answer', async () => {
  expect((await amira.call('findPeople', 'pet le')).map((person) => person.name)).toEqual(['Léo Petit']);
  expect((await amira.call('findPeople', 'CHLOE')).map((person) => person.id)).toEqual(['chloe']);
  expect(await amira.call('findPeople', '  ')).toEqual([]);
  const desk = await amira.until('desk', undefined, (value) => value !== null);
  expect(desk).toMatchObject({ me: { id: 'amira' }, service: 'MyService' });
  expect(desk?.colleagues.network?.map((one) => one.name)).toEqual(['Amira Benali', 'Bruno Keller', 'Chloé Martin']);
  const [row] = (await amira.now('list', listOf('pool'))).rows;
  const explained = await amira.call('explain', { ticketId: row?.id ?? '', clock: 'resolution' });
  expect(explained?.targetMinutes).toBe(480);
  expect(explained?.segments.length).toBeGreaterThan(0);
});

test('similar finds closed tickets of the same category with a standing solution', async () => {
  const farid = await stage.direct('farid');
  const bruno = await stage.direct('bruno');
  const solved = await farid.open({ title: 'Badge reader blinks orange' });
  await bruno.must('claim', solved);
  await bruno.must('resolve', solved, { text: 'Reset the reader', code: 'solved' });
  const here = await farid.open({ title: 'Orange badge reader again' });
  await amira.until('ticket', here, (ticket) => ticket !== null);
  expect(await amira.call('similar', here)).toMatchObject([{ ticketId: solved, solution: 'Reset the reader' }]);
});

test('search finds telephone numbers in any notation, offline and on unsent work too, and says whose they are', async () => {
  const farid = await stage.direct('farid');
  const bruno = await stage.direct('bruno');
  const id = await farid.open({ title: 'Scanner muet', phone: '+33 6 99 00 56 78' });
  const forGina = randomUUID();
  await bruno.must('open', forGina, openInput('gina', { title: 'Portillon', phone: '0699004321', channel: 'phone', requesterId: 'farid' }));
  await amira.until('list', listOf('pool'), (list) => [id, forGina].every((one) => list.rows.some((row) => row.id === one)));
  await line.down();
  await amira.until('sync', undefined, (status) => status.state === 'offline');
  await amira.perform('edit_contact', forGina, {
    beneficiaryId: 'gina',
    siteId: 'lyon',
    place: 'B 12',
    phone: '06 99 00 87 65',
    seenPhone: '0699004321',
  });
  const found = async (text: string) => (await search(text)).rows.map((row) => [row.title, row.found?.field, row.found?.excerpt]);
  for (const text of ['06 99 00 56', '+33 6 99 00 56', '0033699005678', '(0)6.99.00.56.78'])
    expect((await found(text))[0]?.slice(0, 2), text).toEqual(['Scanner muet', 'phone']);
  // Words before the last are whole words.
  expect(await found('scan 5678')).toEqual([]);
  expect(await found('8765')).toEqual([['Portillon', 'phone', '06 99 00 \uE00087 65\uE001']]);
  expect(await found('scanner 00 56 78')).toEqual([['Scanner muet', 'phone', '06 99 \uE00000 56 78\uE001']]);
  expect(await found('portillon 01990012')).toEqual([['Portillon', 'phone', '\uE00001 99 00 12\uE001 34']]);
  expect((await amira.call('findPeople', '01.99.00')).length).toBeGreaterThan(3);
  expect((await amira.call('findPeople', 'gin 0199001234')).map((person) => person.id)).toEqual(['gina']);
  expect(await amira.call('findPeople', '0199001235')).toEqual([]);
  await line.up();
  await amira.call('retryNow', undefined);
  await amira.inStep();
});

test('bad messages are answered by kind or ignored, and core lives on', async () => {
  for (const junk of [null, 7, 'x', [], {}, { type: 'call' }, { type: 'nonsense', id: 'x' }, { type: 'unwatch', id: 4711 }])
    amira.post(junk);
  amira.send({ type: 'session', session: 'nobody' });
  amira.send({ port: 99, data: { type: 'watch', id: 1, name: 'sync' } });
  await expect(amira.answerTo({ type: 'call', name: 'nonsense', input: {} })).rejects.toThrow('invalid_input');
  await expect(amira.answerTo({ type: 'call', name: 'perform', input: { name: 'claim' } })).rejects.toThrow('invalid_input');
  await expect(amira.answerTo({ type: 'watch', name: 'list', input: { view: 'everything' } })).rejects.toThrow('invalid_input');
  await expect(amira.perform('auto_close', (await amira.now('list', listOf('pool'))).rows[0]?.id ?? '')).rejects.toThrow('invalid_input');
  await expect(amira.perform('undo', (await amira.now('list', listOf('pool'))).rows[0]?.id ?? '')).rejects.toThrow('invalid_input');
  const [row] = (await amira.now('list', listOf('pool'))).rows;
  expect(await amira.perform('note', row?.id ?? '', { text: '', visibility: 'internal' })).toMatchObject({
    ok: false,
    refusal: { code: 'invalid' },
  });
  expect(await amira.countUnsent()).toBe(0);
  expect((await amira.now('desk', undefined))?.me.id).toBe('amira');
});

test('signing out empties every answer, and calls say that nobody is there', async () => {
  amira.signOut();
  await amira.until('sync', undefined, (status) => status.state === 'signed_out');
  expect(await amira.now('list', listOf('all'))).toMatchObject({ total: 0, rows: [] });
  expect(await amira.now('desk', undefined)).toBeNull();
  await expect(amira.call('findPeople', 'a')).rejects.toThrow('not_ready');
});

test('an idle console asks nothing while live events flow', async () => {
  const quiet = await stage.newLine();
  const david = await stage.console('david', quiet);
  await david.until('sync', undefined, (status) => status.state === 'up_to_date');
  // A colleague's change arrives by the poke and one pull.
  const farid = await stage.direct('farid');
  const id = await farid.open({ categoryId: 'laptop' });
  await david.until('ticket', id, (ticket) => ticket !== null);
  const before = quiet.seen.length;
  const next = await farid.open({ categoryId: 'laptop' });
  await david.until('ticket', next, (ticket) => ticket !== null);
  expect(quiet.seen.slice(before)).toEqual(['GET /v1/feed']);
  await david.stop();
});
