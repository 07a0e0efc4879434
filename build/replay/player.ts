/** Sends the log's operations as fast as they are taken, waits until every console has what follows from them, and counts. */
import { type ImportClient, importClient } from '../../server/demo/import-client.ts';
import type { FollowingConsole } from './consoles.ts';
import { IMPORTER } from './desk.ts';
import type { LogEvent } from './log.ts';
import { Mapping } from './mapping.ts';
import type { Mismatch } from './verdict.ts';

/** Operations in one request, which is one transaction and one step of the feed: few, so that consoles have much to follow. */
const BATCH = 150;

export class Player {
  readonly #client: ImportClient;
  readonly #consoles: readonly FollowingConsole[];
  readonly #mapping = new Mapping();
  #ms = 0;
  /** Applied so far. */
  operations = 0;
  /** The feed's position with all of them in it. */
  seq = 0;

  constructor(server: string, password: string, consoles: readonly FollowingConsole[]) {
    this.#client = importClient(server, password, () => new Date(), { login: IMPORTER, batch: BATCH, skipTouched: false });
    this.#consoles = consoles;
  }

  /** Whole operations a second, from the first request until every console has the last position. */
  rate(): number {
    return this.#ms === 0 ? 0 : Math.round((this.operations * 1000) / this.#ms);
  }

  /** The next events. Returns what the server did not take or found needless: the log says that each did something. */
  async play(events: readonly LogEvent[], signal: AbortSignal): Promise<Mismatch[]> {
    const names = new Map<string, string>();
    const operations = events.flatMap((event) => {
      const ours = this.#mapping.operationsOf(event);
      for (const { id } of ours) names.set(id, event.ticket);
      return ours;
    });
    const from = performance.now();
    const { applied, superseded, seq, rejected } = await this.#client.send(operations, () => signal.throwIfAborted());
    this.seq = Math.max(this.seq, seq ?? 0);
    await Promise.all(this.#consoles.map((one) => one.reached(this.seq)));
    this.#ms += performance.now() - from;
    this.operations += applied;
    const mismatch = (ticket: string | null, field: string, found: unknown): Mismatch => ({
      when: 'import',
      where: 'server',
      ticket,
      field,
      expected: 'applied',
      found,
    });
    return [
      ...rejected.map(({ operation, refusal }) => mismatch(names.get(operation.id) ?? null, operation.name, refusal)),
      ...(superseded > 0 ? [mismatch(null, 'operations', `${superseded} with nothing to do`)] : []),
    ];
  }
}
