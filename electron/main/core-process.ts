/**
 * Two ways to run core outside main: Electron's utility process, or a child of the project's own Node where the Electron at
 * hand is below the Node-API level of the database addon (it would not fail there but crash).
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { app, type MessagePortMain, utilityProcess } from 'electron';
import type { MainToCore } from '#shared/contract/core.ts';

/** One living core. */
export interface CoreProcess {
  send(message: MainToCore): void;
  /** Gives core one end of a channel, the other end being a window's. */
  connect(port: MessagePortMain): void;
  kill(): void;
}
export interface CoreEvents {
  message(data: unknown): void;
  exit(): void;
}
export type StartCore = (events: CoreEvents) => CoreProcess;

/** `profile`: the folder that core keeps its files in. */
export function coreStarter(profile: string): StartCore {
  const entry = join(import.meta.dirname, 'core.mjs');
  const words = ['--profile', profile];
  return Number(process.versions.napi) >= 10
    ? (events) => startUtility(entry, words, events)
    : (events) => startChild(outsideArchive(entry), words, events);
}

function startUtility(entry: string, words: string[], events: CoreEvents): CoreProcess {
  const core = utilityProcess.fork(entry, words, { serviceName: 'Guichet core', stdio: 'inherit' });
  core.on('message', events.message);
  core.on('exit', events.exit);
  return {
    send: (message) => core.postMessage(message),
    connect: (port) => core.postMessage({ connect: true }, [port]),
    kill: () => void core.kill(),
  };
}

function startChild(entry: string, words: string[], events: CoreEvents): CoreProcess {
  // 'advanced' is structured clone, as on a MessagePort.
  const core = fork(entry, words, {
    execPath: nodeBinary(),
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ports = new Map<number, MessagePortMain>();
  let next = 1;
  let gone = false;
  const ended = () => {
    if (gone) return;
    gone = true;
    // The windows learn by their port's end that they need a new one.
    for (const port of ports.values()) port.close();
    ports.clear();
    events.exit();
  };
  const send = (message: object) => {
    if (core.connected) core.send(message, () => undefined);
  };
  core.on('exit', ended);
  core.on('error', ended);
  core.on('message', (message: unknown) => {
    if (isRelayed(message)) ports.get(message.port)?.postMessage(message.data);
    else events.message(message);
  });
  return {
    send,
    connect(port) {
      const number = next++;
      ports.set(number, port);
      send({ connect: number });
      port.on('message', (event) => send({ port: number, data: event.data }));
      port.on('close', () => {
        ports.delete(number);
        send({ disconnect: number });
      });
      port.start();
    },
    kill: () => void core.kill('SIGKILL'),
  };
}

function isRelayed(message: unknown): message is { port: number; data: unknown } {
  return typeof message === 'object' && message !== null && 'port' in message && typeof message.port === 'number';
}

function nodeBinary(): string {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return app.isPackaged ? join(process.resourcesPath, name) : join(app.getAppPath(), 'node_modules', 'node', 'bin', name);
}

/** A plain Node cannot read inside the app's archive. */
function outsideArchive(path: string): string {
  return path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}
