/** The line between one console and the server: it delays, and where it is told so it loses, repeats, resets and answers by itself. */
import { Readable } from 'node:stream';
import { noAnswer, SyncError } from '../../electron/core/sync/sync-error.ts';
import { TIMEOUT_MS, type Transport, type WireAnswer, type WireRequest } from '../../electron/core/sync/transport.ts';
import type { Chance } from './chance.ts';
import { type House, type HouseAnswer, NoHouse } from './house.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * What befalls one request. lose_request: it never arrives. reset: it does not, and the console is told so. lose_answer: the server did
 * it. repeat: it arrives twice, the second time after `ms`. late: it arrives after `ms`, when the console may have given it up. slow:
 * its answer takes `ms`. status: somebody on the way answers. garbage: a page of a hotel's Wi-Fi. cut: half of a body.
 */
export const troubles = ['lose_request', 'reset', 'lose_answer', 'repeat', 'late', 'slow', 'status', 'garbage', 'cut'] as const;
export interface Trouble {
  kind: (typeof troubles)[number];
  /** The request that it waits for. */
  on: 'push' | 'feed' | 'bootstrap' | 'any';
  ms: number;
  status: number;
  /** Of how many requests. */
  times: number;
}
/** refused: the system knows of no way. silent: nothing comes back. */
export type Cut = 'none' | 'refused' | 'silent';

const paths = { push: '/v1/operations', feed: '/v1/feed', bootstrap: '/v1/bootstrap', any: '/v1/' } as const;

/** One process at this end: it can die, and then nothing reaches it. */
export interface End {
  isDead: boolean;
  /** Called when it dies. */
  onDeath: Set<() => void>;
}

export class Line {
  readonly #time: VirtualTime;
  readonly #house: House;
  readonly #chance: Chance;
  #cut: Cut = 'none';
  #troubles: Trouble[] = [];
  #breaks = new Set<(how: Cut) => void>();
  /** For the record of what happened. */
  note: (what: string) => void = () => undefined;

  constructor(time: VirtualTime, house: House, chance: Chance) {
    this.#time = time;
    this.#house = house;
    this.#chance = chance;
  }

  get isOpen(): boolean {
    return this.#cut === 'none';
  }
  cut(how: Cut): void {
    this.#cut = how;
    if (how !== 'none') for (const end of this.#breaks) end(how);
  }
  trouble(one: Trouble): void {
    this.#troubles.push({ ...one });
  }
  heal(): void {
    this.#cut = 'none';
    this.#troubles = [];
  }

  transport(end: End): Transport {
    return {
      ask: (request) => this.#ask(request, end),
      stream: (request) => (request.path === '/v1/events' ? this.#listen(request, end) : this.#fetch(request, end)),
    };
  }

  #fate(path: string): Trouble | undefined {
    const found = this.#troubles.find((one) => path.startsWith(paths[one.on]));
    if (!found) return undefined;
    found.times -= 1;
    if (found.times <= 0) this.#troubles.splice(this.#troubles.indexOf(found), 1);
    return found;
  }
  #latency(): number {
    return this.#chance.between(2, 60);
  }

