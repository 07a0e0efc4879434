/**
 * Makes 1000 changed rows on the server, fetches them as a console would, and applies them to a filled cache; again for each round.
 * Prints the times (JSON). For the bench only; words and password as for `npm run core`, and `--rounds N`.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { FeedPage, PushResponse } from '#shared/contract/api.ts';
import { openOutbox } from '../../electron/core/storage/open-outbox.ts';
import { searchFieldsOf } from '../../electron/core/storage/ticket-columns.ts';
import { Pull } from '../../electron/core/sync/pull.ts';
import type { ServerApi } from '../../electron/core/sync/server-api.ts';
import { Workplace } from '../../electron/core/workplace.ts';
import { HttpSession } from './session.ts';

const { values } = parseArgs({
  options: { profile: { type: 'string' }, server: { type: 'string' }, login: { type: 'string' }, rounds: { type: 'string' } },
});
const { profile = '', server = '', login = '' } = values;
/** Each changes its ticket's row and adds a line to its timeline. */
const NOTES = 500;
const AT_ONCE = 50;

const session = new HttpSession(server);
const { person } = await session.signIn(login, process.env.GUICHET_PASSWORD ?? '');
const file = join(profile, 'core', 'cache.db');
const { outbox } = openOutbox(join(profile, 'core', 'outbox.db'));
const now = () => new Date().toISOString();
const onDamage = (error: unknown) => {
  throw error;
};
const place = new Workplace({ personId: person.id, file, outbox, line: { isOnline: () => true }, now, onDamage });
const pull = new Pull({ file, now, onRows: ({ tables }) => place.desk.forget(tables) });
const ids = place.reader.db.prepare<[], string>('SELECT id FROM ticket ORDER BY key').pluck().all() as string[];

const applied: number[] = [];
const plain: number[] = [];
for (let round = 0; round < Number(values.rounds ?? '1'); round++) {
  await addNotes(round);
  const pages = await fetchPages(pull.position() ?? '');
  applied.push(await apply(pages));
  plain.push(plainWrites(pages));
}
pull.close();
place.close();
outbox.close();
session.close();
console.log(JSON.stringify({ applied, plain }));

/** Of tickets of all ages: what changes is not only what is new. */
async function addNotes(round: number): Promise<void> {
  const step = Math.max(1, Math.floor(ids.length / NOTES));
  const at = now();
  const operations = Array.from({ length: NOTES }, (_, index) => ({
    id: randomUUID(),
    name: 'note',
    ticketId: ids[(index * step + round) % ids.length],
    input: { text: `Rappel fait au passage, la personne confirme (${round}, ${index}).`, visibility: 'internal' },
    madeAt: at,
    occurredAt: at,
    offline: false,
    after: [],
  }));
  for (let start = 0; start < NOTES; start += AT_ONCE) {
    const answer = await session.post('/v1/operations', { operations: operations.slice(start, start + AT_ONCE) });
    const outcomes = answer.status === 200 ? PushResponse.parse(JSON.parse(answer.text)).outcomes : [];
    if (outcomes.length === 0 || outcomes.some((one) => one.status !== 'applied')) throw new Error(answer.text.slice(0, 500));
  }
}

/** As text, as they come. */
async function fetchPages(from: string): Promise<string[]> {
  const pages: string[] = [];
  for (let cursor = from; ; ) {
    const { text } = await session.get(`/v1/feed?${new URLSearchParams({ cursor, limit: '500' })}`);
    pages.push(text);
    const page = FeedPage.parse(JSON.parse(text));
    if (!page.more) return pages;
    cursor = page.cursor;
  }
}

/** The product's own pull, whose line is a memory. */
async function apply(pages: readonly string[]): Promise<number> {
  let next = 0;
  const line = { feed: async () => FeedPage.parse(JSON.parse(pages[next++] ?? '')) };
  const from = performance.now();
  await pull.run(line as unknown as ServerApi, () => place.view.refresh());
  return performance.now() - from;
}

/** The same tickets once more, by plain statements on a connection of its own: what is stored, and its texts in the index. */
function plainWrites(pages: readonly string[]): number {
  const changed = new Set<string>();
  for (const text of pages)
    for (const change of FeedPage.parse(JSON.parse(text)).changes)
      if (change.table === 'ticket' && 'row' in change) changed.add((change.row as { id: string }).id);
  const keyOf = place.reader.db.prepare<[string], number>('SELECT key FROM ticket WHERE id = ?').pluck();
  const wholes = [...changed].flatMap((id) => {
    const whole = place.reader.rows.whole(id);
    if (!whole) return [];
    const { ticket, entries, resolutions } = whole;
    const texts = searchFieldsOf(ticket, entries, resolutions, (personId) => place.desk.person(personId));
    return [{ key: keyOf.get(id), ticket: JSON.stringify(ticket), entries: JSON.stringify(entries), texts: Object.values(texts) }];
  });
  const db = new Database(file);
  db.pragma('synchronous = NORMAL');
  const put = db.prepare('UPDATE whole SET ticket = ?, entries = ? WHERE key = ?');
  const index = db.prepare(`INSERT OR REPLACE INTO search(rowid, number, title, description, notes, people, solutions, beginnings)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const from = performance.now();
  db.transaction(() => {
    for (const { key, ticket, entries, texts } of wholes) {
      put.run(ticket, entries, key);
      index.run(key, ...texts);
    }
  })();
  const ms = performance.now() - from;
  db.close();
  return ms;
}
