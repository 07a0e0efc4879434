/** Server-sent events: the feed's position, never data. One connection; its silence and its end are told, opening it again is the loop's. */
import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import { LivePosition } from '#shared/contract/api.ts';
import { type Machine, thisMachine } from '../machine.ts';
import type { ServerApi } from './server-api.ts';

/** The server's heart beats every 15 s. */
const SILENCE_MS = 35_000;

export interface LiveListener {
  onPosition(position: z.output<typeof LivePosition>): void;
  /** Cut, ended, or silent for too long. */
  onLost(): void;
}

export class LiveEvents {
  #listener: LiveListener;
  #abort: AbortController | undefined;
  #connected = false;
  #machine: Machine;

  constructor(listener: LiveListener, machine = thisMachine) {
    this.#listener = listener;
    this.#machine = machine;
  }

  isConnected(): boolean {
    return this.#connected;
  }

  /** Resolves once the stream is open; throws a SyncError when it cannot be. */
  async open(api: ServerApi): Promise<void> {
    this.close();
    const abort = new AbortController();
    this.#abort = abort;
    const opened = this.#machine.after(SILENCE_MS, () => abort.abort());
    const body = await api.stream('/v1/events', abort.signal).finally(opened);
    this.#connected = true;
    let ended = false;
    const watch = () => this.#machine.after(SILENCE_MS, () => body.destroy());
    let unwatch = watch();
    const lost = () => {
      if (ended) return;
      ended = true;
      unwatch();
      if (this.#abort !== abort) return;
      this.#connected = false;
      this.#listener.onLost();
    };
    const parser = createParser({
      maxBufferSize: 100_000,
      // Beyond it the parser takes nothing more: it would throw into the stream's listener, and end this process.
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') body.destroy();
      },
      onEvent: (event) => {
        if (event.event !== 'position') return;
        const position = LivePosition.safeParse(parseJson(event.data));
        if (position.success && this.#abort === abort) this.#listener.onPosition(position.data);
      },
    });
    body.setEncoding('utf8');
    body.on('data', (chunk: string) => {
      // What was read already still comes after the end.
      if (body.destroyed) return;
      unwatch();
      unwatch = watch();
      parser.feed(chunk);
    });
    body.on('end', lost);
    body.on('error', lost);
    body.on('close', lost);
  }

  close(): void {
    const abort = this.#abort;
    this.#abort = undefined;
    this.#connected = false;
    abort?.abort();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
