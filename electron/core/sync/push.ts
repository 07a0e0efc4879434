/** Push: unsent operations in order, order kept per ticket, each answer recorded before the next is asked for. */
import type { PushOperation } from '#shared/contract/api.ts';
import { attachedUpload } from '#shared/domain/ticket/attach.ts';
import { type Machine, thisMachine } from '../machine.ts';
import type { Outbox } from '../storage/outbox.ts';
import type { StoredOperation } from '../storage/outbox-rows.ts';
import { recordOutcomes } from '../work/outcomes.ts';
import { Backoff } from './backoff.ts';
import type { ServerApi } from './server-api.ts';
import { SyncError } from './sync-error.ts';

const BATCH = 50;
const BATCH_BYTES = 256_000;
/** As many as the server answers for in one request. */
const OFFERED_AT_ONCE = 500;

export interface PushOptions {
  outbox: Outbox;
  personId: string;
  now(): string;
  /** Answers were recorded, or an operation's state changed. */
  onChange(): void;
  machine?: Machine;
}

export class Push {
  #options: PushOptions;
  #machine: Machine;
  /** Tickets whose operation failed alone: not before this monotonic time, ms. */
  #held = new Map<string, { until: number; backoff: Backoff }>();

  constructor(options: PushOptions) {
    this.#options = options;
    this.#machine = options.machine ?? thisMachine;
  }

  /** Sends all that may go. True when something was answered. Throws SyncErrors that concern every operation. */
  async run(api: ServerApi): Promise<boolean> {
    let answered = false;
    if (this.#options.outbox.hasToOffer(this.#options.personId)) await this.#offer(api);
    for (;;) {
      const batch = this.#next();
      if (batch.length === 0) return answered;
      try {
        await this.#send(api, batch);
      } catch (error) {
        if (!isAboutContent(error)) throw error;
        await this.#sendSingly(api, batch);
      }
      answered = true;
    }
  }

  /** The server was put back to an earlier state: what it had acknowledged since is sent once more, under the same ids. */
  async #offer(api: ServerApi): Promise<void> {
    const { outbox, personId } = this.#options;
    const acknowledged = outbox.acknowledged(personId);
    const lacking = new Set<string>();
    for (let start = 0; start < acknowledged.length; start += OFFERED_AT_ONCE) {
      const ids = acknowledged.slice(start, start + OFFERED_AT_ONCE).map((operation) => operation.id);
      for (const id of await api.unknown(ids)) lacking.add(id);
    }
    // What was taken back stays so: its undo would come too late now.
    for (const { id, name, input } of acknowledged) {
      if (name !== 'undo' || !lacking.has(id) || !lacking.has(String(input.operationId))) continue;
      lacking.delete(id);
      lacking.delete(String(input.operationId));
    }
    outbox.endOffer(personId, [...lacking]);
    if (lacking.size > 0) this.#options.onChange();
  }

  /** When the next held ticket may be tried, monotonic ms. */
  nextTry(): number {
    return Math.min(...[...this.#held.values()].map((hold) => hold.until), Number.POSITIVE_INFINITY);
  }
  retryAll(): void {
    for (const hold of this.#held.values()) hold.until = 0;
  }

  /** The next operations in order: none of a held ticket, none whose base stays behind. */
  #next(): StoredOperation[] {
    const { outbox, personId } = this.#options;
    const batch: StoredOperation[] = [];
    const behind = new Set<string>();
    const now = this.#machine.monotonic();
    let bytes = 0;
    let full = false;
    for (const operation of outbox.pending(personId)) {
      bytes += JSON.stringify(operation.input).length;
      full ||= batch.length >= BATCH || (bytes > BATCH_BYTES && batch.length > 0);
      const isHeld = (this.#held.get(operation.ticketId)?.until ?? 0) > now;
      if (full || isHeld || this.#waitsForFile(operation) || operation.after.some((id) => behind.has(id))) behind.add(operation.id);
      else batch.push(operation);
    }
    return batch;
  }

  #waitsForFile({ name, input }: StoredOperation): boolean {
    const upload = attachedUpload(name, input);
    return upload !== undefined && this.#options.outbox.files.holdsUp(upload);
  }

  async #sendSingly(api: ServerApi, batch: readonly StoredOperation[]): Promise<void> {
    const stopped = new Set<string>();
    for (const operation of batch) {
      if (stopped.has(operation.ticketId) || operation.after.some((id) => stopped.has(id))) continue;
      try {
        await this.#send(api, [operation]);
      } catch (error) {
        if (!isAboutContent(error)) throw error;
        stopped.add(operation.ticketId);
        stopped.add(operation.id);
        const hold = this.#held.get(operation.ticketId) ?? { until: 0, backoff: new Backoff(30_000, 600_000, this.#machine.random) };
        hold.until = this.#machine.monotonic() + hold.backoff.next();
        this.#held.set(operation.ticketId, hold);
        this.#options.outbox.markStopped(operation.id);
        this.#options.onChange();
      }
    }
  }

  async #send(api: ServerApi, batch: readonly StoredOperation[]): Promise<void> {
    const { outbox, personId, now } = this.#options;
    const ids = batch.map((operation) => operation.id);
    outbox.markSending(ids, now());
    try {
      const response = await api.push(batch.map(asPushed), outbox.meta('epoch'));
      const answered = new Set(response.outcomes.map((outcome) => outcome.id));
      if (ids.some((id) => !answered.has(id))) throw new SyncError('bad_answer', 'an operation has no outcome');
      recordOutcomes(outbox, personId, response.outcomes, response.serverTime);
      for (const operation of batch) this.#held.delete(operation.ticketId);
      this.#options.onChange();
    } catch (error) {
      // Those that were sent in an earlier try stay in doubt: that one may have arrived.
      const fresh = batch.filter((operation) => operation.sentAt === null).map((operation) => operation.id);
      if (error instanceof SyncError && error.kind === 'no_answer' && !error.mayHaveArrived) outbox.markNotSent(fresh);
      this.#options.onChange();
      throw error;
    }
  }
}

/** The server failed on these very operations: others may pass. */
function isAboutContent(error: unknown): boolean {
  return error instanceof SyncError && (error.kind === 'server' || error.kind === 'refused');
}

function asPushed(operation: StoredOperation): PushOperation {
  const { id, name, ticketId, input, madeAt, occurredAt, offline, after } = operation;
  return { id, name, ticketId, input, madeAt, occurredAt, offline, after };
}
