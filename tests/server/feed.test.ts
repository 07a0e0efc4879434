import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { FeedChange, StateHash } from '#shared/contract/api.ts';
import { canonicalLine } from '#shared/contract/canonical.ts';
import { putMembership, putPerson, removeMembership } from '../../server/db/directory.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { onPostgresql } from './storage.ts';

let desk: TestDesk;
const watchers = ['amira', 'bruno', 'chloe', 'david', 'emma', 'leo', 'farid', 'gina', 'hugo', 'ines'];
const session: Record<string, TestSession> = {};
const of = (login: string): TestSession => session[login] as TestSession;
beforeAll(async () => {
  desk = await startDesk();
  for (const login of watchers) session[login] = await desk.signIn(login);
});
afterAll(() => desk.close());

/** What a console keeps: rows by table and id, an older revision never overwriting a newer one. */
class Replica {
  readonly rows = new Map<string, { table: string; id: string; row: { revision: number } }>();
  position = '';
  readonly session: TestSession;
  constructor(of: TestSession) {
    this.session = of;
  }
  async load(): Promise<void> {
    this.rows.clear();
    const { rows, position } = await this.session.bootstrap();
    for (const { table, row } of rows) this.put(table, row);
    this.position = position;
  }
  put(table: string, row: { id: string; revision: number }): void {
    const key = `${table}\t${row.id}`;
    const known = this.rows.get(key);
    if (!known || known.row.revision <= row.revision) this.rows.set(key, { table, id: row.id, row });
  }
  take(change: z.infer<typeof FeedChange>): void {
    if ('gone' in change) this.rows.delete(`${change.table}\t${change.gone}`);
    else this.put(change.table, change.row as { id: string; revision: number });
  }
  /** One page; whether there is more. */
  async pull(limit: number): Promise<boolean> {
    const { status, body } = await this.session.pull(this.position, limit);
    if (status === 409) {
      await this.load();
      return true;
    }
    expect(status).toBe(200);
    for (const change of body.changes) this.take(change);
    this.position = body.cursor;
    return body.more;
  }
  hash(): string {
    const sorted = [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1));
    const hash = createHash('sha256');
    for (const [, { table, id, row }] of sorted) hash.update(canonicalLine(table, id, row));
    return hash.digest('hex');
  }
}

/** The same sequence at each run: failures can be repeated. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

async function actAtRandom(login: string, tickets: string[], seed: number, count: number): Promise<void> {
  const roll = dice(seed);
  const me = of(login);
  const pick = <T>(from: readonly T[]): T => from[roll(from.length)] as T;
  for (let step = 0; step < count; step += 1) {
    const id = pick(tickets);
    const holder = pick([null, 'amira', 'bruno', 'david', 'leo']);
    switch (roll(7)) {
      case 0:
        tickets.push(await me.open({ categoryId: pick(['wifi', 'laptop', 'other']), beneficiaryId: pick(['farid', 'gina', login]) }));
        break;
      case 1:
        await me.do('claim', id);
        break;
      case 2:
        await me.do('note', id, { text: `Note ${seed}.${step}`, visibility: pick(['public', 'internal']) });
        break;
      case 3:
        await me.do('assign', id, {
          teamId: pick(['network', 'workplace', 'dispatch']),
          holderId: null,
          reason: 'Elsewhere',
          seenHolderId: holder,
        });
        break;
      case 4: {
        const typed = '01 99 00 12 34';
        const beneficiaryId = pick(['farid', 'gina', 'hugo']);
        await me.do('edit_contact', id, { beneficiaryId, phone: typed, siteId: 'nantes', place: `P${step}`, seenPhone: typed });
        break;
      }
      case 5:
        await me.do('resolve', id, { text: 'Done', code: 'solved' });
        break;
      default:
        await me.do('release', id, { reason: 'Back', seenHolderId: login });
    }
  }
}

/** Of each of six writers. PostgreSQL takes longer over one, and has tests of its own for what is at once. */
const STEPS = onPostgresql ? 30 : 60;

