/** Reads the mailbox again and again, and does what was left undone. While the mailbox is away it is asked more and more rarely. */
import { carryOut, dropContent } from './carry-out.ts';
import type { ImapAddress } from './imap-address.ts';
import { emptyMailbox, MailboxError } from './mailbox.ts';
import { type Delivery, type InboundServices, takeIn } from './take-in.ts';

export const INBOUND_EVERY_MS = 30_000;
const MOST_WAITING_MS = 1_800_000;
/** Base64 makes a third more of a file; and a mail may carry several. */
const FILES_OF_A_MAIL = 2;
/** A technician's decision is carried out by his own request, unless that was cut off. */
const LEFT_UNDONE_MS = 60_000;
/** Of those that nobody waits for any more: so long one can ask what became of a mail. */
const KEPT_MS = 30 * 24 * 3_600_000;

export interface InboundJob {
  /** @throws AggregateError of everything that went wrong in this round */
  round(): Promise<void>;
  /** Lets go of the mailbox. */
  stop(): void;
}

export function inboundJob(services: InboundServices, address: ImapAddress): InboundJob {
  const stopping = new AbortController();
  let failures = 0;
  let notBefore = 0;
  const visit = async () => {
    if (services.clock().getTime() < notBefore) return;
    try {
      await readMailbox(services, address, stopping.signal);
      failures = 0;
    } catch (error) {
      if (error instanceof MailboxError) {
        notBefore = services.clock().getTime() + Math.min(INBOUND_EVERY_MS * 2 ** failures, MOST_WAITING_MS);
        failures += 1;
      }
      throw error;
    }
  };
  return {
    round: async () => {
      await allOf([() => finishLeftUndone(services), () => forgetMails(services), visit]);
    },
    stop: () => stopping.abort(),
  };
}

/** One visit: every mail in it becomes a row, and what follows from it is done. @throws MailboxError, AggregateError */
export function readMailbox(services: InboundServices, address: ImapAddress, stopping = new AbortController().signal): Promise<void> {
  const mostBytes = FILES_OF_A_MAIL * Math.ceil((services.settings.maxFileBytes * 4) / 3);
  return emptyMailbox(address, mostBytes, (delivery) => takeMail(services, delivery), stopping);
}

async function takeMail(services: InboundServices, delivery: Delivery): Promise<void> {
  const { id, state } = await takeIn(services, delivery);
  if (state === 'taken') await carryOut(services, id);
}

/** What a crash or a full disk left half done. */
async function finishLeftUndone(services: InboundServices): Promise<void> {
  const since = new Date(services.clock().getTime() - LEFT_UNDONE_MS).toISOString();
  const rows = await services.database.read((db) =>
    db
      .selectFrom('inbound_mail')
      .select('id')
      .where('state', '=', 'taken')
      .where((e) => e.or([e('handled_at', 'is', null), e('handled_at', '<', since)]))
      .execute(),
  );
  await allOf(
    rows.map(
      ({ id }) =>
        () =>
          carryOut(services, id),
    ),
  );
}

/** One after the other; one that fails holds up no other. @throws AggregateError */
async function allOf(works: readonly (() => Promise<unknown>)[]): Promise<void> {
  const wrong: unknown[] = [];
  for (const work of works) await work().catch((error) => wrong.push(error));
  if (wrong.length > 0) throw new AggregateError(wrong, wrong.map(String).join('; '));
}

async function forgetMails(services: InboundServices): Promise<void> {
  const { database, clock } = services;
  const ended = ['noted', 'opened', 'discarded', 'dropped'] as const;
  const left = await database.read((db) =>
    db.selectFrom('inbound_mail').select(['id', 'stored_as']).where('state', 'in', ended).where('stored_as', 'is not', null).execute(),
  );
  for (const { id, stored_as } of left) if (stored_as !== null) await dropContent(services, id, stored_as);
  const before = new Date(clock().getTime() - KEPT_MS).toISOString();
  const old = await database.read((db) =>
    db.selectFrom('inbound_mail').select('id').where('state', 'in', ended).where('changed_at', '<', before).limit(100).execute(),
  );
  if (old.length === 0) return;
  const ids = old.map(({ id }) => id);
  await database.write((tx) => tx.deleteFrom('inbound_mail').where('id', 'in', ids).execute());
}
