/** Sends queued mails once they may leave. Without SMTP each becomes an .eml file in the mail folder. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { Person, Resolution, Ticket } from '#shared/domain/model.ts';
import { nameOfPerson, nameOfTeam } from '#shared/domain/names.ts';
import type { GuichetDatabase, WriteTx } from '../db/database.ts';
import type { DeskCache, DeskSnapshot } from '../db/desk.ts';
import { holdTickets } from '../operations/work.ts';
import type { ServerSettings } from '../settings.ts';
import { type AlertMailFacts, alertMail } from './alert-mail.ts';
import { type ResolvedMailFacts, resolvedMail } from './resolved-mail.ts';

export const MAILS_EVERY_MS = 1_000;
const AT_ONCE = 50;

interface MailServices {
  settings: ServerSettings;
  database: GuichetDatabase;
  desk: DeskCache;
  clock: () => Date;
}
/** `facts`: what its text is made of; its reader apart, who may have left. */
interface Letter {
  id: string;
  person: Person | undefined;
  service: string;
  about: About;
}
type About =
  | { kind: 'resolved'; facts: Omit<ResolvedMailFacts, 'person' | 'service'> }
  | { kind: 'alert'; facts: Omit<AlertMailFacts, 'person' | 'service'> };

/**
 * Takes the mails that are due: from here on an undo comes too late. Those that a crash left half way are taken again, and
 * written over the same file: never two for one cause.
 */
async function takeDue({ database, desk, clock }: MailServices): Promise<Letter[]> {
  const now = clock().toISOString();
  const waiting = await database.read((db) =>
    db
      .selectFrom('mail')
      .select(['id', 'ticket_id'])
      .where((e) => e.or([e('state', '=', 'leaving'), e.and([e('state', '=', 'queued'), e('due_at', '<=', now)])]))
      .limit(AT_ONCE)
      .execute(),
  );
  if (waiting.length === 0) return [];
  const ids = waiting.map((row) => row.id);
  return database.write(async (tx) => {
    // An undo that looks whether its mail has left is either before this, and takes it back, or after it.
    await holdTickets(
      tx,
      waiting.map((row) => row.ticket_id),
    );
    await tx.updateTable('mail').set({ state: 'leaving' }).where('id', 'in', ids).where('state', '=', 'queued').execute();
    return readLetters(tx, await desk.in(tx, tx.position), ids);
  });
}

async function readLetters(tx: WriteTx, desk: DeskSnapshot, ids: readonly string[]): Promise<Letter[]> {
  const rows = await tx
    .selectFrom('mail')
    .innerJoin('ticket', 'ticket.id', 'mail.ticket_id')
    .leftJoin('resolution', 'resolution.id', 'mail.cause')
    .leftJoin('alert', (join) => join.onRef('alert.ticket_id', '=', 'mail.ticket_id').onRef('alert.key', '=', 'mail.cause'))
    .select([
      'mail.id',
      'mail.person_id',
      'ticket.doc as ticket',
      'resolution.doc as resolution',
      'alert.clock',
      'alert.mark',
      'alert.due_at',
    ])
    .where('mail.id', 'in', ids)
    .where('mail.state', '=', 'leaving')
    .execute();
  return rows.flatMap((row): Letter[] => {
    const ticket = JSON.parse(row.ticket) as Ticket;
    const person = desk.person(row.person_id);
    const letter = { id: row.id, person, service: desk.service()?.name ?? '' };
    if (row.resolution !== null)
      return [{ ...letter, about: { kind: 'resolved', facts: { ticket, resolution: JSON.parse(row.resolution) as Resolution } } }];
    if (row.clock === null || row.mark === null) return [];
    const facts = {
      ticket,
      clock: row.clock,
      mark: row.mark,
      dueAt: row.due_at,
      timeZone: desk.calendar(ticket.siteId).schedule.timeZone,
      siteName: desk.site(ticket.siteId)?.name ?? ticket.siteId,
      holderName: ticket.holderId === null ? null : nameOfPerson(ticket.holderId, desk),
      teamName: nameOfTeam(ticket.teamId, row.person_id, desk) ?? ticket.teamId,
    };
    return [{ ...letter, about: { kind: 'alert', facts } }];
  });
}

function messageOf({ about, service }: Letter, person: Person): { subject: string; text: string } {
  switch (about.kind) {
    case 'resolved':
      return resolvedMail({ ...about.facts, person, service });
    case 'alert':
      return alertMail({ ...about.facts, person, service });
  }
}

async function writeLetter(settings: ServerSettings, letter: Letter, at: Date): Promise<void> {
  // He may have left since it was queued.
  if (!letter.person?.email || !letter.person.active) return;
  const message = messageOf(letter, letter.person);
  const composed = new MailComposer({
    ...message,
    from: { name: letter.service || settings.serviceName, address: 'guichet@localhost' },
    to: { name: letter.person.name, address: letter.person.email },
    date: at,
    messageId: `<${letter.id}@guichet>`,
  }).compile();
  await mkdir(settings.mailDir, { recursive: true, mode: 0o700 });
  const file = join(settings.mailDir, `${letter.id.replace(/[^A-Za-z0-9._-]/g, '_')}.eml`);
  await writeFile(`${file}.part`, await composed.build(), { flush: true, mode: 0o600 });
  await rename(`${file}.part`, file);
}

/** One round: takes what is due, writes it, notes it. Returns how many left. A failure (disk full) leaves them for the next round. */
export async function sendDueMails(services: MailServices): Promise<number> {
  const letters = await takeDue(services);
  const failures: unknown[] = [];
  for (const letter of letters) {
    const at = services.clock();
    try {
      await writeLetter(services.settings, letter, at);
    } catch (error) {
      // One letter that cannot be written holds up no other; its next round comes.
      failures.push(error);
      continue;
    }
    await services.database.write((tx) =>
      tx.updateTable('mail').set({ state: 'sent', sent_at: at.toISOString() }).where('id', '=', letter.id).execute(),
    );
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${letters.length} mails could not be written`);
  return letters.length;
}
