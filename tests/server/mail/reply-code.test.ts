import { expect, test } from 'vitest';
import { addressWithCode, codeOfAddress, newReplyCode, replyCodeHash } from '../../../server/mail/reply-code.ts';

const REPLY_TO = 'support@desk.example.org';

test('a code comes back from its address, whatever case mail servers give it', () => {
  const code = newReplyCode();
  const address = addressWithCode(code, REPLY_TO);
  expect(address).toMatch(/^support\+[a-z2-7]{16}@desk\.example\.org$/);
  expect(codeOfAddress(address, REPLY_TO)).toBe(code);
  expect(codeOfAddress(` ${address.toUpperCase()} `, 'Support@Desk.example.org')).toBe(code);
});

test('no two are the same, and all of a code’s signs vary', () => {
  const codes = Array.from({ length: 200 }, newReplyCode);
  expect(new Set(codes).size).toBe(200);
  expect(new Set(codes.map(replyCodeHash)).size).toBe(200);
  for (let place = 0; place < 16; place += 1) expect(new Set(codes.map((code) => code[place])).size).toBeGreaterThan(10);
});

test.each([
  ['support@desk.example.org', 'the address itself'],
  ['support+@desk.example.org', 'an empty code'],
  ['support+abc@desk.example.org', 'a code too short'],
  ['support+aaaaaaaaaaaaaaa1@desk.example.org', 'a sign that no code has'],
  ['support+aaaaaaaaaaaaaaaa@desk.example.com', 'another domain'],
  ['other+aaaaaaaaaaaaaaaa@desk.example.org', 'another mailbox'],
  ['support+aaaaaaaaaaaaaaaa@desk.example.org@desk.example.org', 'an address in an address'],
  ['+aaaaaaaaaaaaaaaa', 'no address'],
  ['', 'nothing'],
])('%s holds no code: %s', (address) => {
  expect(codeOfAddress(address, REPLY_TO)).toBeUndefined();
});
