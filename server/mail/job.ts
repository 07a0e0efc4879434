/**
 * Sends queued mails once they may leave: one after the other, each noted before the next one is taken, so that a crash leaves at most one
 * of which nobody knows whether it left (docs/decisions/0023).
 */
import { appendAudit } from '../db/audit.ts';
import { messageOf } from './message.ts';
import { type Post, UndeliveredError } from './post.ts';
import { isGivenUp, retryDelayMs } from './retry.ts';
import { type Taken, type TakeServices, takeMail } from './take.ts';

export const MAILS_EVERY_MS = 1_000;
const AT_ONCE = 50;

export interface MailServices extends TakeServices {
  post: Post;
  clock: () => Date;
  /** From 0 to 1. */
  chance: () => number;
  /** No further letter is begun. */
  isClosing: () => boolean;
}

/**
 * One round. Returns how many mails left. A failure leaves the letter for a later round, and holds up no other: when there is nobody to give
 * letters to the round ends, and the next one begins with another letter.
 * @throws AggregateError of what failed, without secrets and without the letters
 */
export async function sendDueMails(services: MailServices): Promise<number> {
  const failures: UndeliveredError[] = [];
  let sent = 0;
  for (const { id, ticket_id } of await dueMails(services)) {
    if (services.isClosing()) break;
    const taken = await takeMail(services, id, ticket_id);
    if (taken === undefined) continue;
    const failure = await send(services, taken);
    if (failure === undefined) {
      sent += 1;
      continue;
    }
    failures.push(failure);
    if (failure.isLineDown) break;
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join('; '));
  return sent;
}

/** Also those that a crash left half way. */
function dueMails({ database, clock }: MailServices) {
  return database.read((db) =>
    db
      .selectFrom('mail')
      .select(['id', 'ticket_id'])
      .where('state', 'in', ['queued', 'leaving'])
      .where('due_at', '<=', clock().toISOString())
      .orderBy('due_at')
      .limit(AT_ONCE)
      .execute(),
  );
}

async function send(services: MailServices, { letter, attempts }: Taken): Promise<UndeliveredError | undefined> {
  const { post, settings, clock } = services;
  const at = clock();
  try {
    await post.send(letter.id, messageOf(letter, settings, at));
  } catch (error) {
    const failure = error instanceof UndeliveredError ? error : new UndeliveredError('unavailable', false, String(error));
    await noteFailure(services, letter.id, attempts + 1, failure);
    return new UndeliveredError(failure.failure, failure.isLineDown, `mail ${letter.id}, try ${attempts + 1}: ${failure.message}`);
  }
  await services.database.write((tx) =>
    tx.updateTable('mail').set({ state: 'sent', sent_at: at.toISOString() }).where('id', '=', letter.id).execute(),
  );
  return undefined;
}

async function noteFailure({ database, chance }: MailServices, id: string, attempts: number, { failure, message }: UndeliveredError) {
  await database.write(async (tx) => {
    const givenUp = isGivenUp(failure, attempts);
    const due_at = new Date(tx.now.getTime() + retryDelayMs(attempts, chance())).toISOString();
    await tx
      .updateTable('mail')
      .set({ attempts, due_at, ...(givenUp && { state: 'failed' as const }) })
      .where('id', '=', id)
      .execute();
    if (givenUp) await appendAudit(tx, null, 'mail_given_up', { mail: id, attempts, why: message });
  });
}
