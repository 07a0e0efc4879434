import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildServer } from '../../server/app.ts';
import { openDatabase } from '../../server/db/database.ts';
import { markDemo } from '../../server/db/directory.ts';
import { whereMailsGo } from '../../server/mail/post.ts';
import { checkRuntime } from '../../server/runtime-guard.ts';
import { readSettings, SettingsError } from '../../server/settings.ts';

const behindProxy = { HOST: '0.0.0.0', PUBLIC_URL: 'https://desk.example.org/', ALLOW_HTTP: '1' };

describe('settings', () => {
  test('have a default each, on loopback', () => {
    expect(readSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      allowImport: false,
      maxFileBytes: 25 * 1024 * 1024,
      serviceName: 'MyService',
      smtpUrl: null,
      mailFrom: 'guichet@localhost',
      mailReplyTo: null,
      defaultCountry: 'FR',
      loopback: true,
    });
  });

  test.each([
    [{ PORT: 'eighty' }, 'PORT must be a port number'],
    [{ PORT: '70000' }, 'PORT must be a port number up to 65535'],
    [{ HOST: '' }, 'HOST must be an address'],
    [{ PUBLIC_URL: 'desk' }, 'PUBLIC_URL must be an address'],
    [{ PUBLIC_URL: 'ftp://desk.example.org' }, 'PUBLIC_URL must be an address'],
    [{ SMTP_URL: 'mail.example.org' }, 'SMTP_URL must be an address such as smtps://'],
    [{ SMTP_URL: 'https://mail.example.org' }, 'SMTP_URL must be an address such as smtps://'],
    [{ SMTP_URL: 'smtp://' }, 'SMTP_URL must be an address such as smtps://'],
    [{ SMTP_URL: 'smtp://guichet@mail.example.org', MAIL_FROM: 'desk@example.org' }, 'SMTP_URL must be an address such as smtps://'],
    [{ SMTP_URL: 'smtp://mail.example.org' }, 'MAIL_FROM must be the address that mails come from'],
    [{ MAIL_FROM: 'The desk' }, 'MAIL_FROM must be an address'],
    [{ MAIL_REPLY_TO: 'support' }, 'MAIL_REPLY_TO must be an address'],
    [{ MAIL_REPLY_TO: 'support+desk@example.org' }, 'MAIL_REPLY_TO must be an address without a "+"'],
    [{ ALLOW_IMPORT: 'yes' }, 'ALLOW_IMPORT must be 1 or 0'],
    [{ MAX_FILE_MIB: 'big' }, 'MAX_FILE_MIB must be a number of MiB'],
    [{ MAX_FILE_MIB: '0' }, 'MAX_FILE_MIB must be from 1 to 1024 MiB'],
    [{ DEFAULT_COUNTRY: 'France' }, 'DEFAULT_COUNTRY must be a country'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be silent'],
    [{ HOST: '0.0.0.0' }, 'PUBLIC_URL must be the https address'],
    [{ HOST: '192.0.2.7', PUBLIC_URL: 'http://desk.example.org', ALLOW_HTTP: '1' }, 'PUBLIC_URL must be the https address'],
    [{ HOST: '192.0.2.7', PUBLIC_URL: 'https://desk.example.org' }, 'ALLOW_HTTP=1'],
  ])('%j is refused in plain words', (env, words) => {
    expect(() => readSettings(env)).toThrow(SettingsError);
    expect(() => readSettings(env)).toThrow(words);
  });

  test.each(['', 'guichet', 'mysql://localhost/guichet', 'postgresql://localhost', 'postgresql:///guichet'])(
    '%j is no address of a database',
    (DATABASE_URL) => {
      expect(() => readSettings({ DATABASE_URL })).toThrow('DATABASE_URL must be an address such as postgresql://');
    },
  );

  test.each(['postgres://guichet@db/guichet', 'postgresql://localhost:5433/desk', 'postgresql:///desk?host=/run/postgresql'])(
    'PostgreSQL is at %s',
    (DATABASE_URL) => {
      expect(readSettings({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
    },
  );

  test.each([
    '',
    'mail.example.org',
    'pop3://a:b@mail.example.org',
    'imaps://mail.example.org',
    'imaps://a@mail.example.org',
    'imaps://a:%@x',
    'imaps://a:b@x?y=1',
  ])('%j is no address of a mailbox', (IMAP_URL) => {
    expect(() => readSettings({ IMAP_URL, MAIL_REPLY_TO: 'support@example.org' })).toThrow('IMAP_URL must be an address such as imaps://');
  });

  test('a mailbox is named with its user, and its folder where it is another one than INBOX', () => {
    const MAIL_REPLY_TO = 'support@example.org';
    const { imap } = readSettings({ MAIL_REPLY_TO, IMAP_URL: 'imaps://desk%40example.org:a%2Fb@mail.example.org/Desk/In' });
    expect(imap).toEqual({
      host: 'mail.example.org',
      port: 993,
      secure: true,
      user: 'desk@example.org',
      password: 'a/b',
      mailbox: 'Desk/In',
    });
    expect(readSettings({ MAIL_REPLY_TO, IMAP_URL: 'imap://a:b@[::1]:1143' }).imap).toMatchObject({
      host: '::1',
      port: 1143,
      mailbox: 'INBOX',
    });
    expect(readSettings({}).imap).toBeNull();
    expect(() => readSettings({ IMAP_URL: 'imaps://a:b@mail.example.org' })).toThrow('IMAP_URL needs MAIL_REPLY_TO');
    expect(() => readSettings({ IMAP_URL: 'pop3://desk:very-secret@mail.example.org' })).toThrow(/^((?!very-secret)[\s\S])*$/);
  });

  test('a wrong address of a database is not repeated: it may hold a password', () => {
    expect(() => readSettings({ DATABASE_URL: 'mysql://guichet:very-secret@db/guichet' })).toThrow(/^((?!very-secret)[\s\S])*$/);
  });

  test('neither is that of a mail server', () => {
    const SMTP_URL = 'http://guichet:very-secret@mail.example.org';
    expect(() => readSettings({ SMTP_URL })).toThrow(/^((?!very-secret)[\s\S])*$/);
    const settings = readSettings({ SMTP_URL: 'smtps://guichet:very-secret@mail.example.org', MAIL_FROM: 'desk@example.org' });
    expect(whereMailsGo(settings)).toBe('Mails leave by mail.example.org');
    expect(whereMailsGo(readSettings({ MAIL_DIR: '/srv/mails' }))).toBe('Mails are written into /srv/mails');
  });

  test('every wrong setting is named at once', () => {
    expect(() => readSettings({ PORT: 'x', LOG_LEVEL: 'x' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
  });

  test('behind a TLS proxy a server may listen elsewhere', () => {
    expect(readSettings(behindProxy)).toMatchObject({ loopback: false, publicUrl: 'https://desk.example.org' });
  });

  test('demo accounts are served on loopback only', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'guichet-settings-'));
    try {
      const database = await openDatabase({ dataDir: dir });
      await database.write(markDemo);
      await database.close();
      await expect(buildServer(readSettings({ ...behindProxy, DATA_DIR: dir, PORT: '0' }))).rejects.toThrow(/demo accounts/);
      const local = await buildServer(readSettings({ DATA_DIR: dir, PORT: '0', LOG_LEVEL: 'silent' }));
      await local.close();
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  test('an old Node is told, not crashed', () => {
    expect(checkRuntime('9')).toMatch(/too old/);
    expect(checkRuntime('')).toMatch(/too old/);
    expect(checkRuntime('10')).toBeUndefined();
  });
});

describe('npm run server', () => {
  const main = join(import.meta.dirname, '../../server/main.ts');

  test('says where it listens, answers, logs no secret, and stops gracefully', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'guichet-main-'));
    try {
      const child = spawn(process.execPath, [main], { env: { ...process.env, PORT: '0', DATA_DIR: dir, LOG_LEVEL: 'debug' } });
      let out = '';
      child.stdout.on('data', (chunk) => {
        out += chunk;
      });
      const url = await new Promise<string>((done) => {
        child.stdout.on('data', () => {
          const found = /^Guichet server listening on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(out)?.[1];
          if (found) done(found);
        });
      });
      expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
      await fetch(`${url}/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer very-secret-token' },
        body: JSON.stringify({ login: 'amira', password: 'very-secret-password', device: 'test' }),
      });
      await fetch(`${url}/v1/portal/similar?siteId=lyon&text=very-secret+words`);
      await fetch(`${url}/v1/decision`, { headers: { 'guichet-decision': 'very-secret-very-secret' } });
      await fetch(`${url}/v1/portal/session/refresh`, { method: 'POST', headers: { cookie: 'guichet_portal=very-secret' } });
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      expect(code).toBe(0);
      expect(out).toContain('/v1/session');
      expect(out).toContain('/v1/portal/similar');
      expect(out).not.toContain('very-secret');
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  test.each([
    ['wrong settings', { PORT: 'x' }, 'PORT must be a port number'],
    [
      'a database that nobody answers for',
      { DATABASE_URL: 'postgresql://guichet:very-secret@127.0.0.1:9/desk' },
      'The database 127.0.0.1:9/desk',
    ],
  ])('refuses %s without a stack and without a secret, and exits 1', async (_what, env, words) => {
    const child = spawn(process.execPath, [main], { env: { ...process.env, ...env } });
    let told = '';
    child.stderr.on('data', (chunk) => {
      told += chunk;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(1);
    expect(told).toContain(words);
    expect(told).not.toMatch(/^ {4}at |very-secret/m);
  });
});
