/** The hand on the window's clock: its time goes forward as asked, and its one timer beats when asked. Nothing else of the page is touched. */

export interface Beat {
  /** From the timer's call to the frame after it. */
  ms: number;
  /** Countdowns in rows whose text is another one than before. */
  changed: number;
}
declare global {
  var windowClock:
    | {
        /** The window's time from now on, ms since 1970. */
        setTo(instant: number): void;
        /** Goes forward by so many ms and beats; without any, one text is drawn that is none of the page's. */
        beat(forward: number): Promise<Beat>;
      }
    | undefined;
}

/** Runs in the page, before any script of it; whole in itself. */
export function holdWindowClock(): void {
  const realNow = performance.now.bind(performance);
  const realInterval = globalThis.setInterval as (work: () => void, ms: number) => number;
  const realClear = globalThis.clearInterval;
  const SECOND = 1000;
  let ahead = 0;
  const beats = new Map<number, () => void>();
  performance.now = () => realNow() + ahead;
  globalThis.setInterval = ((work: () => void, ms: number) => {
    const timer = realInterval(work, ms);
    if (ms === SECOND) beats.set(timer, work);
    return timer;
  }) as unknown as typeof setInterval;
  globalThis.clearInterval = ((timer: number) => {
    beats.delete(timer);
    realClear(timer);
  }) as typeof clearInterval;

  const texts = () => [...document.querySelectorAll('[role=option] [data-tone]')].map((one) => one.textContent);
  /** A message posted from a frame's callback is delivered once the frame is laid out and painted (gauge.ts). */
  function painted(): Promise<void> {
    return new Promise((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          done();
        };
        port2.postMessage(null);
      }),
    );
  }
  function own(): Element {
    const known = document.querySelector('[data-bench]');
    if (known !== null) return known;
    const made = document.body.appendChild(document.createElement('output'));
    made.dataset.bench = '';
    made.style.cssText = 'position: fixed; top: 0; left: 0; z-index: 1000';
    return made;
  }
  function firstChange(): Promise<void> {
    return new Promise((done) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        done();
      });
      for (const list of document.querySelectorAll('[role=listbox]'))
        observer.observe(list, { subtree: true, childList: true, characterData: true });
    });
  }

  globalThis.windowClock = {
    setTo: (instant) => {
      // The page's and the server's device is one and the same.
      ahead = instant - Date.now();
    },
    beat: async (forward) => {
      const before = texts();
      const change = forward > 0 ? firstChange() : undefined;
      ahead += forward;
      const from = realNow();
      for (const work of beats.values()) work();
      if (change === undefined) own().textContent = String(from);
      await change;
      await painted();
      const ms = realNow() - from;
      return { ms, changed: texts().filter((one, index) => one !== before[index]).length };
    },
  };
}