describe('the feed', () => {
  test('concurrent writers and readers: every replica ends with exactly what the server would send', async () => {
    const tickets: string[] = [];
    for (const login of ['farid', 'gina'])
      for (const categoryId of ['wifi', 'laptop', 'other']) tickets.push(await of(login).open({ categoryId }));
    const replicas = watchers.map((login) => new Replica(of(login)));
    for (const replica of replicas) await replica.load();
    let writing = true;
    const writers = ['amira', 'bruno', 'chloe', 'david', 'emma', 'farid'].map((login, index) =>
      actAtRandom(login, tickets, index + 7, STEPS),
    );
    const readers = replicas.map(async (replica, index) => {
      while (writing) await replica.pull(1 + index * 3);
      while (await replica.pull(1 + index * 3));
    });
    const done = Promise.all(writers).finally(() => {
      writing = false;
    });
    await Promise.all([done, ...readers]);
    for (const replica of replicas) {
      while (await replica.pull(2000));
      const { body } = await replica.session.call<z.infer<typeof StateHash>>('GET', '/v1/hash');
      const fresh = new Replica(replica.session);
      await fresh.load();
      expect([...replica.rows.keys()].sort(), replica.session.id).toEqual([...fresh.rows.keys()].sort());
      expect(replica.hash(), replica.session.id).toBe(body.hash);
      expect(fresh.hash(), replica.session.id).toBe(body.hash);
      expect(replica.position.split(':').slice(0, 2)).toEqual([body.epoch, String(body.seq)]);
    }
  });

  test('has no gap, one tag a transaction, and pages that never split one', async () => {
    const rows = await desk.server.database.read((db) =>
      db.selectFrom('feed').select(['seq', 'n', 'tag']).orderBy('seq').orderBy('n').execute(),
    );
    const bySeq = new Map<number, { n: number; tag: string }[]>();
    for (const row of rows) bySeq.set(row.seq, [...(bySeq.get(row.seq) ?? []), row]);
    expect([...bySeq.keys()]).toEqual(Array.from({ length: bySeq.size }, (_, index) => index + 1));
    for (const group of bySeq.values()) {
      expect(new Set(group.map((row) => row.tag)).size).toBe(1);
      expect(group.map((row) => row.n)).toEqual(group.map((_, index) => index));
    }
    let cursor = `${(await of('chloe').bootstrap()).position.split(':')[0]}:0:0`;
    for (const seq of bySeq.keys()) {
      // chloe's rights were written in the first transaction: a cursor before it starts over.
      if (seq === 1) {
        expect((await of('chloe').pull(cursor, 1)).status).toBe(409);
        cursor = `${cursor.split(':')[0]}:1:${bySeq.get(1)?.[0]?.tag}`;
        continue;
      }
      const { body } = await of('chloe').pull(cursor, 1);
      expect(body.cursor.split(':')[1]).toBe(String(seq));
      expect(body.more).toBe(seq < bySeq.size);
      cursor = body.cursor;
    }
  });

  test('a cursor that does not fit starts over: other epoch, ahead of the server, other tag', async () => {
    const { position } = await of('amira').bootstrap();
    const [epoch, seq, tag] = position.split(':');
    for (const cursor of [`00000000-0000:${seq}:${tag}`, `${epoch}:${Number(seq) + 1}:${tag}`, `${epoch}:${seq}:00000000`]) {
      expect(await of('amira').pull(cursor)).toMatchObject({ status: 409, body: { error: 'resync' } });
    }
    expect((await of('amira').pull(position)).status).toBe(200);
  });

  test('a change of membership makes that person’s next pull start over, and nobody else’s', async () => {
    const leo = new Replica(of('leo'));
    const amira = new Replica(of('amira'));
    await leo.load();
    await amira.load();
    await desk.server.database.write((tx) => putMembership(tx, { id: 'leo-net', personId: 'leo', teamId: 'network', role: 'technician' }));
    expect((await of('leo').pull(leo.position)).status).toBe(409);
    expect((await of('amira').pull(amira.position)).status).toBe(200);
    const tickets = () => [...leo.rows.values()].filter((one) => one.table === 'ticket').length;
    const before = tickets();
    await leo.load();
    expect(tickets()).toBeGreaterThan(before);
    await desk.server.database.write((tx) => removeMembership(tx, 'leo-net'));
    await leo.pull(500);
    expect(tickets()).toBe(before);
  });

  test('a bootstrap that rights changed under starts over', async () => {
    const { body } = await of('chloe').call<string>('GET', '/v1/bootstrap');
    const { next } = JSON.parse(body.trimEnd().split('\n').at(-1) ?? '') as { next: string };
    expect((await of('chloe').call('GET', `/v1/bootstrap?page=${next}`)).status).toBe(200);
    await desk.server.database.write((tx) => putMembership(tx, { id: 'chloe-work', personId: 'chloe', teamId: 'workplace', role: 'lead' }));
    expect((await of('chloe').call('GET', `/v1/bootstrap?page=${next}`)).status).toBe(409);
  });

  test('what is written as it was moves nothing', async () => {
    const { position } = await of('amira').bootstrap();
    const farid = of('farid').tokens.person;
    const { revision: _revision, ...same } = farid;
    await desk.server.database.write((tx) => putPerson(tx, same));
    expect((await of('amira').bootstrap()).position).toBe(position);
    await desk.server.database.write((tx) => putPerson(tx, { ...same, place: 'C 3' }));
    const { body } = await of('amira').pull(position);
    expect(body.changes).toEqual([{ table: 'person', row: { ...farid, place: 'C 3', revision: farid.revision + 1 } }]);
  });

  test('open tickets come first in a bootstrap, and one that reopens meanwhile comes whole', async () => {
    const id = await of('farid').open();
    await of('amira').must('claim', id);
    await of('amira').must('resolve', id, { text: 'Done', code: 'solved' });
    const { rows } = await of('chloe').bootstrap();
    const phases = rows.filter((one) => one.table === 'ticket').map((one) => (one.row as unknown as { phase: string }).phase);
    const firstOther = phases.findIndex((phase) => phase !== 'open' && phase !== 'waiting');
    expect(firstOther).toBeGreaterThan(0);
    expect(phases.slice(firstOther).every((phase) => phase !== 'open' && phase !== 'waiting')).toBe(true);
    const replica = new Replica(of('chloe'));
    const first = (await of('chloe').call<string>('GET', '/v1/bootstrap')).body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    await of('farid').must('refuse', id, { reason: 'Still broken' });
    let next: string | null = first.at(-1).next;
    const lines = [...first];
    while (next) {
      const page = (await of('chloe').call<string>('GET', `/v1/bootstrap?page=${next}`)).body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      lines.push(...page);
      next = page.at(-1).next;
    }
    for (const line of lines) if (line.kind === 'row') replica.put(line.table, line.row);
    replica.position = first.at(-1).position;
    while (await replica.pull(500));
    expect(replica.hash()).toBe((await of('chloe').call<z.infer<typeof StateHash>>('GET', '/v1/hash')).body.hash);
  });
});
