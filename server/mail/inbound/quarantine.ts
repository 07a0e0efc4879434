/** Mails that wait for somebody: what technicians read of them, and what they decide. The first one wins. */
import { randomUUID } from 'node:crypto';
import type {
  QuarantineAction,
  QuarantineAnswer,
  QuarantinedMail,
  QuarantineList,
  QuarantineReason,
  QuarantineView,
} from '#shared/contract/quarantine.ts';
import { mayRead } from '#shared/domain/access.ts';
import type { Ticket } from '#shared/domain/model.ts';
import { nameOfPerson } from '#shared/domain/names.ts';
import type { Actor, Desk } from '#shared/domain/operation.ts';
import { appendAudit } from '../../db/audit.ts';
import type { ReadDb, WriteTx } from '../../db/database.ts';
import type { InboundMailTable } from '../../db/tables.ts';
import { carryOut, dropContent } from './carry-out.ts';
import { readContent } from './content.ts';
import type { InboundMail } from './parse.ts';
import { type Plan, plannedBy } from './plan.ts';
import { readMail } from './read.ts';
import type { InboundServices } from './take-in.ts';

const MOST_LISTED = 200;

/** Of each in the list; their texts, which may be long, are read one by one. */
const shown = ['id', 'received_at', 'sender', 'sender_name', 'subject', 'why', 'person_id', 'files'] as const;

export async function listMails({ database, clock }: InboundServices): Promise<QuarantineList> {
  const { rows, total } = await database.read(async (db) => {
    const waiting = db.selectFrom('inbound_mail').where('state', '=', 'quarantined');
    const found = await waiting.select(shown).orderBy('received_at', 'desc').orderBy('id').limit(MOST_LISTED).execute();
    return { rows: found, total: await countMails(db) };
  });
  return { mails: rows.map(mailOf), total, serverTime: clock().toISOString() };
}

/** How many wait, as a technician is told beside who is here. */
export async function countMails(db: ReadDb): Promise<number> {
  const { total } = await db
    .selectFrom('inbound_mail')
    .select((e) => e.fn.countAll<number | string>().as('total'))
    .where('state', '=', 'quarantined')
    .executeTakeFirstOrThrow();
  return Number(total);
}

/** Undefined: there is none, or none that ever waited for anybody. */
export async function viewMail({ database, desk }: InboundServices, actor: Actor, id: string): Promise<QuarantineView | undefined> {
  return database.read(async (db) => {
    const row = await everWaited(db, id);
    if (!row) return undefined;
    const ticket = row.ticket_id === null ? undefined : await storedTicket(db, row.ticket_id);
    const seen = ticket && mayRead(actor, ticket) !== 'none' ? { id: ticket.id, number: ticket.number, title: ticket.title } : null;
    return { mail: mailOf(row), text: row.text, ticket: seen, handled: handledOf(row, await desk.in(db)) };
  });
}

/** Undefined as above. */
export async function handleMail(
  services: InboundServices,
  actor: Actor,
  id: string,
  action: QuarantineAction,
): Promise<QuarantineAnswer | undefined> {
  const row = await services.database.read((db) => everWaited(db, id));
  if (!row) return undefined;
  // Of somebody whose request was cut off.
  if (row.state === 'taken') await carryOut(services, id);
  const mail = row.state === 'quarantined' && action.action !== 'discard' ? await contentOf(services, row) : undefined;
  const decided = await services.database.write(async (tx) => {
    await tx.lock(`mail ${id}`);
    const now = await everWaited(tx, id);
    if (!now) return undefined;
    const people = await services.desk.in(tx, tx.position);
    const handled = handledOf(now, people);
    if (handled) return { outcome: 'already_handled', handled } as const;
    if (action.action === 'discard') return discard(tx, actor, now);
    const technician = people.person(actor.id);
    // It was put back since it was looked at: looked at once more it is there.
    if (!mail || !technician) return undefined;
    if (action.action === 'note' && !(await isWholeFor(tx, actor, action.ticketId)))
      return { outcome: 'refused', refusal: { code: 'not_found' } } as const;
    const plan = plannedBy(technician, action, mail, `${id} ${randomUUID()}`, services.settings.maxFileBytes);
    await take(tx, actor, id, plan);
    return { outcome: 'done', ticketId: plan.ticketId } as const;
  });
  if (decided?.outcome !== 'done') return decided;
  if (decided.ticketId === null) {
    if (row.stored_as !== null) await dropContent(services, id, row.stored_as);
    return decided;
  }
  const refusal = await carryOut(services, id);
  return refusal ? { outcome: 'refused', refusal } : decided;
}

