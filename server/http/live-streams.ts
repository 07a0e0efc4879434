/** Open event streams: who listens, when they end. They carry the feed's position, a poke and never data. */
import type { ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { LivePosition } from '#shared/contract/api.ts';
import { type Every, everyInterval } from '../jobs/repeat.ts';

type Position = z.infer<typeof LivePosition>;
export const HEARTBEAT_MS = 15_000;
/** How soon the end of a session reaches its streams, also when another process ended it. */
export const SESSION_CHECK_MS = 4_000;
/** A console has one; the others are of connections that it has given up. */
export const STREAMS_PER_SESSION = 4;
/** Bytes that wait for a reader before it is taken for gone: hundreds of positions. */
const UNREAD_BYTES = 64 * 1024;

export interface LiveStreams {
  add(sessionId: string, response: ServerResponse, now: Position): void;
  position(position: Position): void;
  endSession(sessionId: string): void;
  sessions(): string[];
  close(): void;
}

function line(event: 'position' | 'heartbeat', data: Position | null): string {
  return `event: ${event}\ndata: ${data === null ? '{}' : JSON.stringify(data)}\n\n`;
}

/** `living` answers which of these sessions go on. */
export function liveStreams(living: (sessionIds: string[]) => Promise<ReadonlySet<string>>, every: Every = everyInterval): LiveStreams {
  const streams = new Map<ServerResponse, string>();
  let newest: Position | undefined;
  const endHeartbeat = every(HEARTBEAT_MS, () => {
    for (const response of streams.keys()) send(response, line('heartbeat', null));
  });
  const send = (response: ServerResponse, text: string) => {
    if (response.writableLength > UNREAD_BYTES) {
      streams.delete(response);
      response.destroy();
    } else response.write(text);
  };
  /** Forgotten at once: a write between the end and its arrival would be an error that nobody catches. */
  const end = (response: ServerResponse) => {
    streams.delete(response);
    response.end();
  };
  const sessions = () => [...new Set(streams.values())];
  const endSession = (sessionId: string) => {
    for (const [response, owner] of streams) if (owner === sessionId) end(response);
  };
  const endCheck = every(SESSION_CHECK_MS, async () => {
    const watched = sessions();
    if (watched.length === 0) return;
    const alive = await living(watched).catch(() => new Set(watched));
    for (const id of watched) if (!alive.has(id)) endSession(id);
  });
  return {
    add: (sessionId, response, now) => {
      if (response.destroyed) return;
      const own = [...streams].flatMap(([other, owner]) => (owner === sessionId ? [other] : []));
      for (const oldest of own.slice(0, Math.max(0, own.length - STREAMS_PER_SESSION + 1))) end(oldest);
      streams.set(response, sessionId);
      response.on('close', () => streams.delete(response));
      // A change between the look at the position and here was told to those who listened then.
      const told = newest?.epoch === now.epoch && newest.seq > now.seq ? newest : now;
      send(response, line('position', told));
    },
    position: (position) => {
      newest = position;
      for (const response of streams.keys()) send(response, line('position', position));
    },
    endSession,
    sessions,
    close: () => {
      endHeartbeat();
      endCheck();
      for (const response of streams.keys()) end(response);
    },
  };
}
