/** The mailbox: whatever lies in it is handed on, and what was taken is moved to a folder beside it. */
import { type FetchMessageObject, ImapFlow } from 'imapflow';
import { isLoopback } from '../../settings.ts';
import type { ImapAddress } from './imap-address.ts';
import type { Delivery } from './take-in.ts';

/** What was taken is kept in this folder, for people. */
const DONE = ['Guichet', 'Done'];
/** Of a mail that is too large: enough for its head. */
const BEGINNING_BYTES = 64 * 1024;
const CONNECT_MS = 20_000;

/** It cannot be reached, or not be read. Says nothing of the address: there is a password in it. */
export class MailboxError extends Error {
  constructor(error: unknown) {
    const { responseText, code, message } = error as { responseText?: string; code?: string; message?: string };
    super(`The mailbox cannot be read: ${[message, code, responseText].filter((one) => one !== undefined).join('; ')}`);
    this.name = 'MailboxError';
  }
}

/**
 * One visit: hands on every mail, also those that somebody has looked at, and moves it away once `take` is through with it. One that `take`
 * fails on stays, and holds up no other. @throws MailboxError, AggregateError of what `take` threw
 */
export async function emptyMailbox(
  address: ImapAddress,
  mostBytes: number,
  take: (delivery: Delivery) => Promise<unknown>,
  stopping: AbortSignal,
): Promise<void> {
  const client = new ImapFlow({
    host: address.host,
    port: address.port,
    secure: address.secure,
    doSTARTTLS: !address.secure && !isLoopback(address.host),
    auth: { user: address.user, pass: address.password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: 2 * CONNECT_MS,
    maxLiteralSize: mostBytes + BEGINNING_BYTES,
  });
  // Whoever waits for an answer is told by it; without a listener it would end the process.
  client.on('error', () => undefined);
  const close = () => client.close();
  stopping.addEventListener('abort', close);
  const failures: unknown[] = [];
  try {
    await client.connect();
    await client.mailboxCreate(DONE);
    await client.mailboxOpen(address.mailbox);
    const uids = (await client.search({ all: true }, { uid: true })) || [];
    for (const uid of uids) {
      if (stopping.aborted) return;
      const delivery = await deliveryOf(client, uid, mostBytes);
      if (!delivery) continue;
      try {
        await take(delivery);
      } catch (error) {
        failures.push(error);
        continue;
      }
      if (!(await client.messageMove(String(uid), DONE, { uid: true }))) throw new Error('a mail could not be moved away');
    }
    await client.logout();
  } catch (error) {
    if (!stopping.aborted) throw new MailboxError(error);
  } finally {
    stopping.removeEventListener('abort', close);
    client.close();
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} mails could not be taken in`);
}

/** Undefined: it has gone meanwhile. */
async function deliveryOf(client: ImapFlow, uid: number, mostBytes: number): Promise<Delivery | undefined> {
  const fetch = (query: Parameters<ImapFlow['fetchOne']>[1]): Promise<FetchMessageObject | false> =>
    client.fetchOne(String(uid), query, { uid: true });
  const found = await fetch({ size: true, internalDate: true });
  if (!found) return undefined;
  const isWhole = (found.size ?? 0) <= mostBytes;
  const fetched = await fetch({ source: isWhole || { maxLength: BEGINNING_BYTES } });
  if (!fetched || fetched.source === undefined) return undefined;
  return { raw: fetched.source, isWhole, receivedAt: new Date(found.internalDate ?? Date.now()) };
}
