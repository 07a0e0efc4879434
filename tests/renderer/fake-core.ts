/** Core as a window sees it, scripted: answers watches from a world that tests change, and records the calls. */
import type { CoreCallName, CoreFailure, FromCore, ListQuery, ListRow, ToCore, WatchName } from '#shared/contract/core.ts';
import type { Port } from '../../renderer/core/client.ts';
import type { World } from './world.ts';

type Answers = { [K in CoreCallName]?: (input: never) => unknown };

const over = new Set<ListRow['phase']>(['resolved', 'closed', 'cancelled']);
const inView: Record<ListQuery['view'], (row: ListRow, me: string) => boolean> = {
  pool: (row) => row.holderId === null && row.phase === 'open',
  mine: (row, me) => row.holderId === me && !over.has(row.phase),
  waiting: (row) => row.phase === 'waiting',
  callbacks: (row) => row.callbackAt !== null,
  all: () => true,
  search: () => true,
};
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Marks the matches as core does, between U+E000 and U+E001. */
function found(row: ListRow, words: readonly string[]): ListRow | undefined {
  let title = row.title;
  for (const word of words) {
    const at = fold(title).indexOf(word);
    if (at >= 0) title = `${title.slice(0, at)}\ue000${title.slice(at, at + word.length)}\ue001${title.slice(at + word.length)}`;
    else if (!fold(`${row.beneficiary} ${row.site} ${row.number}`).includes(word)) return undefined;
  }
  return { ...row, found: title === row.title ? null : { field: 'title', excerpt: title } };
}

function list(world: World, query: ListQuery) {
  const words = fold(query.text).split(/\s+/).filter(Boolean);
  const urgencies = ['high', 'medium', 'low'];
  const rows = world.rows
    .filter((row) => inView[query.view](row, world.desk?.me.id ?? ''))
    .filter((row) => query.kinds.length === 0 || query.kinds.includes(row.kind))
    .flatMap((row) => (query.view === 'search' ? (words.length > 0 ? (found(row, words) ?? []) : []) : row));
  if (query.sort === 'urgency') rows.sort((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency));
  return { total: rows.length, offset: query.offset, rows: rows.slice(query.offset, query.offset + query.limit) };
}

/** What core says when there is nothing to say. */
const nothing: Answers = {
  explain: () => null,
  similar: () => [],
  earlier: () => ({ thisYear: 0, tickets: [] }),
  findPeople: () => [],
  readDraft: () => null,
  endCall: () => null,
};

/** Thrown by an answer: core fails by this kind. */
export class Failing extends Error {
  readonly failure: CoreFailure;
  constructor(kind: CoreFailure['kind'], message: string) {
    super(message);
    this.failure = { kind, message };
  }
}

export class FakeCore {
  world: World;
  readonly calls: { name: CoreCallName; input: unknown }[] = [];
  readonly answers: Answers;
  readonly #watches = new Map<number, { name: WatchName; input: unknown }>();
  /** While true, watches are asked and not answered. */
  silent = false;
  readonly port: Port;
  readonly #send: (message: FromCore) => void;

  constructor(world: World, answers: Answers = {}) {
    this.world = world;
    this.answers = { ...nothing, ...answers };
    const port: Port = { onmessage: null, postMessage: (message) => queueMicrotask(() => this.#receive(message as ToCore)) };
    this.port = port;
    this.#send = (message) => queueMicrotask(() => port.onmessage?.(new MessageEvent('message', { data: structuredClone(message) })));
  }

  /** Changes the world and answers every watch again. */
  change(change: Partial<World>): void {
    this.world = { ...this.world, ...change };
    this.silent = false;
    for (const id of this.#watches.keys()) this.#answer(id);
  }

  /** Questions of a watch that are open now. */
  asked(name: WatchName): unknown[] {
    return [...this.#watches.values()].filter((watch) => watch.name === name).map((watch) => watch.input);
  }

  #answer(id: number): void {
    const watch = this.#watches.get(id);
    if (!watch || this.silent) return;
    this.#send({ type: 'update', id, value: this.#value(watch.name, watch.input) });
  }

  #value(name: WatchName, input: unknown): unknown {
    if (name === 'list') return list(this.world, input as ListQuery);
    if (name === 'ticket') return this.world.ticket(input as string, this.world);
    return this.world[name];
  }

  #receive(message: ToCore): void {
    if (message.type === 'unwatch') this.#watches.delete(message.id);
    else if (message.type === 'watch') {
      this.#watches.set(message.id, { name: message.name, input: message.input });
      this.#answer(message.id);
    } else {
      this.calls.push({ name: message.name, input: message.input });
      const answer = this.answers[message.name] as ((input: unknown) => unknown) | undefined;
      try {
        this.#send({ type: 'result', id: message.id, value: answer?.(message.input) });
      } catch (error) {
        if (!(error instanceof Failing)) throw error;
        this.#send({ type: 'failure', id: message.id, failure: error.failure });
      }
    }
  }
}
