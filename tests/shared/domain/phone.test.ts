import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dialability, dialled, formatPhone, normalisePhone } from '#shared/domain/phone.ts';

const fixture = fileURLToPath(new URL('../../fixtures/phone/phones.jsonl', import.meta.url));
const script = fileURLToPath(new URL('../../../build/check-phones.ts', import.meta.url));

test('every number of the list is understood as meant', () => {
  const lines = readFileSync(fixture, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { input: string; defaultCountry: string | null; e164: string | null; flag?: string })
    .filter((line) => line.flag === undefined);
  expect(lines.length).toBe(144);
  const wrong = lines.filter((line) => normalisePhone(line.input, line.defaultCountry).e164 !== line.e164);
  expect(wrong).toEqual([]);
});

test('the check prints failures and its count, and fails when a line does', () => {
  expect(execFileSync(process.execPath, [script, fixture], { encoding: 'utf8' }).trim()).toBe('144 passed, 0 failed');
  const folder = mkdtempSync(join(tmpdir(), 'guichet-phones-'));
  const file = join(folder, 'phones.jsonl');
  const lines = [
    { input: '0465711208', defaultCountry: 'FR', e164: '+33465711208' },
    { input: '0465711208', defaultCountry: 'FR', e164: '+33000000000' },
    { input: 'x', defaultCountry: 'FR', e164: 'skipped', flag: 'ports-disagree' },
  ];
  writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n`);
  const { status, stdout } = spawnSync(process.execPath, [script, file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(status).toBe(1);
  expect(stdout).toContain('expected +33000000000, got +33465711208');
  expect(stdout.trim().split('\n').at(-1)).toBe('1 passed, 2 failed');
});

test('what was typed is kept to the letter', () => {
  expect(normalisePhone(' 04 65 71 12 08 ', 'FR')).toEqual({ typed: ' 04 65 71 12 08 ', e164: '+33465711208' });
  expect(normalisePhone('call my office', 'FR')).toEqual({ typed: 'call my office', e164: null });
});

test('nothing that is typed breaks it, and only + and digits come out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.option(fc.string({ maxLength: 3 })), (typed, country) => {
      const phone = normalisePhone(typed, country);
      expect(phone.typed).toBe(typed);
      if (phone.e164 !== null) expect(phone.e164).toMatch(/^\+\d+$/);
    }),
  );
});

test('short codes and premium numbers ask first; codes with * and # are never dialled', () => {
  expect(dialability('+33465711208')).toEqual({ kind: 'ok' });
  expect(dialability('+33892123456')).toEqual({ kind: 'ask', why: 'premium' });
  expect(dialability('3615')).toEqual({ kind: 'ask', why: 'short' });
  for (const never of [null, '', '*21#', '#31#0465711208', '+33465711208,,1', 'tel:+33465711208', '0465711208', '+999123456789']) {
    expect(dialability(never)).toEqual({ kind: 'no' });
  }
});

test('an extension or an emergency number is dialled as its digits, after a question', () => {
  expect(dialled(normalisePhone(' 44 89 ', 'FR'))).toBe('4489');
  expect(dialability(dialled(normalisePhone('112', 'FR')))).toEqual({ kind: 'ask', why: 'short' });
  expect(dialled(normalisePhone('04 65 71 12 08', 'FR'))).toBe('+33465711208');
  for (const never of ['', '1', '*21#', 'poste 4489', '4489 ou 4490', '0465711']) expect(dialled({ typed: never, e164: null })).toBeNull();
});

test('numbers are shown nationally at home, internationally abroad, as typed when not understood', () => {
  expect(formatPhone({ typed: 'x', e164: '+33465711208' }, 'FR')).toBe('04 65 71 12 08');
  expect(formatPhone({ typed: 'x', e164: '+33465711208' }, 'BE')).toBe('+33 4 65 71 12 08');
  expect(formatPhone({ typed: 'ask at the desk', e164: null }, 'FR')).toBe('ask at the desk');
});
