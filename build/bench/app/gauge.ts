/**
 * Takes the time inside a page, without a change to the page: from a key's own time stamp (taken in the browser's process when the key
 * came in) to the frame that shows what the key asked for.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';

export interface Painted {
  /** From the key's time stamp to the frame; 0 when no key was waited for. */
  ms: number;
  /** When the frame was drawn, by the machine's clock (`Date.now()`). */
  at: number;
}
interface Order<A> {
  arg: A;
  /** The clock starts with the next key; otherwise it is enough that the condition comes to hold. */
  afterKey: boolean;
  patience: number;
}
/** Named by those who want the condition looked at although the document did not change. */
export const LOOK_AGAIN = 'bench:look';
const PATIENCE_MS = 20_000;
const FRAME_MS = 1000 / 60;

/**
 * Runs in the page. The condition is looked at whenever the document changed. Once it holds the frame is awaited that shows it: a message
 * posted from that frame's callback is delivered after the page has laid it out and painted it. What the screen itself needs is outside,
 * here as in the empty window.
 */
function watchInPage<A>(holds: (arg: A) => boolean, { arg, afterKey, patience }: Order<A>, lookAgain: string): Promise<Painted> {
  return new Promise((resolve, reject) => {
    let from = afterKey ? Number.NaN : performance.now();
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(Number.isNaN(from) ? 'no key came' : `not painted within ${patience} ms: ${JSON.stringify(arg)}`));
    }, patience);
    function look() {
      if (Number.isNaN(from) || !holds(arg)) return;
      stop();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          clearTimeout(timer);
          resolve({ ms: afterKey ? performance.now() - from : 0, at: Date.now() });
        };
        port2.postMessage(null);
      });
    }
    function onKey(event: KeyboardEvent) {
      from = event.timeStamp;
    }
    function stop() {
      observer.disconnect();
      removeEventListener('keydown', onKey, true);
      document.removeEventListener(lookAgain, look);
    }
    if (afterKey) addEventListener('keydown', onKey, { capture: true, once: true });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    document.addEventListener(lookAgain, look);
    look();
  });
}

/** `holds` runs in the page: it must be whole in itself. Resolves once the gauge is in place; the measurement then goes on by itself. */
async function watch<A>(page: Page, holds: (arg: A) => boolean, order: Order<A>): Promise<{ painted: Promise<Painted> }> {
  const words = `(${watchInPage})(${holds}, ${JSON.stringify(order)}, ${JSON.stringify(LOOK_AGAIN)})`;
  const painted = page.evaluate<Painted>(words);
  painted.catch(() => undefined);
  // Answered in order: after this one the gauge is there.
  await page.evaluate('0');
  return { painted };
}

/**
 * Presses the key (Playwright's name of it) and gives ms from its time stamp to the frame in which `holds` holds. It comes at any point
 * of a frame, as a person's does: right after a painted one it would always meet the same wait.
 */
export async function keyToPaint<A>(page: Page, key: string, holds: (arg: A) => boolean, arg: A): Promise<Painted> {
  const { painted } = await watch(page, holds, { arg, afterKey: true, patience: PATIENCE_MS });
  await pause(Math.random() * FRAME_MS);
  await page.keyboard.press(key);
  return painted;
}

/**
 * Waits for the page to say so, at next to no cost to the page: Playwright's own way of waiting walks the whole document for roles and
 * names each time, tens of ms that would be counted as the page's.
 */
export async function until<A>(page: Page, holds: (arg: A) => boolean, arg: A, patience = PATIENCE_MS): Promise<void> {
  await (await watch(page, holds, { arg, afterKey: false, patience })).painted;
}

/** When the frame was drawn in which `holds` came to hold, whatever brought it; begins to look before `act` is done. */
export async function actToPaint<A>(page: Page, act: () => Promise<unknown>, holds: (arg: A) => boolean, arg: A): Promise<Painted> {
  const { painted } = await watch(page, holds, { arg, afterKey: false, patience: PATIENCE_MS });
  await act();
  return painted;
}
