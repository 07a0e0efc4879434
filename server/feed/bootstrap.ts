/**
 * Everything a person may see, in pages of NDJSON: the directory, then tickets, newest open first. The first page fixes the
 * position; later pages read current rows, and whatever changed since comes again with the pull from that position.
 */
import { z } from 'zod';
import { type BootstrapLine, Cursor } from '#shared/contract/api.ts';
import { Instant } from '#shared/domain/model.ts';
import type { Actor } from '#shared/domain/operation.ts';
import { type ReadDb, readPosition } from '../db/database.ts';
import type { DeskSnapshot } from '../db/desk.ts';
import { fitsFeed, formatCursor, parseCursor } from './cursor.ts';
import { actorOf, directoryRowsAsSeen, ticketLines, visibleTickets, visibleTicketsInOrder } from './sight.ts';

const TICKETS_PER_PAGE = 1000;
/** The first page is small, so that a pool is there to look at soon. */
const TICKETS_ON_FIRST_PAGE = 200;

/** Where the next page begins: after this ticket of this part. */
const PageToken = z.strictObject({
  position: Cursor,
  total: z.number().int(),
  part: z.enum(['open', 'rest']),
  after: z.strictObject({ openedAt: Instant, id: z.string() }).nullable(),
});
type PageToken = z.infer<typeof PageToken>;

function formatToken(token: PageToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}
function parseToken(text: string): PageToken | undefined {
  try {
    return PageToken.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

const OPEN_PHASES = ['open', 'waiting'];

async function ticketPage(db: ReadDb, actor: Actor, token: PageToken, limit: number) {
  // The open ones are few and found by team; the others are nearly all there are, and read in the order of their opening.
  let query = (token.part === 'open' ? visibleTickets(db, actor) : visibleTicketsInOrder(db, actor)).select([
    'id',
    'doc',
    'team_id',
    'requester_id',
    'beneficiary_id',
    'opened_by',
    'opened_at',
  ]);
  if (token.part === 'open') {
    query = query.where('phase', 'in', OPEN_PHASES);
  } else {
    // One that was closed at the snapshot and is open now would be in neither part: what changed since is in this part too.
    const { seq } = parseCursor(token.position);
    query = query.where((e) =>
      e.or([
        e('phase', 'not in', OPEN_PHASES),
        e('id', 'in', e.selectFrom('feed').select('row_id').where('table_name', '=', 'ticket').where('seq', '>', seq)),
      ]),
    );
  }
  const after = token.after;
  if (after) query = query.where((e) => e(e.refTuple('opened_at', 'id'), '<', e.tuple(after.openedAt, after.id)));
  return query.orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

async function countTickets(db: ReadDb, actor: Actor): Promise<number> {
  const { n } = await visibleTickets(db, actor)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

const endLine = (line: Extract<BootstrapLine, { kind: 'end' }>) => `${JSON.stringify(line)}\n`;

/** `resync`: the page's position does not fit any more (rights changed, another epoch): start over. `bad_page`: no such token. */
export type BootstrapResult = { ok: true; text: string; seq: number } | { ok: false; why: 'resync' | 'bad_page' };

export async function bootstrapPage(
  db: ReadDb,
  desk: DeskSnapshot,
  personId: string,
  pageText: string | undefined,
): Promise<BootstrapResult> {
  const actor = actorOf(desk, personId);
  const now = await readPosition(db);
  const parts: string[] = [];
  let token: PageToken;
  if (pageText === undefined) {
    for (const { table, row } of directoryRowsAsSeen(desk, actor)) {
      parts.push(`{"kind":"row","table":"${table}","row":${JSON.stringify(row)}}\n`);
    }
    token = { position: formatCursor(now), total: await countTickets(db, actor), part: 'open', after: null };
  } else {
    const parsed = parseToken(pageText);
    if (!parsed) return { ok: false, why: 'bad_page' };
    if (!(await fitsFeed(db, parseCursor(parsed.position), now, personId))) return { ok: false, why: 'resync' };
    token = parsed;
  }
  const limit = pageText === undefined ? TICKETS_ON_FIRST_PAGE : TICKETS_PER_PAGE;
  const tickets = await ticketPage(db, actor, token, limit);
  for (const line of await ticketLines(db, actor, tickets)) {
    if (line.doc !== null) parts.push(`{"kind":"row","table":"${line.table}","row":${line.doc}}\n`);
  }
  const last = tickets.at(-1);
  let next: PageToken | null = null;
  if (last && tickets.length === limit) next = { ...token, after: { openedAt: last.opened_at, id: last.id } };
  else if (token.part === 'open') next = { ...token, part: 'rest', after: null };
  parts.push(endLine({ kind: 'end', next: next && formatToken(next), position: token.position, total: token.total }));
  return { ok: true, text: parts.join(''), seq: parseCursor(token.position).seq };
}
