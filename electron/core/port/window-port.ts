/** One window at core's door: its messages are parsed, its calls answered or failed by kind, its watches ended with it. */
import { type CoreCallName, coreCalls, type FromCore, ToCore, type WatchName, watches } from '#shared/contract/core.ts';
import { asFailure, CoreError } from '../failure.ts';

export interface CorePort {
  receive(message: unknown): void;
  close(): void;
}
export interface WindowPortOptions {
  post(message: FromCore): void;
  /** Returns the function that ends the watch. */
  watch(name: WatchName, input: unknown, answer: (value: unknown) => void): () => void;
  call(name: CoreCallName, input: unknown): Promise<unknown>;
}

/** A bad message is answered where it can be, and never more than that. */
export function windowPort({ post, watch, call }: WindowPortOptions): CorePort {
  const watching = new Map<number, () => void>();
  let closed = false;
  const answer = (message: FromCore) => {
    if (!closed) post(message);
  };
  const fail = (id: number, error: unknown) => answer({ type: 'failure', id, failure: asFailure(error) });

  async function answerCall(id: number, name: CoreCallName, raw: unknown): Promise<void> {
    try {
      const input = coreCalls[name].input.safeParse(raw);
      if (!input.success) throw new CoreError('invalid_input', `${name}: ${input.error.message}`);
      answer({ type: 'result', id, value: await call(name, input.data) });
    } catch (error) {
      if (!(error instanceof CoreError)) console.error(error);
      fail(id, error);
    }
  }

  function startWatch(id: number, name: WatchName, raw: unknown): void {
    const input = watches[name].input.safeParse(raw);
    if (!input.success) {
      fail(id, new CoreError('invalid_input', `${name}: ${input.error.message}`));
      return;
    }
    watching.get(id)?.();
    watching.set(
      id,
      watch(name, input.data, (value) => answer({ type: 'update', id, value })),
    );
  }

  return {
    receive: (raw) => {
      const message = ToCore.safeParse(raw);
      if (!message.success) {
        const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
        if (typeof id === 'number') fail(id, new CoreError('invalid_input', message.error.message));
        else console.warn('a window sent core something that is no message');
        return;
      }
      const { data } = message;
      if (data.type === 'call') void answerCall(data.id, data.name, data.input);
      else if (data.type === 'watch') startWatch(data.id, data.name, data.input);
      else {
        watching.get(data.id)?.();
        watching.delete(data.id);
      }
    },
    close: () => {
      closed = true;
      for (const end of watching.values()) end();
      watching.clear();
    },
  };
}
