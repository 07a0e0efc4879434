/** The simulation can fail: each of these breaks one thing, and the invariant that is about it says so. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { FeedPage, PushRequest as PushRequestSchema } from '#shared/contract/api.ts';
import type { Machine } from '../../electron/core/machine.ts';
import { SyncError } from '../../electron/core/sync/sync-error.ts';
import type { WireAnswer, WireRequest } from '../../electron/core/sync/transport.ts';
import { makeTemplate, type Template } from './desk.ts';
import type { HouseAnswer, HouseRequest } from './house.ts';
import { planOf, type Step } from './plan.ts';
import { invariantOf, simulate } from './simulate.ts';
import type { Tamper, World } from './world.ts';

type PushRequest = z.output<typeof PushRequestSchema>;

let template: Template;
beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => template.remove());

/** What some seeds find, until the invariant is among it. */
async function noticed(invariant: string, tamper: Tamper, plan: (seed: number) => Step[] = planOf): Promise<string[]> {
  const found = new Set<string>();
  for (let seed = 1; seed <= 8 && !found.has(invariant); seed++) {
    const { violations } = await simulate(seed, { template, tamper, plan: plan(seed) });
    for (const violation of violations) found.add(invariantOf(violation));
  }
  return [...found];
}

/** Nothing else goes wrong than that roles change. */
function ofRoles(seed: number): Step[] {
  return planOf(seed).map((step) => (step.kind === 'fault' ? { ...step, what: 'roles' } : step));
}

/** Changes how every console asks. */
function asking(world: World, change: (ask: Machine['transport']['ask'], request: WireRequest) => Promise<WireAnswer<unknown>>): void {
  for (const device of world.devices) {
    device.wrap = (machine) => ({
      ...machine,
      transport: { ...machine.transport, ask: (request) => change(machine.transport.ask, request) },
    });
  }
}
/** Changes how the server answers. */
function answering(
  world: World,
  change: (handle: (request: HouseRequest) => Promise<HouseAnswer>, request: HouseRequest) => Promise<HouseAnswer>,
): void {
  const handle = world.house.handle.bind(world.house);
  world.house.handle = (request) => change(handle, request);
}
const isPush = ({ path }: { path: string }) => path === '/v1/operations';

test('a server that forgets which operations it knows does some of them twice', { timeout: 400_000 }, async () => {
  const received = new Set<string>();
  const found = await noticed('one effect an operation', (world) =>
    answering(world, async (handle, request) => {
      if (!isPush(request)) return handle(request);
      const { operations, ...rest } = request.body as PushRequest;
      // What comes again is taken for something new.
      const taken = operations.map((operation) => (received.has(operation.id) ? { ...operation, id: randomUUID() } : operation));
      for (const { id } of operations) received.add(id);
      const answer = await handle({ ...request, body: { ...rest, operations: taken } });
      return { ...answer, text: taken.reduce((text, { id }, index) => text.replaceAll(id, operations[index]?.id ?? ''), answer.text) };
    }),
  );
  expect(found).toContain('one effect an operation');
});

test('a console that takes a lost answer for a yes loses what never arrived', { timeout: 400_000 }, async () => {
  const found = await noticed('every acknowledged operation is applied, refused or waiting', (world) =>
    asking(world, async (ask, request) => {
      try {
        return await ask(request);
      } catch (error) {
        if (!isPush(request) || !(error instanceof SyncError) || error.message === 'killed') throw error;
        const { operations } = request.body as PushRequest;
        const outcomes = operations.map(({ id }) => ({ id, status: 'applied', seq: 1, revision: 1 }));
        return { status: 200, data: { outcomes, serverTime: new Date(0).toISOString() }, retryAfter: undefined };
      }
    }),
  );
  expect(found).toContain('every acknowledged operation is applied, refused or waiting');
});

test('a console that skips one change has other rows than the server', { timeout: 400_000 }, async () => {
  let seen = 0;
  const found = await noticed('confirmed rows are those of the server', (world) =>
    asking(world, async (ask, request) => {
      const answer = await ask(request);
      if (!request.path.startsWith('/v1/feed') || answer.status !== 200) return answer;
      const page = answer.data as FeedPage;
      seen += 1;
      return seen % 20 === 0 ? { ...answer, data: { ...page, changes: page.changes.slice(1) } } : answer;
    }),
  );
  expect(found).toContain('confirmed rows are those of the server');
});

test('a server that forgets whose rights changed leaves people what they may not see', { timeout: 400_000 }, async () => {
  const found = await noticed(
    'no row that he may not see',
    (world) => {
      const db = new Database(join(world.house.folder, 'guichet.db'));
      db.exec('DELETE FROM person_scope; CREATE TRIGGER forget AFTER INSERT ON person_scope BEGIN DELETE FROM person_scope; END');
      db.close();
    },
    ofRoles,
  );
  expect(found).toContain('confirmed rows are those of the server');
  expect(found).toContain('no row that he may not see');
});

test('a server that lets one take what another holds has two holders', { timeout: 400_000 }, async () => {
  const found = await noticed('one holder a ticket', (world) =>
    answering(world, async (handle, request) => {
      if (isPush(request) && world.house.isUp) {
        const db = new Database(join(world.house.folder, 'guichet.db'));
        for (const { name, ticketId } of (request.body as PushRequest).operations) {
          if (name === 'claim') db.prepare("UPDATE ticket SET doc = json_set(doc, '$.holderId', NULL) WHERE id = ?").run(ticketId);
        }
        db.close();
      }
      return handle(request);
    }),
  );
  expect(found).toContain('one holder a ticket');
});

test('a console whose outbox does not survive a kill loses what it had said yes to', { timeout: 400_000 }, async () => {
  const found = await noticed('every acknowledged operation is applied, refused or waiting', (world) => {
    for (const device of world.devices) {
      const start = device.start.bind(device);
      device.start = () => {
        for (const suffix of ['', '-wal']) rmSync(join(device.folder, `outbox.db${suffix}`), { force: true });
        start();
      };
    }
  });
  expect(found).toContain('every acknowledged operation is applied, refused or waiting');
});

test('a server that never takes one kind of work keeps the queue from draining', { timeout: 400_000 }, async () => {
  const found = await noticed('the queue drains', (world) =>
    answering(world, async (handle, request) => {
      const isHeld = isPush(request) && (request.body as PushRequest).operations.some(({ name }) => name === 'wait');
      return isHeld ? { status: 500, text: '{}', retryAfter: undefined } : handle(request);
    }),
  );
  expect(found).toContain('the queue drains');
});
