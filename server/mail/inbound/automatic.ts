/** What no person wrote: it neither becomes a note nor opens a ticket, and nobody is asked to look at it. */
import { isOwnMessageId } from '../message.ts';
import type { InboundMail } from './parse.ts';

export type Automatic = 'own' | 'bounce' | 'auto_reply' | 'loop';

const DAEMON = /^(mailer-daemon|postmaster|mail-daemon|double-bounce)@/;
/**
 * The last net, for programs that say nothing of themselves in the headers: they put these before the subject that they answer, or have no other.
 */
const ABSENT =
  /^\s*(réponse automatique|absen(ce|t|te) du bureau|message d['’]absence|notification d['’]absence|automatic reply|auto(matic)?[- ]?reply|out of (the )?office( auto-?reply)?|autoreply)\s*(:|$)/i;
/** What servers say when a mail came to nobody, where they forget to say it in a way that programs understand. */
const UNDELIVERED =
  /^\s*((undeliverable|non remis|mail delivery failed|returned mail)\s*:|undelivered mail returned to sender|delivery status notification \(|mail delivery failed$|failure notice$|échec de (la )?remise)/i;

/** Whom mails of ours come from and are answered at, in small letters. */
export interface OwnAddresses {
  serviceAddress: string;
  mailFrom: string;
}

/** Undefined: by all signs a person's. RFC 3834, section 2, and what programs do in its place. */
export function automaticKind(mail: InboundMail, { serviceAddress, mailFrom }: OwnAddresses): Automatic | undefined {
  const header = (name: string) => (mail.headers.get(name) ?? '').toLowerCase();
  const from = mail.from?.address ?? '';
  if (isOwnMessageId(mail.messageId ?? '', mailFrom) || from === serviceAddress || from === mailFrom) return 'own';
  const isReport = header('content-type').startsWith('multipart/report');
  const isReceipt = isReport && header('content-type').includes('disposition-notification');
  if ((isReport && !isReceipt) || DAEMON.test(from) || mail.headers.has('x-failed-recipients') || UNDELIVERED.test(mail.subject)) {
    return 'bounce';
  }
  if (isReceipt || !/^(no\b|$)/.test(header('auto-submitted')) || !/^(none|)$/.test(header('x-auto-response-suppress')))
    return 'auto_reply';
  if (mail.headers.has('x-autoreply') || mail.headers.has('x-autorespond') || ABSENT.test(mail.subject)) return 'auto_reply';
  // Who has no address to be answered at wants no answer.
  if (header('return-path') === '<>') return 'bounce';
  return /^(bulk|junk|list)\b/.test(header('precedence')) || mail.headers.has('x-loop') ? 'loop' : undefined;
}
