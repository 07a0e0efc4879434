/** Reads what there is in the end: the server's database, and each console's two files. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Entry, Ticket } from '#shared/domain/model.ts';
import { openCacheReader } from '../../electron/core/storage/cache-read.ts';
import { Outbox } from '../../electron/core/storage/outbox.ts';
import { openDatabase } from '../../server/db/database.ts';
import type { State } from '../replay/holdings.ts';
import type { WhereData } from './desk.ts';
import type { MortalConsole } from './mortal-console.ts';
import { DRAFT_FORM } from './technician.ts';
import type { ConsoleEvidence, ServerEvidence } from './verdict.ts';

const HEADLESS = join(import.meta.dirname, '../../electron/core/headless.ts');
const Status = z.object({
  epoch: z.string().nullable(),
  seq: z.number().nullable(),
  tickets: z.number(),
  hash: z.string(),
  outbox: z.number(),
});
const Draft = z.object({ count: z.number() });

/** While no server runs. */
export async function serverEvidence(where: WhereData): Promise<ServerEvidence> {
  const database = await openDatabase(where);
  try {
    return await database.read(async (db) => {
      const operations = await db
        .selectFrom('operation')
        .select(['id', 'name', 'ticket_id', 'author_id', 'status', 'seq', 'undone'])
        .execute();
      const entries = await db.selectFrom('entry').select(['operation_id', 'doc']).execute();
      const tickets = await db.selectFrom('ticket').select('doc').execute();
      return {
        operations: operations.map(({ id, name, ticket_id, author_id, status, seq, undone }) => ({
          id,
          name,
          ticketId: ticket_id,
          authorId: author_id,
          status,
          seq,
          undone: undone === 1,
        })),
        entries: entries.map(({ operation_id, doc }) => ({ operationId: operation_id, entry: JSON.parse(doc) as Entry })),
        tickets: tickets.map(({ doc }) => JSON.parse(doc) as Ticket),
      };
    });
  } finally {
    await database.close();
  }
}

/** Of a console that has ended. `expected`: what the server has for this person; `ids`: every operation that anybody knows of. */
export async function consoleEvidence(console: MortalConsole, expected: State, ids: Iterable<string>): Promise<ConsoleEvidence> {
  const { login, profile, cacheFile, outboxFile } = console;
  const { stdout } = await promisify(execFile)(process.execPath, [HEADLESS, '--profile', profile, '--status']);
  const reader = openCacheReader(cacheFile);
  const outbox = new Outbox(outboxFile, { readonly: true });
  try {
    const known = [...new Set(ids)].flatMap((id) => outbox.get(id) ?? []);
    const all = [...known, ...outbox.acknowledged(login), ...outbox.pending(login)];
    const banners = outbox.rejections(login).map(({ rejection }) => rejection);
    return {
      login,
      state: Status.parse(JSON.parse(stdout)),
      expected,
      operations: new Map(all.map((one) => [one.id, one.state])),
      refused: new Set(banners.flatMap((one) => [one.operationId, ...one.notApplied.map(({ operationId }) => operationId)])),
      drafts: new Map(
        outbox
          .allDrafts(login)
          .flatMap(({ ticketId, form, content }) => (form === DRAFT_FORM ? [[ticketId, Draft.parse(content).count]] : [])),
      ),
      holders: new Map(reader.rows.all('ticket').map((ticket) => [ticket.id, ticket.holderId])),
    };
  } finally {
    outbox.close();
    reader.close();
  }
}
