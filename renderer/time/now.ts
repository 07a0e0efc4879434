/**
 * The one clock of the window. Server time: anchored at each report of core, then carried by a clock that cannot jump, so that
 * a wrong or changed device clock shows right countdowns all the same.
 */
import { useEffect, useLayoutEffect, useReducer, useRef, useSyncExternalStore } from 'react';

let anchor = { server: Date.now(), monotonic: performance.now() };
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Server time now, in ms since 1970. */
export function serverNow(): number {
  return anchor.server + (performance.now() - anchor.monotonic);
}

/** Called with each sync report: `offsetMs` is server time minus this machine's `Date.now()`. */
export function setServerOffset(offsetMs: number): void {
  anchor = { server: Date.now() + offsetMs, monotonic: performance.now() };
  tick();
}

function tick(): void {
  for (const listener of listeners) listener();
}

/** Calls back once a second, as long as anybody listens. */
export function subscribeTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Server time in ms, renewed every `everyMs` (whole seconds). Renders the caller: use `useTicking` for a text. */
export function useServerNow(everyMs = 1000): number {
  return useSyncExternalStore(subscribeTick, () => Math.floor(serverNow() / everyMs) * everyMs);
}

/**
 * A value computed from the clock; the caller renders only when the value changes. Must return a primitive. Computed once a render:
 * as a snapshot of a store it would be asked for three times, and a ticket has a dozen of them.
 */
export function useTicking<T extends string | number | boolean>(compute: (now: number) => T): T {
  const [, renderAgain] = useReducer((times: number) => times + 1, 0);
  const shown = compute(serverNow());
  const latest = useRef({ compute, shown });
  useLayoutEffect(() => {
    latest.current = { compute, shown };
  });
  useEffect(
    () =>
      subscribeTick(() => {
        if (!Object.is(latest.current.compute(serverNow()), latest.current.shown)) renderAgain();
      }),
    [],
  );
  return shown;
}
