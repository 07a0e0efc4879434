/**
 * Listens on the page's port to core, so that a bench knows which answer belongs to which letter: a result that looks like the one before
 * would not show in the document that it has arrived. The page and what it sends and gets stay as they are.
 */
import type { Page } from '@playwright/test';
import type { ListRow } from '#shared/contract/core.ts';
import { LOOK_AGAIN } from './gauge.ts';

export interface SearchAnswer {
  total: number;
  rows: Pick<ListRow, 'title' | 'phase' | 'found'>[];
}
declare global {
  /** The answers to searches, by what was searched. */
  var searchAnswers: Map<string, SearchAnswer> | undefined;
}

/** From the next question on that the page asks of core. */
export async function tapLine(page: Page): Promise<void> {
  await page.evaluate(tapInPage, LOOK_AGAIN);
}

/** Runs in the page: the first question of a watch shows which port is core's. */
function tapInPage(lookAgain: string): void {
  const answers = new Map<string, SearchAnswer>();
  globalThis.searchAnswers = answers;
  const texts = new Map<number, string>();
  const plain = MessagePort.prototype.postMessage;
  const note = ({ type, id, name, input }: { type?: string; id: number; name?: string; input?: { view?: string; text: string } }) => {
    if (type !== 'watch' || name !== 'list' || input?.view !== 'search') return;
    texts.set(id, input.text);
    answers.delete(input.text);
  };
  MessagePort.prototype.postMessage = function (this: MessagePort, message: Parameters<typeof note>[0]) {
    if (message?.type === 'watch') {
      MessagePort.prototype.postMessage = plain;
      this.postMessage = (next: Parameters<typeof note>[0]) => {
        note(next);
        plain.call(this, next);
      };
      this.addEventListener('message', ({ data }) => {
        const text = data.type === 'update' ? texts.get(data.id) : undefined;
        if (text === undefined) return;
        answers.set(text, data.value);
        document.dispatchEvent(new Event(lookAgain));
      });
      this.postMessage(message as never);
    } else plain.call(this, message);
  } as typeof plain;
}
