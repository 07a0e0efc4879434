/** From here on a mail is a row, and the mailbox is not needed any more: judged once, by what held when it was read. */
import { DISPATCH_TEAM, type Person, type Ticket } from '#shared/domain/model.ts';
import type { ReadDb } from '../../db/database.ts';
import type { DeskSnapshot } from '../../db/desk.ts';
import type { InboundMailTable } from '../../db/tables.ts';
import type { Services } from '../../http/services.ts';
import { codeOfAddress, replyCodeHash } from '../reply-code.ts';
import { storeContent } from './content.ts';
import { type Facts, hasAddress, judge } from './judge.ts';
import type { InboundMail } from './parse.ts';
import { cutText } from './plain-text.ts';
import { type Plan, planOf } from './plan.ts';
import { readMail } from './read.ts';

export type InboundServices = Pick<Services, 'database' | 'desk' | 'files' | 'clock' | 'settings'>;

const LONGEST_STORED = 100_000;
const HOUR_MS = 3_600_000;

/** A mail as the mailbox has it. */
export interface Delivery {
  raw: Uint8Array;
  /** False: it is larger than is taken, and this its beginning. */
  isWhole: boolean;
  /** When the mailbox got it. */
  receivedAt: Date;
}

/** The mail's id and what its row says; again with the same mail it changes nothing. */
export async function takeIn(services: InboundServices, delivery: Delivery): Promise<Pick<InboundMailTable, 'id' | 'state'>> {
  const { database, desk, clock, settings } = services;
  const { mail, unread } = await readMail(delivery.raw, delivery.isWhole);
  const now = clock();
  const own = {
    serviceAddress: settings.mailReplyTo?.toLowerCase() ?? '',
    mailFrom: settings.mailFrom.toLowerCase(),
    authHost: settings.mailAuthHost,
    now,
  };
  const found = await database.read(async (db) => {
    const known = await db.selectFrom('inbound_mail').select(['id', 'state']).where('id', '=', mail.id).executeTakeFirst();
    if (known) return known;
    const people = await desk.in(db);
    return { facts: await factsOf(db, people, mail, own), people };
  });
  if (!('facts' in found)) return found;

  const verdict = judge(mail, found.facts, unread);
  const at = now.toISOString();
  const row: InboundMailTable = {
    id: mail.id,
    message_id: mail.messageId,
    sender: mail.from?.address ?? null,
    sender_name: '',
    subject: '',
    text: '',
    files: '[]',
    received_at: delivery.receivedAt < now ? delivery.receivedAt.toISOString() : at,
    state: 'dropped',
    why: null,
    ticket_id: null,
    person_id: null,
    plan: null,
    stored_as: null,
    handled_by: null,
    handled_at: null,
    changed_at: at,
  };
  if (verdict.kind === 'drop') return put(services, { ...row, why: verdict.why });

  const content = {
    sender_name: mail.from?.name ?? '',
    subject: mail.subject,
    files: JSON.stringify(mail.files.map(({ name, bytes }) => ({ name, size: bytes.length }))),
    text: cutText(mail.text, LONGEST_STORED),
    stored_as: await storeContent(services.files, mail.id, delivery.raw),
  };
  if (verdict.kind === 'quarantine') {
    const { why, personId, ticketId } = verdict;
    return put(services, { ...row, ...content, state: 'quarantined', why, person_id: personId, ticket_id: ticketId });
  }
  const categoryId = verdict.kind === 'open' ? categoryOfMails(found.people, verdict.siteId) : '';
  const plan: Plan = planOf(verdict, mail, { maxFileBytes: settings.maxFileBytes, categoryId });
  return put(services, {
    ...row,
    ...content,
    state: 'taken',
    person_id: plan.authorId,
    ticket_id: plan.ticketId,
    plan: JSON.stringify(plan),
  });
}

async function put({ database }: InboundServices, row: InboundMailTable): Promise<Pick<InboundMailTable, 'id' | 'state'>> {
  await database.write((tx) =>
    tx
      .insertInto('inbound_mail')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  return { id: row.id, state: row.state };
}

async function factsOf(
  db: ReadDb,
  desk: DeskSnapshot,
  mail: InboundMail,
  own: Pick<Facts, 'serviceAddress' | 'mailFrom' | 'authHost' | 'now'>,
): Promise<Facts> {
  const hashes = mail.to.flatMap((address) => codeOfAddress(address, own.serviceAddress) ?? []).map(replyCodeHash);
  const codes: { person: Person | undefined; ticket: Ticket | undefined }[] = [];
  for (const hash of hashes) {
    const code = await db
      .selectFrom('reply_code')
      .leftJoin('ticket', 'ticket.id', 'reply_code.ticket_id')
      .select(['reply_code.person_id', 'ticket.doc'])
      .where('reply_code.hash', '=', hash)
      .executeTakeFirst();
    if (!code) continue;
    codes.push({ person: desk.person(code.person_id), ticket: code.doc === null ? undefined : (JSON.parse(code.doc) as Ticket) });
  }
  const address = mail.from?.address;
  const senders = address === undefined ? [] : [...desk.rows('person').values()].filter((person) => hasAddress(person, address));
  return { ...own, codes, senders, recent: await recentOf(db, address, own.now) };
}

async function recentOf(db: ReadDb, address: string | undefined, now: Date): Promise<number> {
  if (address === undefined) return 0;
  const row = await db
    .selectFrom('inbound_mail')
    .select((e) => e.fn.countAll<number | string>().as('mails'))
    .where('sender', '=', address)
    .where('state', 'in', ['taken', 'noted', 'opened'])
    .where('handled_by', 'is', null)
    .where('changed_at', '>', new Date(now.getTime() - HOUR_MS).toISOString())
    .executeTakeFirst();
  return Number(row?.mails ?? 0);
}

/** The first that no route takes away from those who sort: a mail says nothing of its category. */
function categoryOfMails(desk: DeskSnapshot, siteId: string): string {
  const ids = [...desk.rows('category').keys()];
  return ids.find((id) => desk.route(id, siteId) === DISPATCH_TEAM) ?? ids[0] ?? '';
}
