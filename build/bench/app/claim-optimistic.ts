/**
 * `claim-optimistic`: from the key C on a ticket of the pool to the frame whose head says that I hold it. By then the claim is on the
 * disk: outbox.db, read by this process, must have it, or the bench fails. Its limit is one durable insert of the same size into an
 * empty file, and an empty window's key.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { detail, type Figure, figure, median, percentile } from '../figures.ts';
import type { BenchStage } from '../measurement.ts';
import { type DeskWindow, profileFolder } from './desk-window.ts';
import type { EmptySamples } from './empty-window.ts';
import { keyToPaint } from './gauge.ts';

/** Before these nothing is compiled, nothing cached. */
const WARM_UP = 5;

interface Claimed {
  number: string;
  /** How the head says that it is mine. */
  yours: string;
}

/** Runs in the page. The head's first line has the number and the holder, and nothing that a person wrote. */
function isMine({ number, yours }: Claimed): boolean {
  const head = document.getElementsByTagName('main')[0]?.getElementsByTagName('header')[0];
  const line = head?.firstElementChild?.textContent ?? '';
  return line.startsWith(number) && line.includes(yours);
}

export async function measureClaim(stage: BenchStage, window: DeskWindow, profile: string, empty: EmptySamples): Promise<Figure[]> {
  const outbox = new Database(join(profileFolder(stage, profile), 'core', 'outbox.db'), { readonly: true });
  // A connection of its own sees what was committed, and a commit of core's is on the disk before it is one (synchronous = FULL).
  const claimOf = outbox.prepare<[string], { bytes: number }>(
    `SELECT length(id) + length(ticket_id) + length(ticket_title) + length(input) + length(after) + length(coalesce(before, '')) AS bytes
     FROM operation WHERE name = 'claim' AND ticket_number = ?`,
  );
  const samples: number[] = [];
  let bytes = 0;
  try {
    await window.show('pool');
    // The last one stays: an empty list has nothing to move on to.
    const tickets = Math.min(stage.samples + WARM_UP, (await window.rows()) - 1);
    const warmUp = Math.min(WARM_UP, Math.floor(tickets / 4));
    for (let i = 0; i < tickets; i++) {
      // Before its number is read: two tickets of one title look alike until the pane has moved on.
      await window.console.isHeldBy('nobody');
      const number = await window.number();
      const { ms } = await keyToPaint(window.page, 'c', isMine, { number, yours: window.console.say('ticket:head.yours') });
      const stored = claimOf.get(number);
      if (!stored) throw new Error(`the claim of ${number} was shown and is not on the disk`);
      bytes = stored.bytes;
      if (i >= warmUp) samples.push(ms);
      await window.console.isSent();
      await window.console.isUpToDate();
      await window.page.keyboard.press('j');
      await window.hasTicket();
    }
  } finally {
    outbox.close();
  }
  const plain = plainInserts(join(stage.folder, 'plain-outbox.db'), samples.length, bytes);
  const limit = plain.map((ms, index) => ms + (empty.keys[index % empty.keys.length] ?? 0));
  return [
    figure('claim-optimistic', percentile(samples, 0.95), percentile(limit, 0.95)),
    detail('claim-optimistic-median', median(samples), 'ms', 'higher', median(limit)),
    detail('claim-optimistic-insert', median(plain), 'ms'),
  ];
}

/** ms of each durable insert of so many bytes, one a transaction. */
function plainInserts(file: string, times: number, bytes: number): number[] {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE operation(id INTEGER PRIMARY KEY, content TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO operation(content) VALUES (?)');
  const content = 'x'.repeat(bytes);
  const samples = Array.from({ length: times }, () => {
    const from = performance.now();
    insert.run(content);
    return performance.now() - from;
  });
  db.close();
  return samples;
}