async function discard(tx: WriteTx, actor: Actor, { id, sender }: InboundMailTable): Promise<QuarantineAnswer> {
  const at = tx.now.toISOString();
  await tx
    .updateTable('inbound_mail')
    .set({ state: 'discarded', text: '', handled_by: actor.id, handled_at: at, changed_at: at })
    .where('id', '=', id)
    .execute();
  await appendAudit(tx, actor.id, 'mail_discarded', { mail: id, sender: sender ?? '' });
  return { outcome: 'done', ticketId: null };
}

/** From here on it is done, whatever becomes of the request. */
async function take(tx: WriteTx, actor: Actor, id: string, plan: Plan): Promise<void> {
  const at = tx.now.toISOString();
  await tx
    .updateTable('inbound_mail')
    .set({ state: 'taken', plan: JSON.stringify(plan), handled_by: actor.id, handled_at: at, changed_at: at })
    .where('id', '=', id)
    .execute();
}

function everWaited(db: ReadDb, id: string): Promise<InboundMailTable | undefined> {
  return db
    .selectFrom('inbound_mail')
    .selectAll()
    .where('id', '=', id)
    .where((e) => e.or([e('state', '=', 'quarantined'), e('handled_by', 'is not', null)]))
    .executeTakeFirst();
}

/** What a stranger wrote is for technicians of the ticket's team: whoever sees less of it would make it public. */
async function isWholeFor(tx: WriteTx, actor: Actor, ticketId: string): Promise<boolean> {
  const ticket = await storedTicket(tx, ticketId);
  return ticket !== undefined && mayRead(actor, ticket) === 'all';
}

async function storedTicket(db: ReadDb, id: string): Promise<Ticket | undefined> {
  const row = await db.selectFrom('ticket').select('doc').where('id', '=', id).executeTakeFirst();
  return row && (JSON.parse(row.doc) as Ticket);
}

/** As it came; without its content (which is gone when somebody else is done with it) what the row says. */
async function contentOf({ files }: InboundServices, row: InboundMailTable): Promise<InboundMail> {
  const raw = row.stored_as === null ? undefined : await readContent(files, row.stored_as);
  if (raw !== undefined) return (await readMail(raw, row.why !== 'too_large')).mail;
  const from = row.sender === null ? null : { name: row.sender_name, address: row.sender };
  const { id, message_id, subject, text } = row;
  return { id, messageId: message_id, from, to: [], subject, text, files: [], headers: new Map(), authentication: [] };
}

function mailOf(row: Pick<InboundMailTable, (typeof shown)[number]>): QuarantinedMail {
  return {
    id: row.id,
    receivedAt: row.received_at,
    from: row.sender === null ? null : { name: row.sender_name, address: row.sender },
    subject: row.subject,
    why: row.why as QuarantineReason,
    personId: row.person_id,
    files: JSON.parse(row.files),
  };
}

function handledOf({ state, plan, handled_by, handled_at }: InboundMailTable, desk: Desk): QuarantineView['handled'] {
  if (handled_by === null || handled_at === null) return null;
  const as = state === 'taken' ? asPlanned(plan) : state === 'opened' || state === 'discarded' ? state : 'noted';
  return { by: handled_by, byName: nameOfPerson(handled_by, desk), at: handled_at, as };
}

function asPlanned(plan: string | null): 'noted' | 'opened' {
  return plan !== null && (JSON.parse(plan) as Plan).operation?.name === 'open' ? 'opened' : 'noted';
}
