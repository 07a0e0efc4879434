import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import { type Answer, done, failed } from '../../../portal/api/answer.ts';
import type { Shelf } from '../../../portal/files/shelf.ts';
import { Uploads } from '../../../portal/files/uploads.ts';

type State = { id: string; received: number; finished: boolean; maxBytes: number; serverTime: string };

/** The server's side of uploads: takes what follows what it has. `fault` may answer instead of it. */
class FakeUploads {
  readonly stored = new Map<string, { bytes: Uint8Array; received: number; finished: boolean; sha256: string }>();
  fault: ((what: 'announce' | 'chunk' | 'finish', count: number) => Answer<State> | undefined) | undefined;
  #count = 0;

  #state(id: string): Answer<State> {
    const one = this.stored.get(id);
    const { received = 0, finished = false } = one ?? {};
    return done({ id, received, finished, maxBytes: 1e9, serverTime: '2026-05-04T12:00:00.000Z' });
  }
  #failing(what: 'announce' | 'chunk' | 'finish') {
    this.#count += 1;
    return this.fault?.(what, this.#count);
  }
  async announce({ id, size, sha256 }: { id: string; size: number; sha256: string }) {
    if (!this.stored.has(id)) this.stored.set(id, { bytes: new Uint8Array(size), received: 0, finished: false, sha256 });
    return this.#failing('announce') ?? this.#state(id);
  }
  async sendChunk(id: string, offset: number, body: Blob) {
    const fault = this.#failing('chunk');
    if (fault) return fault;
    const one = this.stored.get(id);
    if (!one || offset !== one.received) return refusal('wrong_offset');
    one.bytes.set(new Uint8Array(await body.arrayBuffer()), offset);
    one.received += body.size;
    return this.#state(id);
  }
  async finish(id: string) {
    const fault = this.#failing('finish');
    if (fault) return fault;
    const one = this.stored.get(id);
    if (!one || createHash('sha256').update(one.bytes).digest('hex') !== one.sha256) return refusal('wrong_hash');
    one.finished = true;
    return this.#state(id);
  }
}
const refusal = (error: 'wrong_offset' | 'wrong_hash' | 'too_large') =>
  failed<State>({ kind: 'refused', error: { error, message: `server says ${error}` } });
const cut = failed<State>({ kind: 'unreachable' });

function shelfOf(kept = new Map<string, Blob>()): Shelf & { kept: Map<string, Blob> } {
  return {
    kept,
    async put(id, file) {
      kept.set(id, file);
    },
    get: async (id) => kept.get(id),
    async drop(id) {
      kept.delete(id);
    },
  };
}
let made = 0;
function uploadsOf(server: FakeUploads, shelf = shelfOf()): Uploads {
  return new Uploads({
    api: server,
    maxBytes: 3 * CHUNK_BYTES,
    shelf,
    newId: () => `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
    digest: async (bytes) => new Uint8Array(createHash('sha256').update(new Uint8Array(bytes)).digest()).buffer,
  });
}
const fileOf = (size: number, name = 'plan.pdf') => new File([new Uint8Array(size).map((_, index) => index % 251)], name);
const states = (uploads: Uploads) => uploads.list.map(({ state, problem }) => (problem ? problem.kind : state));

describe('files on their way', () => {
  test('go in pieces of 1 MiB, whole and in order', async () => {
    const server = new FakeUploads();
    const uploads = uploadsOf(server);
    uploads.add([fileOf(2 * CHUNK_BYTES + 7)], 'fichier');
    await uploads.settle();
    expect(states(uploads)).toEqual(['done']);
    const [stored] = [...server.stored.values()];
    expect(stored?.finished).toBe(true);
  });

  test('after a cut they stop, and go on from where the server is, not from the beginning', async () => {
    const server = new FakeUploads();
    const uploads = uploadsOf(server);
    server.fault = (what, count) => (what === 'chunk' && count >= 3 ? cut : undefined);
    uploads.add([fileOf(3 * CHUNK_BYTES)], 'fichier');
    await uploads.settle();
    expect(uploads.list[0]).toMatchObject({ state: 'stopped', received: CHUNK_BYTES });
    const pieces: string[] = [];
    server.fault = (what) => void pieces.push(what);
    await uploads.settle();
    expect(states(uploads)).toEqual(['done']);
    expect(pieces).toEqual(['announce', 'chunk', 'chunk', 'finish']);
  });

  test('an answer that was lost is asked for again: the server is ahead, nothing is sent twice', async () => {
    const server = new FakeUploads();
    const uploads = uploadsOf(server);
    server.fault = (what, count) => {
      if (what !== 'chunk' || count !== 2) return undefined;
      const [one] = [...server.stored.values()];
      if (one) {
        one.bytes.set(new Uint8Array(CHUNK_BYTES).map((_, index) => index % 251));
        one.received = CHUNK_BYTES;
      }
      return refusal('wrong_offset');
    };
    uploads.add([fileOf(CHUNK_BYTES + 5)], 'fichier');
    await uploads.settle();
    expect(states(uploads)).toEqual(['done']);
  });

  test('one that keeps arriving damaged is given up, and says so', async () => {
    const server = new FakeUploads();
    const uploads = uploadsOf(server);
    server.fault = (what) => (what === 'finish' ? refusal('wrong_hash') : undefined);
    uploads.add([fileOf(10)], 'fichier');
    await uploads.settle();
    expect(states(uploads)).toEqual(['refused']);
  });

  test('too large and empty ones are refused before anything is sent; the others go', async () => {
    const server = new FakeUploads();
    const uploads = uploadsOf(server);
    uploads.add([fileOf(3 * CHUNK_BYTES + 1), fileOf(0), fileOf(5)], 'fichier');
    await uploads.settle();
    expect(states(uploads)).toEqual(['too_large', 'empty', 'done']);
    expect(server.stored.size).toBe(1);
  });

  test('one that was taken away is not sent to its end', async () => {
    const server = new FakeUploads();
    const uploads = uploadsOf(server);
    server.fault = (what) => {
      if (what === 'chunk') uploads.remove(uploads.list[0]?.id ?? '');
      return undefined;
    };
    uploads.add([fileOf(2 * CHUNK_BYTES)], 'fichier');
    await uploads.settle();
    expect(uploads.list).toEqual([]);
    expect([...server.stored.values()].some(({ finished }) => finished)).toBe(false);
  });

  test('those of a draft come back from the browser; those that it lost are to be added again', async () => {
    const server = new FakeUploads();
    const kept = shelfOf(new Map([['00000000-0000-4000-8000-0000000000aa', fileOf(9)]]));
    const uploads = uploadsOf(server, kept);
    await uploads.restore([
      { id: '00000000-0000-4000-8000-0000000000aa', name: 'a.png', size: 9 },
      { id: '00000000-0000-4000-8000-0000000000bb', name: 'b.png', size: 9 },
    ]);
    await uploads.settle();
    expect(states(uploads)).toEqual(['done', 'again']);
    uploads.clear();
    expect(kept.kept.size).toBe(0);
  });

  test('without the browser’s cryptography (plain http) they say why they do not go', async () => {
    const uploads = new Uploads({ api: new FakeUploads(), maxBytes: 100, shelf: shelfOf(), newId: () => 'x', digest: undefined });
    uploads.add([fileOf(5)], 'fichier');
    await uploads.settle();
    expect(states(uploads)).toEqual(['insecure']);
  });
});
