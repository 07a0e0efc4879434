/** Passwords as Argon2id strings ("$argon2id$v=19$m=…,t=…,p=…$salt$hash"), so that the cost can grow later. */
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** OWASP's second recommendation for Argon2id: 19 MiB, 2 passes, 1 lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG_LENGTH = 32;

function derive(parameters: Argon2Parameters): Promise<Buffer> {
  return new Promise((done, fail) => {
    argon2('argon2id', parameters, (error, key) => (error ? fail(error) : done(key)));
  });
}
const plainBase64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const key = await derive({ message: password, nonce, tagLength: TAG_LENGTH, ...COST });
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${plainBase64(nonce)}$${plainBase64(key)}`;
}

/** Nobody's: checked for unknown accounts, so that they answer no faster than known ones. */
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${plainBase64(Buffer.alloc(16))}$${plainBase64(Buffer.alloc(TAG_LENGTH))}`;

/** `stored` undefined (no such account) takes the same time, and is false. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(stored ?? NOBODY);
  if (!match) throw new Error('A stored password hash has an unknown form.');
  const [, memory, passes, parallelism, nonce = '', hash = ''] = match;
  const expected = Buffer.from(hash, 'base64');
  const key = await derive({
    message: password,
    nonce: Buffer.from(nonce, 'base64'),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(key, expected) && stored !== undefined;
}
