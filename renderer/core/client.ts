/** The window's side of the port to core: typed calls, and watches that survive a new port. */
import type { z } from 'zod';
import {
  type CoreCallName,
  type CoreCalls,
  CoreFailure,
  coreCalls,
  type FromCore,
  type Watches,
  type WatchName,
  watches,
} from '#shared/contract/core.ts';
import { CORE_PORT } from '#shared/contract/host.ts';

export class CoreError extends Error {
  readonly failure: CoreFailure;
  constructor(failure: CoreFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: CoreError): void;
}
interface Watching {
  name: WatchName;
  input: unknown;
  listener(value: unknown): void;
}
/** The part of MessagePort that is used; tests hand in one end of a MessageChannel. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

export class CoreClient {
  #port: Port | undefined;
  #next = 1;
  #waiting = new Map<number, Waiting>();
  #watching = new Map<number, Watching>();
  /** Calls made while no port is there go out when one comes. */
  #unsent: unknown[] = [];

  /** A new port: watches are asked again, calls without an answer fail (core died with them). */
  connect(port: Port): void {
    for (const waiting of this.#waiting.values())
      if (this.#port) waiting.reject(new CoreError({ kind: 'not_ready', message: 'core restarted' }));
    if (this.#port) this.#waiting.clear();
    this.#port = port;
    port.onmessage = (event) => this.#receive(event.data as FromCore);
    for (const [id, watch] of this.#watching) port.postMessage({ type: 'watch', id, name: watch.name, input: watch.input });
    for (const message of this.#unsent.splice(0)) port.postMessage(message);
  }

  call<K extends CoreCallName>(name: K, input: z.input<CoreCalls[K]['input']>): Promise<z.output<CoreCalls[K]['output']>> {
    const id = this.#next++;
    const message = { type: 'call', id, name, input };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (value) => resolve(coreCalls[name].output.parse(value) as z.output<CoreCalls[K]['output']>),
        reject,
      });
      if (this.#port) this.#port.postMessage(message);
      else this.#unsent.push(message);
    });
  }

  watch<K extends WatchName>(
    name: K,
    input: z.input<Watches[K]['input']>,
    listener: (value: z.output<Watches[K]['output']>) => void,
  ): () => void {
    const id = this.#next++;
    this.#watching.set(id, {
      name,
      input,
      listener: (value) => listener(watches[name].output.parse(value) as z.output<Watches[K]['output']>),
    });
    this.#port?.postMessage({ type: 'watch', id, name, input });
    return () => {
      this.#watching.delete(id);
      this.#port?.postMessage({ type: 'unwatch', id });
    };
  }

  #receive(message: FromCore): void {
    if (message.type === 'update') {
      this.#watching.get(message.id)?.listener(message.value);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'result') waiting?.resolve(message.value);
    else waiting?.reject(new CoreError(CoreFailure.parse(message.failure)));
  }
}

/** The window's one client; connected to whatever port the page is handed. */
export const core = new CoreClient();

/** Asks for core's port, which preload posts to the page, and for another one when it closes. */
export function listenForCorePort(): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== CORE_PORT || !port) return;
    core.connect(port);
    port.addEventListener('close', () => window.guichet.requestCorePort());
  });
  window.guichet.requestCorePort();
}
