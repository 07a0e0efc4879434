/** Pull: the feed from the cache's position on, page by page; each page and its position are one transaction. */
import { type Machine, thisMachine } from '../machine.ts';
import { CacheWriter, type Touched } from '../storage/cache-write.ts';
import { parseChange } from './parse-change.ts';
import type { ServerApi } from './server-api.ts';
import { SyncError } from './sync-error.ts';

const PAGE = 500;
const DUE_BATCH = 200;

export interface PullOptions {
  file: string;
  now(): string;
  onRows(touched: Touched): void;
  machine?: Machine;
}

export class Pull {
  #options: PullOptions;
  #writer: CacheWriter | undefined;

  constructor(options: PullOptions) {
    this.#options = options;
  }

  /** The cursor to go on from; null: a bootstrap is needed. */
  position(): string | null {
    return this.#open().meta('position');
  }

  /** Until nothing more is there. Throws SyncErrors; `resync` also when the cache has no position. */
  async run(api: ServerApi, onPage: (more: boolean) => void): Promise<void> {
    const writer = this.#open();
    for (;;) {
      const cursor = writer.meta('position');
      if (cursor === null) throw new SyncError('resync', 'no position');
      const page = await api.feed(cursor, PAGE);
      // Asked again it would say the same, as fast as the line goes.
      if (page.more && page.cursor === cursor) throw new SyncError('bad_answer', 'a page that leads nowhere');
      const changes = page.changes.map(parseChange);
      if (page.cursor !== cursor) {
        const touched = writer.write(changes, page.cursor);
        this.#options.onRows(touched);
      }
      onPage(page.more);
      if (!page.more) break;
    }
    while (writer.refreshDue(DUE_BATCH)) await (this.#options.machine ?? thisMachine).turn();
  }

  /** Before a bootstrap: its writer takes over, this one's file may be replaced. */
  close(): void {
    this.#writer?.close();
    this.#writer = undefined;
  }

  #open(): CacheWriter {
    this.#writer ??= new CacheWriter(this.#options.file, this.#options.now);
    return this.#writer;
  }
}