  /** One exchange; what is given to `answered` is what the console gets, if it still waits. */
  #exchange(request: WireRequest, fate: Trouble | undefined, answered: (answer: HouseAnswer | SyncError) => void): void {
    const label = `${request.method} ${request.path.split('?')[0]}${fate ? ` ${fate.kind}` : ''}`;
    if (this.#cut === 'refused') {
      this.note(`${label} refused`);
      this.#time.after(1, () => answered(new SyncError('no_answer', 'no way there', { mayHaveArrived: false })));
      return;
    }
    if (this.#cut === 'silent' || fate?.kind === 'lose_request') {
      this.note(`${label} lost`);
      return;
    }
    const up = this.#latency();
    const down = this.#latency() + (fate?.kind === 'slow' ? fate.ms : 0);
    const back = (answer: HouseAnswer | SyncError) => {
      if (this.#cut !== 'none') return;
      this.#time.after(down, () => {
        if (this.#cut === 'none') answered(answer);
      });
    };
    const own = fate && answerOnTheWay(fate);
    if (own) {
      this.note(`${label} answered on the way`);
      back(own);
      return;
    }
    const arrive = async (isHeard: boolean) => {
      try {
        const answer = await this.#house.handle(request);
        this.note(`${label} → ${answer.status}`);
        if (isHeard) back(answer);
      } catch (error) {
        if (!(error instanceof NoHouse)) throw error;
        if (isHeard) back(new SyncError('no_answer', error.how, { mayHaveArrived: error.how === 'reset' }));
      }
    };
    this.#time.after(up + (fate?.kind === 'late' ? fate.ms : 0), () => void arrive(fate?.kind !== 'lose_answer'));
    if (fate?.kind === 'repeat') this.#time.after(up + fate.ms, () => void arrive(false));
  }

  #answer(request: WireRequest, end: End, timeout: number): Promise<HouseAnswer & { fate: Trouble | undefined }> {
    return new Promise((resolve, reject) => {
      const fate = this.#fate(request.path);
      let isWaiting = true;
      const settle = (answer: HouseAnswer | SyncError) => {
        if (!isWaiting) return;
        isWaiting = false;
        stop();
        end.onDeath.delete(die);
        request.signal?.removeEventListener('abort', abort);
        if (answer instanceof SyncError) reject(answer);
        else resolve({ ...answer, fate });
      };
      const stop = Number.isFinite(timeout)
        ? this.#time.after(timeout, () => settle(new SyncError('no_answer', 'timeout')))
        : () => undefined;
      const die = () => settle(new SyncError('no_answer', 'killed'));
      const abort = () => settle(new SyncError('no_answer', 'aborted'));
      if (end.isDead || request.signal?.aborted) return settle(new SyncError('no_answer', 'killed'));
      end.onDeath.add(die);
      request.signal?.addEventListener('abort', abort);
      this.#exchange(request, fate, settle);
    });
  }

  async #ask(request: WireRequest, end: End): Promise<WireAnswer<unknown>> {
    const { status, text, retryAfter, fate } = await this.#answer(request, end, TIMEOUT_MS);
    if (fate?.kind === 'cut') throw noAnswer(new Error('cut'));
    return { status, data: parsed(text), retryAfter };
  }

  /** A body that comes in pieces. */
  async #fetch(request: WireRequest, end: End): Promise<WireAnswer<Readable>> {
    const { status, text, retryAfter, fate } = await this.#answer(request, end, Number.POSITIVE_INFINITY);
    const body = new Readable({ read: () => undefined });
    const half = Math.floor(text.length / 2);
    body.push(Buffer.from(text.slice(0, half)));
    const die = () => body.destroy(new SyncError('no_answer', 'killed'));
    body.on('error', () => undefined);
    end.onDeath.add(die);
    body.on('close', () => end.onDeath.delete(die));
    this.#time.after(this.#latency(), () => {
      if (this.#cut !== 'none') return;
      if (fate?.kind === 'cut') {
        body.destroy(new Error('cut'));
        return;
      }
      body.push(Buffer.from(text.slice(half)));
      body.push(null);
    });
    return { status, data: body, retryAfter };
  }

  async #listen(request: WireRequest, end: End): Promise<WireAnswer<Readable>> {
    if (end.isDead || this.#cut === 'refused') throw new SyncError('no_answer', 'no way there', { mayHaveArrived: false });
    const body = new Readable({ read: () => undefined });
    const up = this.#latency();
    const opened = new Promise<WireAnswer<Readable>>((resolve, reject) => {
      const fail = () => reject(new SyncError('no_answer', 'killed'));
      end.onDeath.add(fail);
      request.signal?.addEventListener('abort', fail);
      if (this.#cut === 'silent') return;
      this.#time.after(up, () => void this.#open(request, end, body).then(resolve, reject));
    });
    return opened;
  }
  async #open(request: WireRequest, end: End, body: Readable): Promise<WireAnswer<Readable>> {
    // Once something was lost on the way nothing that follows can arrive.
    let isWhole = true;
    let earliest = 0;
    const later = (work: () => void) => {
      earliest = Math.max(earliest, this.#time.now + this.#latency());
      this.#time.after(earliest - this.#time.now, () => {
        if (isWhole && !body.destroyed) work();
      });
    };
    const broken = (how: Cut) => {
      isWhole = false;
      if (how === 'refused') body.destroy(new Error('cut'));
    };
    const die = () => body.destroy();
    // It may be cut before anybody listens.
    body.on('error', () => undefined);
    this.#breaks.add(broken);
    end.onDeath.add(die);
    try {
      const stream = await this.#house.listen(
        request,
        (text) => later(() => body.push(text)),
        () => later(() => body.destroy(new Error('the server ended it'))),
      );
      if (stream.status !== 200) later(() => body.push(stream.text) && body.push(null));
      request.signal?.addEventListener('abort', die);
      body.on('close', () => {
        this.#breaks.delete(broken);
        end.onDeath.delete(die);
        stream.close();
      });
      if (end.isDead || request.signal?.aborted) body.destroy();
      if (body.destroyed) throw new SyncError('no_answer', 'cut');
      return { status: stream.status, data: body, retryAfter: undefined };
    } catch (error) {
      if (error instanceof NoHouse) throw new SyncError('no_answer', error.how, { mayHaveArrived: false });
      throw error;
    }
  }
}

/** Where the request never gets to the server. */
function answerOnTheWay({ kind, status, ms }: Trouble): HouseAnswer | SyncError | undefined {
  if (kind === 'reset') return new SyncError('no_answer', 'reset');
  if (kind === 'garbage') return { status: 200, text: '<html>Welcome to our hotel</html>', retryAfter: undefined };
  if (kind !== 'status') return undefined;
  const kinds: Record<number, string> = { 401: 'unauthorized', 429: 'too_many_attempts', 503: 'unavailable' };
  const error = kinds[status] ?? 'internal';
  const retryAfter = status === 429 || status === 503 ? String(Math.ceil(ms / 1_000)) : undefined;
  return { status, text: JSON.stringify({ error, message: error }), retryAfter };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
