/** The server's settings, from the environment, checked at start. */
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type ImapAddress, parseImapAddress } from './mail/inbound/imap-address.ts';

export interface ServerSettings {
  host: string;
  /** 0: any free port. */
  port: number;
  dataDir: string;
  /** Of PostgreSQL, with its password: never logged. Null: SQLite in the data folder. */
  databaseUrl: string | null;
  mailDir: string;
  /** Of the mail server, with its password: never logged. Null: mails become files in the mail folder. */
  smtpUrl: string | null;
  /** Mails come from there, and go back there when they cannot be delivered. */
  mailFrom: string;
  /** Answers go there, with a code that says whose they are; null: nobody reads any. */
  mailReplyTo: string | null;
  /** The server whose word is asked for on whether a mail is from where it says; in small letters. Null: nobody's. */
  mailAuthHost: string | null;
  /** The mailbox that answers arrive in, with its password: never logged. Null: none is read. */
  imap: ImapAddress | null;
  /** As people reach it; null: as it listens. */
  publicUrl: string | null;
  allowImport: boolean;
  /** The largest file that is taken, bytes. */
  maxFileBytes: number;
  serviceName: string;
  /** ISO country for numbers typed without a prefix. */
  defaultCountry: string;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  loopback: boolean;
}

/** One line a problem, ready to be printed. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(`The server cannot start with these settings:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'SettingsError';
  }
}

const flag = z
  .enum(['0', '1', 'false', 'true', ''], { error: 'must be 1 or 0' })
  .default('0')
  .transform((value) => value === '1' || value === 'true');

const Environment = z.object({
  HOST: z.string().min(1, 'must be an address, for example 127.0.0.1').default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number up to 65535')
    .default(8080),
  DATA_DIR: z.string().min(1, 'must be a folder').default('data'),
  DATABASE_URL: z
    .string()
    .refine(isPostgresAddress, 'must be an address such as postgresql://guichet:password@db.example.org/guichet')
    .optional(),
  MAIL_DIR: z.string().min(1, 'must be a folder').optional(),
  SMTP_URL: z.string().refine(isSmtpAddress, 'must be an address such as smtps://guichet:password@mail.example.org').optional(),
  MAIL_FROM: z.email('must be an address such as desk@example.org').optional(),
  // Guichet puts a code behind a "+" of its own.
  MAIL_REPLY_TO: z
    .email('must be an address such as support@example.org')
    .refine((address) => !address.includes('+'), 'must be an address without a "+"')
    .optional(),
  MAIL_AUTH_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,200}$/, 'must be a name as in Authentication-Results, for example mx.example.org')
    .toLowerCase()
    .optional(),
  IMAP_URL: z
    .string()
    .transform((text, context) => {
      const parsed = parseImapAddress(text);
      if (parsed !== undefined) return parsed;
      // Not what was typed: there is a password in it.
      context.addIssue({ code: 'custom', message: 'must be an address such as imaps://user:password@mail.example.org/INBOX' });
      return z.NEVER;
    })
    .optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as https://desk.example.org' }).optional(),
  ALLOW_IMPORT: flag,
  ALLOW_HTTP: flag,
  MAX_FILE_MIB: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a number of MiB')
    .transform(Number)
    .refine((size) => size >= 1 && size <= 1024, 'must be from 1 to 1024 MiB')
    .default(25),
  SERVICE_NAME: z.string().trim().min(1, 'must be a name').max(100).default('MyService'),
  DEFAULT_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country of two capital letters, for example FR')
    .default('FR'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug'], { error: 'must be silent, error, warn, info or debug' }).default('info'),
});

/** With the name of a database; the host may be that of the parameters, for a socket. */
function isPostgresAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2) return false;
  return url.hostname !== '' || url.searchParams.has('host');
}

function isSmtpAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return false;
  // Somebody who names one of them means both.
  return (url.username === '') === (url.password === '');
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/**
 * Reads and checks the settings; every one has a default. Outside loopback people must reach the server by https: the server
 * itself speaks http, so a proxy that ends TLS is declared by PUBLIC_URL=https://… and ALLOW_HTTP=1.
 * @throws SettingsError naming every wrong setting
 */
export function readSettings(env: Record<string, string | undefined>): ServerSettings {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const set = parsed.data;
  if (set.IMAP_URL && set.MAIL_REPLY_TO === undefined) {
    throw new SettingsError(['IMAP_URL needs MAIL_REPLY_TO: the address that mails in this mailbox were sent to']);
  }
  const loopback = isLoopback(set.HOST);
  if (!loopback) {
    const problems: string[] = [];
    if (!set.PUBLIC_URL?.startsWith('https:'))
      problems.push(`HOST ${set.HOST} is not loopback: PUBLIC_URL must be the https address under which people reach this server`);
    if (!set.ALLOW_HTTP)
      problems.push(`HOST ${set.HOST} is not loopback and this server speaks http: put a TLS proxy before it and say so with ALLOW_HTTP=1`);
    if (problems.length > 0) throw new SettingsError(problems);
  }
  if (set.SMTP_URL !== undefined && set.MAIL_FROM === undefined)
    throw new SettingsError(['SMTP_URL is set: MAIL_FROM must be the address that mails come from, for example desk@example.org']);
  const dataDir = resolve(set.DATA_DIR);
  return {
    host: set.HOST,
    port: set.PORT,
    dataDir,
    databaseUrl: set.DATABASE_URL ?? null,
    mailDir: resolve(set.MAIL_DIR ?? join(dataDir, 'mail')),
    smtpUrl: set.SMTP_URL ?? null,
    mailFrom: set.MAIL_FROM ?? 'guichet@localhost',
    mailReplyTo: set.MAIL_REPLY_TO ?? null,
    mailAuthHost: set.MAIL_AUTH_HOST ?? null,
    imap: set.IMAP_URL ?? null,
    publicUrl: set.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    allowImport: set.ALLOW_IMPORT,
    maxFileBytes: set.MAX_FILE_MIB * 1024 * 1024,
    serviceName: set.SERVICE_NAME,
    defaultCountry: set.DEFAULT_COUNTRY,
    logLevel: set.LOG_LEVEL,
    loopback,
  };
}
