/** A mail as far as it can be read: where its content cannot, its head says who wrote to whom. */
import { type InboundMail, parseMail, sha256 } from './parse.ts';

export interface ReadMail {
  mail: InboundMail;
  /** Why there is no more than its head. */
  unread: 'too_large' | 'unreadable' | null;
}

/** `isWhole` false: `raw` is only its beginning. */
export async function readMail(raw: Uint8Array, isWhole: boolean): Promise<ReadMail> {
  const whole = isWhole ? await parseMail(raw) : undefined;
  if (whole) return { mail: whole, unread: null };
  const head = (await parseMail(headOf(raw))) ?? blank(raw);
  // What nobody here could read somebody may still look at elsewhere.
  const files = isWhole ? [{ name: 'message.eml', bytes: raw }] : [];
  return { mail: { ...head, text: '', files }, unread: isWhole ? 'unreadable' : 'too_large' };
}

function headOf(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const ends = ['\r\n\r\n', '\n\n'].map((end) => bytes.indexOf(end)).filter((at) => at >= 0);
  return bytes.subarray(0, ends.length === 0 ? raw.length : Math.min(...ends));
}

function blank(raw: Uint8Array): InboundMail {
  return { messageId: null, from: null, to: [], subject: '', text: '', files: [], headers: new Map(), authentication: [], id: sha256(raw) };
}
