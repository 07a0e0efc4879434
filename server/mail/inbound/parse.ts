/** A mail as it came over the network, made into a plain value. Whatever it is made of, nothing but text and bytes comes out. */
import { createHash } from 'node:crypto';
import { type Attachment, type EmailAddress, type ParsedMail, simpleParser } from 'mailparser';
import { cleanFileName } from '#shared/domain/file-name.ts';
import { cleanText, oneLine } from './plain-text.ts';

export interface MailFile {
  /** Fit for an upload. */
  name: string;
  bytes: Uint8Array;
}
export interface InboundMail {
  /** With its angle brackets. */
  messageId: string | null;
  /** Null: nobody, more than one, or an address that is not what it looks like: nobody can say then whose it is. The address in small letters. */
  from: { name: string; address: string } | null;
  /** Whom it was sent to, by what the mail and the server that took it say; in small letters. */
  to: readonly string[];
  /** One line. */
  subject: string;
  /** All of its text; an HTML mail's as text. */
  text: string;
  files: readonly MailFile[];
  /** Those by which programs know each other (`marking`), by their names in small letters; of several of one name the first. */
  headers: ReadonlyMap<string, string>;
  /** What servers say of where it is from (`passedDmarc`), the topmost first. */
  authentication: readonly string[];
  /** What it is told apart by from every other mail; the same when it is delivered twice. */
  id: string;
}

const marking = [
  'auto-submitted',
  'content-type',
  'in-reply-to',
  'precedence',
  'references',
  'return-path',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'x-failed-recipients',
  'x-loop',
];
const addressed = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to'];
/** Nobody writes by hand so many parts, or so much HTML. */
const MOST_PARTS = 300;
const MOST_HTML = 1_000_000;
const LONGEST_SUBJECT = 500;
const LONGEST_ADDRESS = 320;
/** Smaller pictures within the text are the ornaments of a signature; a pasted screenshot is never so small. */
const ORNAMENT_BYTES = 8 * 1024;

/** Undefined: it is no mail, or made so that reading it would cost too much. */
export async function parseMail(raw: Uint8Array): Promise<InboundMail | undefined> {
  try {
    const parsed = await simpleParser(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
      // A mail within a mail is a file.
      ignoreEmbedded: true,
      keepCidLinks: true,
      skipTextToHtml: true,
      checksumAlgo: false,
      maxChildNodes: MOST_PARTS,
      maxHtmlLengthToParse: MOST_HTML,
    });
    // HTML that cannot be read as text would be a mail without words.
    if (parsed.textConversionError && !parsed.text?.trim()) return undefined;
    return mailOf(parsed, raw);
  } catch {
    return undefined;
  }
}

function mailOf(parsed: ParsedMail, raw: Uint8Array): InboundMail {
  const lines = parsed.headerLines.map(({ key, line }) => ({ key, value: oneLine(line.slice(line.indexOf(':') + 1)) }));
  const headers = new Map<string, string>();
  for (const { key, value } of lines) if (marking.includes(key) && !headers.has(key)) headers.set(key, value);
  const senders = flat(parsed.from?.value ?? []);
  const [sender] = senders;
  const isClear = senders.length === 1 && lines.filter(({ key }) => key === 'from').length === 1;
  const from = sender && isClear && isPlain(sender.address) ? { name: oneLine(sender.name).slice(0, 200), address: sender.address } : null;
  const messageId = parsed.messageId === undefined ? null : oneLine(parsed.messageId).slice(0, 500);
  const date = lines.find(({ key }) => key === 'date')?.value ?? '';
  return {
    messageId,
    from,
    to: recipientsOf(parsed, lines),
    subject: oneLine(parsed.subject ?? '').slice(0, LONGEST_SUBJECT),
    text: cleanText(parsed.text ?? ''),
    files: parsed.attachments.filter((one) => !isOrnament(one)).flatMap(fileOf),
    headers,
    authentication: lines.filter(({ key }) => key === 'authentication-results').map(({ value }) => value),
    // Delivered twice it has other headers of its ways, and these.
    id: messageId === null ? sha256(raw) : sha256(JSON.stringify([messageId, from?.address ?? '', date])),
  };
}

/** The id of what could not be read. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function recipientsOf(parsed: ParsedMail, lines: readonly { key: string; value: string }[]): string[] {
  const written = [parsed.to, parsed.cc].flat().flatMap((one) => flat(one?.value ?? []).map(({ address }) => address));
  // What the server that took it wrote has no names in it.
  const delivered = lines
    .filter(({ key }) => addressed.includes(key))
    // Split, not searched: a word of a megabyte without an @ would be looked through from each of its letters.
    .flatMap(({ value }) => value.split(/[\s<>,;:"]+/).filter((word) => /.@./.test(word)));
  return [...new Set([...written, ...delivered.map((one) => one.toLowerCase())])];
}

function flat(addresses: readonly EmailAddress[]): { name: string; address: string }[] {
  return addresses.flatMap(({ name, address, group }) => {
    if (group) return flat(group);
    return address ? [{ name, address: address.trim().toLowerCase() }] : [];
  });
}

/** One that a technician reads as it is, and that mail servers carry (RFC 5321, 4.5.3.1). */
function isPlain(address: string): boolean {
  return address.length <= LONGEST_ADDRESS && oneLine(address) === address;
}

function isOrnament({ related, contentType, size }: Attachment): boolean {
  return related === true && contentType.startsWith('image/') && size < ORNAMENT_BYTES;
}

function fileOf({ filename, content, contentType }: Attachment, index: number): MailFile[] {
  if (content.length === 0) return [];
  const ending = endings[contentType];
  const unnamed = `${contentType === 'message/rfc822' ? 'message' : 'file'}-${index + 1}${ending === undefined ? '' : `.${ending}`}`;
  return [{ name: cleanFileName(filename ?? '', unnamed), bytes: content }];
}
const endings: Record<string, string> = {
  'message/rfc822': 'eml',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'text/calendar': 'ics',
  'application/pdf': 'pdf',
};
