/**
 * What becomes of a mail. Two things count: the code in the address, which only the mail to its owner held, and the sender's address. Both are
 * asked for an answer; the sender's alone opens a ticket and does nothing else. What is in the text decides nothing.
 */
import type { QuarantineReason } from '#shared/contract/quarantine.ts';
import { msOf } from '#shared/domain/instant.ts';
import type { Person, Ticket } from '#shared/domain/model.ts';
import { isOwnMessageId } from '../message.ts';
import { passedDmarc } from './authentic.ts';
import { type Automatic, automaticKind, type OwnAddresses } from './automatic.ts';
import type { InboundMail } from './parse.ts';

export interface Facts extends OwnAddresses {
  now: Date;
  /** The host whose word on where a mail is from is asked for; null: nobody's. */
  authHost: string | null;
  /** Whose each known code among the recipients is; undefined: no longer there. */
  codes: readonly { person: Person | undefined; ticket: Ticket | undefined }[];
  /** Everybody with the sender's address. */
  senders: readonly Person[];
  /** Mails of this sender that were taken within the last hour. */
  recent: number;
}

export type Verdict =
  | { kind: 'note'; person: Person; ticket: Ticket }
  /** `siteId`: the person's. */
  | { kind: 'open'; person: Person; siteId: string }
  | { kind: 'quarantine'; why: QuarantineReason; personId: string | null; ticketId: string | null }
  | { kind: 'drop'; why: Automatic };

/** More is a program that answers a program, whatever its headers say. */
export const MOST_AN_HOUR = 20;
/** As long as a ticket can be opened again. */
const CLOSED_LONG_MS = 30 * 24 * 3_600_000;
const TICKET_NUMBER = /\[[ID]-\d{4}-\d{6}\]/;

/** `unread`: why its content is not known; its head is judged all the same, so that no bounce waits for anybody. */
export function judge(mail: InboundMail, facts: Facts, unread: 'too_large' | 'unreadable' | null): Verdict {
  const automatic = automaticKind(mail, facts);
  if (automatic !== undefined) return { kind: 'drop', why: automatic };
  const { from } = mail;
  const coded = facts.codes.find(({ person }) => from !== null && hasAddress(person, from.address)) ?? facts.codes[0];
  const [sender] = facts.senders;
  const wait = (why: QuarantineReason): Verdict => {
    const personId = (coded ? coded.person?.id : facts.senders.length === 1 ? sender?.id : null) ?? null;
    return { kind: 'quarantine', why, personId, ticketId: coded?.ticket?.id ?? null };
  };
  if (unread !== null) return wait(unread);
  if (from === null) return wait('sender_unclear');
  if (mail.text === '' && mail.files.length === 0 && (coded || mail.subject === '')) return wait('empty');
  if (facts.authHost !== null && !passedDmarc(mail.authentication, facts.authHost)) return wait('not_authenticated');
  if (facts.recent >= MOST_AN_HOUR) return wait('too_many');

  if (coded) {
    const { person, ticket } = coded;
    if (!person || !ticket) return wait('unknown_code');
    if (!person.active) return wait('inactive');
    if (!hasAddress(person, from.address)) return wait('wrong_sender');
    return endedLongAgo(ticket, facts.now) ? wait('closed') : { kind: 'note', person, ticket };
  }
  if (mail.to.some((address) => hasPlus(address, facts.serviceAddress))) return wait('unknown_code');
  if (isAnswer(mail, facts.mailFrom)) return wait('answer_without_code');
  if (!mail.to.includes(facts.serviceAddress)) return wait('not_addressed');
  if (!sender) return wait('unknown_sender');
  if (facts.senders.length > 1) return wait('ambiguous_sender');
  if (!sender.active) return wait('inactive');
  return sender.siteId === null ? wait('no_site') : { kind: 'open', person: sender, siteId: sender.siteId };
}

export function hasAddress(person: Person | undefined, address: string): boolean {
  return person?.email?.trim().toLowerCase() === address;
}

function endedLongAgo({ phase, closedAt, updatedAt }: Ticket, now: Date): boolean {
  if (phase !== 'closed' && phase !== 'cancelled') return false;
  return now.getTime() - msOf(closedAt ?? updatedAt) > CLOSED_LONG_MS;
}

/** "support+anything@…": an address of an answer, whatever its code is worth. */
function hasPlus(address: string, serviceAddress: string): boolean {
  const at = serviceAddress.lastIndexOf('@');
  return address.startsWith(`${serviceAddress.slice(0, at)}+`) && address.endsWith(serviceAddress.slice(at));
}

/** To a mail of ours, or about a ticket by its number: a ticket of its own would hide it from whoever works on that one. */
function isAnswer({ headers, subject }: InboundMail, mailFrom: string): boolean {
  const references = `${headers.get('in-reply-to') ?? ''} ${headers.get('references') ?? ''}`.split(' ');
  return references.some((one) => isOwnMessageId(one, mailFrom)) || TICKET_NUMBER.test(subject);
}
