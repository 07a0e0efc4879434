/** The small test desk (desk-content.ts) without HTTP, and mails that come to it. Its clock stands until it is set. */
import { randomUUID } from 'node:crypto';
import type { Entry, Ticket } from '#shared/domain/model.ts';
import { openDatabase } from '../../../../server/db/database.ts';
import { deskCache } from '../../../../server/db/desk.ts';
import { openFileFolder } from '../../../../server/files/folder.ts';
import { carryOut } from '../../../../server/mail/inbound/carry-out.ts';
import { type InboundServices, takeIn } from '../../../../server/mail/inbound/take-in.ts';
import { addressWithCode, newReplyCode, replyCodeHash } from '../../../../server/mail/reply-code.ts';
import { pushOperation } from '../../../../server/operations/push.ts';
import { readSettings } from '../../../../server/settings.ts';
import { fillDesk, openInput, operationOf } from '../../desk-content.ts';
import { newStorage } from '../../storage.ts';
import { SERVICE } from './letters.ts';

export const NOON = Date.parse('2026-05-04T10:00:00.000Z');

export async function postOffice(env: Record<string, string> = {}) {
  const storage = await newStorage();
  const settings = readSettings({ ...storage.env, MAIL_REPLY_TO: SERVICE, MAX_FILE_MIB: '1', ...env });
  let now = NOON;
  const clock = () => new Date(now);
  const database = await openDatabase({ ...storage, clock });
  const services: InboundServices = { database, desk: deskCache(), files: openFileFolder(storage.dataDir), clock, settings };
  await database.write((tx) => fillDesk(tx, 'nobody signs in'));

  async function must(personId: string, name: string, ticketId: string, input: Record<string, unknown> = {}): Promise<void> {
    const at = clock().toISOString();
    const operation = operationOf(name, ticketId, input, { madeAt: at, occurredAt: at });
    const outcome = await pushOperation(services, { personId, seenSeq: 0 }, operation);
    if (outcome.status !== 'applied') throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  }
  const row = (table: 'inbound_mail') => database.read((db) => db.selectFrom(table).selectAll().orderBy('received_at').execute());
  return {
    services,
    dataDir: storage.dataDir,
    must,
    setClock: (minutes: number) => {
      now = NOON + minutes * 60_000;
    },
    open: async (personId = 'farid'): Promise<string> => {
      const ticketId = randomUUID();
      await must(personId, 'open', ticketId, openInput(personId));
      return ticketId;
    },
    /** The address that this person answers to about this ticket. */
    replyAddress: async (personId: string, ticketId: string): Promise<string> => {
      const code = newReplyCode();
      const values = { hash: replyCodeHash(code), person_id: personId, ticket_id: ticketId, created_at: clock().toISOString() };
      await database.write((tx) => tx.insertInto('reply_code').values(values).execute());
      return addressWithCode(code, SERVICE);
    },
    /** A mail as the job takes it, without a mailbox; what became of it. */
    receive: async (raw: Uint8Array, receivedAt = clock()) => {
      const { id, state } = await takeIn(services, { raw, isWhole: true, receivedAt });
      if (state === 'taken') await carryOut(services, id);
      return (await row('inbound_mail')).find((one) => one.id === id);
    },
    mails: () => row('inbound_mail'),
    ticket: async (id: string): Promise<Ticket> => {
      const { doc } = await database.read((db) => db.selectFrom('ticket').select('doc').where('id', '=', id).executeTakeFirstOrThrow());
      return JSON.parse(doc) as Ticket;
    },
    /** Notes and files, as "farid public: text" and "farid public: name size". */
    lines: async (ticketId: string): Promise<string[]> => {
      const rows = await database.read((db) =>
        db.selectFrom('entry').select('doc').where('ticket_id', '=', ticketId).orderBy('at').orderBy('id').execute(),
      );
      return rows.flatMap(({ doc }) => {
        const entry = JSON.parse(doc) as Entry;
        const who = `${entry.authorId} ${entry.visibility}`;
        if (entry.kind === 'noted') return [`${who}: ${entry.data.text}`];
        if (entry.kind === 'attached' && entry.data.attachment.kind === 'file') {
          const { name, size, type } = entry.data.attachment;
          return [`${who}: ${name} ${size} ${type}`];
        }
        return [];
      });
    },
    tickets: async (): Promise<Ticket[]> => {
      const rows = await database.read((db) => db.selectFrom('ticket').select('doc').execute());
      return rows.map(({ doc }) => JSON.parse(doc) as Ticket);
    },
    close: async () => {
      await database.close();
      await storage.remove();
    },
  };
}
export type PostOffice = Awaited<ReturnType<typeof postOffice>>;
