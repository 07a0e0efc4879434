/**
 * The code in the address that a mail is answered to (support+CODE@desk.example.org): whose the answer is, and about which ticket. Only the
 * mail knows it; the table `reply_code` keeps its hash.
 */
import { createHash, randomBytes } from 'node:crypto';

/** 80 bits. */
const CODE_BYTES = 10;
/** Base32 of RFC 4648 in small letters: mail servers change the case of addresses as they like, and nobody takes one sign for another. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const CODE = new RegExp(`^[${ALPHABET}]{16}$`);

export function newReplyCode(): string {
  const bits = BigInt(`0x${randomBytes(CODE_BYTES).toString('hex')}`);
  return Array.from({ length: (CODE_BYTES * 8) / 5 }, (_, index) => ALPHABET[Number((bits >> BigInt(index * 5)) & 31n)]).join('');
}

/** As it is in the table. */
export function replyCodeHash(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** `replyTo`: the setting, an address without a "+". */
export function addressWithCode(code: string, replyTo: string): string {
  const at = replyTo.lastIndexOf('@');
  return `${replyTo.slice(0, at)}+${code}${replyTo.slice(at)}`;
}

/** The code in an address (without a name) that mail came to; undefined: it is another address than `replyTo`, or carries no code. */
export function codeOfAddress(address: string, replyTo: string): string | undefined {
  const [own, given] = [replyTo.trim().toLowerCase(), address.trim().toLowerCase()];
  const at = own.lastIndexOf('@');
  const [before, after] = [`${own.slice(0, at)}+`, own.slice(at)];
  if (!given.startsWith(before) || !given.endsWith(after)) return undefined;
  const code = given.slice(before.length, given.length - after.length);
  return CODE.test(code) ? code : undefined;
}
