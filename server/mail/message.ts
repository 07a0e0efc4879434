/** A letter as mail programs read it: who from, who to, its thread, its words twice. */
import { createHash } from 'node:crypto';
import type { Options } from 'nodemailer/lib/mailer/index.js';
import type { ServerSettings } from '../settings.ts';
import { asHtml } from './as-html.ts';
import { asText } from './as-text.ts';
import type { Draft, Occasion } from './draft.ts';
import { oneLine, subjectOf } from './phrases.ts';
import { addressWithCode } from './reply-code.ts';

export interface Letter {
  /** Of its row: the same at each try, and so is its Message-ID. */
  id: string;
  address: string;
  draft: Draft;
  occasion: Occasion;
  /** Null: its answers are not read. */
  replyCode: string | null;
}

export function messageOf({ id, address, draft, occasion, replyCode }: Letter, settings: ServerSettings, at: Date): Options {
  const { mailFrom, mailReplyTo } = settings;
  const nameOf = (what: string) => `<guichet.${createHash('sha256').update(what).digest('hex').slice(0, 32)}@${domainOf(mailFrom)}>`;
  // No mail has this name: what is about one ticket is one thread for its reader, whichever mail came first.
  const thread = nameOf(`ticket ${occasion.ticket.id}`);
  const service = oneLine(occasion.service);
  const subject = subjectOf(draft.head, occasion);
  return {
    envelope: { from: mailFrom, to: [address] },
    from: { name: service, address: mailFrom },
    to: { name: oneLine(occasion.person.name), address },
    ...(mailReplyTo !== null && replyCode !== null && { replyTo: { name: service, address: addressWithCode(replyCode, mailReplyTo) } }),
    subject,
    date: at,
    messageId: nameOf(`mail ${id}`),
    inReplyTo: thread,
    references: thread,
    // Nobody's holiday answers to a machine (RFC 3834); the second is Exchange's word for it.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    text: asText(draft, occasion),
    html: asHtml(draft, occasion, subject),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Whether a Message-ID, with its angle brackets, is of the form of ours: of a mail that came from `mailFrom`, or of a thread. */
export function isOwnMessageId(name: string, mailFrom: string): boolean {
  // Digits alone are also what servers of the same company call the mails of people.
  return /^<guichet\.[0-9a-f]{32}@/.test(name) && name.toLowerCase().endsWith(`@${domainOf(mailFrom)}>`.toLowerCase());
}
