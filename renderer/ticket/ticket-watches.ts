/**
 * The tickets that core tells this window of: the one in the pane, and those that a key would bring there next. They are asked for once
 * the present one is drawn, so that a step through the list draws what is already there.
 */
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { TicketDetail } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';

interface Watched {
  /** Null: not in sight; undefined: core has not answered yet. */
  detail: TicketDetail | null | undefined;
  stop(): void;
}

class TicketWatches {
  #watched = new Map<string, Watched>();
  #listeners = new Set<() => void>();
  #chosen: string | null = null;
  #expected: readonly string[] = [];
  #frame: number | undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(ticketId: string): Watched['detail'] {
    return this.#watched.get(ticketId)?.detail;
  }

  /** Null: no pane is there, nothing is watched. Those ahead, and the one before, stay until the list names others. */
  choose(ticketId: string | null): void {
    const before = this.#chosen === null ? [] : [this.#chosen];
    this.#chosen = ticketId;
    if (ticketId === null) {
      this.#expected = [];
      this.#keep(new Set());
      return;
    }
    this.#watch(ticketId);
    this.#keep(new Set([ticketId, ...before, ...this.#expected]));
  }

  /** What a key would choose next; replaces those named before. */
  expect(ticketIds: readonly string[]): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      // After the frame, which is the one that shows the present ticket.
      setTimeout(() => {
        if (this.#chosen === null) return;
        this.#expected = ticketIds;
        this.#keep(new Set([this.#chosen, ...ticketIds]));
        for (const id of ticketIds) this.#watch(id);
      });
    });
  }

  #watch(ticketId: string): void {
    if (this.#watched.has(ticketId)) return;
    const watched: Watched = { detail: undefined, stop: () => undefined };
    this.#watched.set(ticketId, watched);
    watched.stop = core.watch('ticket', ticketId, (detail) => {
      watched.detail = detail;
      for (const listener of this.#listeners) listener();
    });
  }

  #keep(wanted: ReadonlySet<string>): void {
    for (const [id, { stop }] of this.#watched) {
      if (wanted.has(id)) continue;
      stop();
      this.#watched.delete(id);
    }
  }
}

/** Of this window, as is its port to core. */
export const ticketWatches = new TicketWatches();

/** The chosen ticket; while core has not answered yet, the one before. Null when it is not in sight. */
export function useTicketDetail(ticketId: string): TicketDetail | null | undefined {
  useLayoutEffect(() => ticketWatches.choose(ticketId), [ticketId]);
  useLayoutEffect(() => () => ticketWatches.choose(null), []);
  const detail = useSyncExternalStore(ticketWatches.subscribe, () => ticketWatches.get(ticketId));
  const last = useRef(detail);
  if (detail !== undefined) last.current = detail;
  return last.current;
}
