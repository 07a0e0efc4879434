/** Open event streams: who listens, when they end. They carry the feed's position, a poke and never data. */
import type { ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { LivePosition } from '#shared/contract/api.ts';

type Position = z.infer<typeof LivePosition>;
export const HEARTBEAT_MS = 15_000;
/** How soon the end of a session reaches its streams, also when another process ended it. */
export const SESSION_CHECK_MS = 4_000;

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
export function liveStreams(living: (sessionIds: string[]) => Promise<ReadonlySet<string>>): LiveStreams {
  const streams = new Map<ServerResponse, string>();
  const heartbeat = setInterval(() => {
    for (const response of streams.keys()) response.write(line('heartbeat', null));
  }, HEARTBEAT_MS);
  const sessions = () => [...new Set(streams.values())];
  const endSession = (sessionId: string) => {
    for (const [response, owner] of streams) if (owner === sessionId) response.end();
  };
  const check = setInterval(async () => {
    const watched = sessions();
    if (watched.length === 0) return;
    const alive = await living(watched).catch(() => new Set(watched));
    for (const id of watched) if (!alive.has(id)) endSession(id);
  }, SESSION_CHECK_MS);
  heartbeat.unref();
  check.unref();
  return {
    add: (sessionId, response, now) => {
      streams.set(response, sessionId);
      response.on('close', () => streams.delete(response));
      response.write(line('position', now));
    },
    position: (position) => {
      for (const response of streams.keys()) response.write(line('position', position));
    },
    endSession,
    sessions,
    close: () => {
      clearInterval(heartbeat);
      clearInterval(check);
      for (const response of streams.keys()) response.end();
    },
  };
}
