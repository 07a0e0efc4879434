/** Entry of core's process: Electron's utility process, or a child of plain Node whose windows main relays. */
import type { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import { type CoreToMain, MainToCore } from '#shared/contract/core.ts';
import { type Core, startCore } from './core.ts';
import type { CorePort } from './port/window-port.ts';

/** What Electron's utility process adds to `process`; core knows no more of Electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: TransferredPort[] }) => void): void;
  postMessage(message: unknown): void;
}
interface TransferredPort extends Pick<MessagePort, 'postMessage' | 'start' | 'close'> {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}
const Relayed = z.union([
  z.strictObject({ connect: z.number().int() }),
  z.strictObject({ disconnect: z.number().int() }),
  z.strictObject({ port: z.number().int(), data: z.unknown() }),
]);

const at = process.argv.indexOf('--profile');
const profile = at < 0 ? undefined : process.argv[at + 1];
if (profile === undefined) throw new Error('core needs --profile DIR');

const parentPort = (process as { parentPort?: ParentPort }).parentPort;
const toMain = (message: CoreToMain | { port: number; data: unknown }) => {
  if (parentPort) parentPort.postMessage(message);
  else if (process.connected) process.send?.(message, undefined, {}, () => undefined);
};
const core = startCore({ profile, toMain });
if (parentPort) listenToUtilityParent(parentPort, core);
else listenToNodeParent(core);
toMain({ type: 'ready' });

function fromMain(raw: unknown): void {
  const message = MainToCore.safeParse(raw);
  if (!message.success) {
    console.warn('main sent core something that is no message');
    return;
  }
  const { data } = message;
  if (data.type === 'session') void core.setSession(data.session);
  else if (data.type === 'count_unsent') toMain({ type: 'unsent', id: data.id, count: core.unsent() });
  else if (data.type === 'quiet') core.setQuiet(data.quiet);
  else if (data.type === 'snooze_alert') core.snoozeAlert(data.alert);
  else void stop();
}

async function stop(): Promise<void> {
  await core.stop();
  process.exit(0);
}

function listenToUtilityParent(parent: ParentPort, to: Core): void {
  parent.on('message', ({ data, ports }) => {
    const [port] = ports;
    if (!port) {
      fromMain(data);
      return;
    }
    const window = to.connect((message) => port.postMessage(message));
    port.on('message', (event) => window.receive(event.data));
    port.on('close', () => window.close());
    port.start();
  });
}

function listenToNodeParent(to: Core): void {
  const windows = new Map<number, CorePort>();
  process.on('message', (raw) => {
    const relayed = Relayed.safeParse(raw);
    if (!relayed.success) {
      fromMain(raw);
      return;
    }
    const { data } = relayed;
    if ('connect' in data) {
      const number = data.connect;
      windows.get(number)?.close();
      windows.set(
        number,
        to.connect((message) => toMain({ port: number, data: message })),
      );
    } else if ('disconnect' in data) {
      windows.get(data.disconnect)?.close();
      windows.delete(data.disconnect);
    } else windows.get(data.port)?.receive(data.data);
  });
  process.on('disconnect', () => void stop());
}
