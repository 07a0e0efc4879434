/** The small test desk (desk-content.ts) without HTTP, without jobs, and with a clock that stands where it is put: minutes since `START`. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PushOperation } from '#shared/contract/api.ts';
import type { Ticket } from '#shared/domain/model.ts';
import { type GuichetDatabase, openDatabase, type WriteTx } from '../../server/db/database.ts';
import { deskCache } from '../../server/db/desk.ts';
import { openFileFolder } from '../../server/files/folder.ts';
import { tellDueAlerts } from '../../server/jobs/alerts.ts';
import { endUnanswered } from '../../server/jobs/answers.ts';
import { type MailServices, sendDueMails } from '../../server/mail/job.ts';
import { openPost, type Post } from '../../server/mail/post.ts';
import { pushOperation } from '../../server/operations/push.ts';
import { readSettings } from '../../server/settings.ts';
import { fillDesk, openInput, operationOf } from './desk-content.ts';
import { newStorage } from './storage.ts';

/** A Monday. */
export const START = Date.parse('2026-05-04T08:00:00.000Z');
export const at = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();

export async function bareDesk(env: Record<string, string> = {}) {
  const storage = await newStorage();
  const settings = readSettings({ ...storage.env, ...env });
  const folder = openPost(settings);
  const mailing = { publicUrl: () => 'https://desk.example.org', chance: () => 0, isClosing: () => false };
  let now = START;
  const clock = () => new Date(now);
  const open = async () => ({ database: await openDatabase({ ...storage, clock }), desk: deskCache(), clock, settings });
  let services = await open();
  const files = openFileFolder(storage.dataDir);
  const read: GuichetDatabase['read'] = (work) => services.database.read(work);
  const write = <T>(work: (tx: WriteTx) => Promise<T>) => services.database.write(work);
  await write((tx) => fillDesk(tx, 'nobody signs in'));

  /** One operation that must apply; its id. */
  async function must(
    personId: string,
    name: string,
    ticketId: string,
    input: Record<string, unknown> = {},
    more: Partial<PushOperation> = {},
  ): Promise<string> {
    const madeAt = clock().toISOString();
    const operation = operationOf(name, ticketId, input, { madeAt, occurredAt: madeAt, ...more });
    const outcome = await pushOperation({ ...services, files }, { personId, seenSeq: 0 }, operation);
    if (outcome.status !== 'applied') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
    return operation.id;
  }
  return {
    get services() {
      return services;
    },
    read,
    write,
    must,
    setClock: (minutes: number) => {
      now = START + minutes * 60_000;
    },
    open: async (more: Record<string, unknown> = {}): Promise<string> => {
      const ticketId = randomUUID();
      await must('farid', 'open', ticketId, openInput('farid', more));
      return ticketId;
    },
    ticket: async (id: string): Promise<Ticket> => {
      const row = await read((db) => db.selectFrom('ticket').select('doc').where('id', '=', id).executeTakeFirstOrThrow());
      return JSON.parse(row.doc) as Ticket;
    },
    /** A round of the job, at minutes since the start. */
    tellAt: (minutes: number): Promise<number> => {
      now = START + minutes * 60_000;
      return tellDueAlerts(services);
    },
    /** A round of the job of mails. `post`: in place of the folder. */
    send: (post: Post = folder, more: Partial<MailServices> = {}) => sendDueMails({ ...services, ...mailing, post, ...more }),
    /** A round of the job of solutions that nobody answers. */
    endUnanswered: () => endUnanswered(services),
    letters: () =>
      (existsSync(settings.mailDir) ? readdirSync(settings.mailDir) : []).map((file) => readFileSync(join(settings.mailDir, file), 'utf8')),
    /** The same data with a new server. */
    restart: async () => {
      await services.database.close();
      services = await open();
    },
    close: async () => {
      await services.database.close();
      await storage.remove();
    },
  };
}
export type BareDesk = Awaited<ReturnType<typeof bareDesk>>;
