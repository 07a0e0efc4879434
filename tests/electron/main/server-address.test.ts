import { expect, test } from 'vitest';
import { readCommandLine } from '../../../electron/main/command-line.ts';
import { parseServerAddress } from '../../../electron/main/server-address.ts';

test.each([
  ['desk.example.org', 'https://desk.example.org', false],
  [' https://desk.example.org/ ', 'https://desk.example.org', false],
  ['https://desk.example.org:8443/guichet/', 'https://desk.example.org:8443/guichet', false],
  ['http://127.0.0.1:8465', 'http://127.0.0.1:8465', true],
  ['127.0.0.1:8465', 'http://127.0.0.1:8465', true],
  ['localhost:8465', 'http://localhost:8465', true],
  ['http://[::1]:8465', 'http://[::1]:8465', true],
  ['http://127.1:8465', 'http://127.0.0.1:8465', true],
])('"%s" is understood as %s', (typed, url, loopback) => {
  expect(parseServerAddress(typed)).toEqual({ ok: true, value: { url, loopback } });
});

test.each([
  'http://desk.example.org',
  'http://127.0.0.1.example.org',
  'http://localhost.example.org',
  'http://192.168.1.10:8465',
  'http://0.0.0.0:8465',
])('"%s" would carry passwords in clear and is refused', (typed) => {
  expect(parseServerAddress(typed)).toEqual({ ok: false, failure: { kind: 'insecure' } });
});

test.each([
  '',
  '   ',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'ftp://desk.example.org',
  'https://user:secret@desk.example.org',
  'https://desk.example.org/?next=x',
  'https://',
  'not an address',
])('"%s" is no server address', (typed) => {
  expect(parseServerAddress(typed)).toEqual({ ok: false, failure: { kind: 'bad_address' } });
});

test('the command line presets a server on this machine only', () => {
  expect(readCommandLine(['electron', '.', '--server=http://127.0.0.1:8465', '--lang=fr-CA'])).toEqual({
    server: 'http://127.0.0.1:8465',
    language: 'fr',
  });
  expect(readCommandLine(['--server=https://desk.example.org']).server).toBeNull();
  expect(readCommandLine(['--server=http://127.0.0.1@desk.example.org']).server).toBeNull();
  expect(readCommandLine(['--lang=de']).language).toBeNull();
  expect(readCommandLine([])).toEqual({ server: null, language: null });
});
