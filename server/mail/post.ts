/** What carries letters: a mail server, or without one a folder. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { Options } from 'nodemailer/lib/mailer/index.js';
import { isLoopback, type ServerSettings } from '../settings.ts';
import { oneLine } from './phrases.ts';
import type { Failure } from './retry.ts';

export interface Post {
  /** Resolved: the letter is on its way, for good. `id`: its row's. @throws UndeliveredError */
  send(id: string, message: Options): Promise<void>;
  close(): void;
}

/** Did not leave, as far as we know: a line that broke before the last word may have been heard. */
export class UndeliveredError extends Error {
  readonly failure: Failure;
  /** Not about this letter: there is nobody to give any to. */
  readonly isLineDown: boolean;
  constructor(failure: Failure, isLineDown: boolean, why: string) {
    super(withoutSecrets(oneLine(why)).slice(0, 300));
    this.name = 'UndeliveredError';
    this.failure = failure;
    this.isLineDown = isLineDown;
  }
}

/** A mail server that finds fault with a letter may quote it: its links and its reply address are for nobody else. */
function withoutSecrets(answer: string): string {
  return answer.replace(/https?:\/\/\S+|[\w-]{40,}|\+[a-z2-7]{16}(?=@)/gi, '…');
}

export function openPost(settings: ServerSettings): Post {
  return settings.smtpUrl === null ? folderPost(settings.mailDir) : smtpPost(settings.smtpUrl);
}

/** For whoever starts the server; without the password. */
export function whereMailsGo({ smtpUrl, mailDir }: ServerSettings): string {
  return smtpUrl === null ? `Mails are written into ${mailDir}` : `Mails leave by ${new URL(smtpUrl).host}`;
}

/** One .eml file a letter; written again, it is the same file. */
function folderPost(folder: string): Post {
  return {
    send: async (id, message) => {
      const file = join(folder, `${id.replace(/[^A-Za-z0-9._-]/g, '_')}.eml`);
      try {
        const content = await new MailComposer(message).compile().build();
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(`${file}.part`, content, { flush: true, mode: 0o600 });
        await rename(`${file}.part`, file);
      } catch (error) {
        throw new UndeliveredError('unavailable', false, String(error));
      }
    },
    close: () => undefined,
  };
}

const CONNECTION_MS = 10_000;
const SILENCE_MS = 30_000;
const IDLE_MS = 30_000;

function smtpPost(address: string): Post {
  const url = new URL(address);
  const secure = url.protocol === 'smtps:';
  const auth = url.username === '' ? undefined : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  const transport = createTransport({
    pool: true,
    // One letter at a time, noted before the next one leaves.
    maxConnections: 1,
    // A letter whose connection broke is not sent again behind our back: the mail server may have it.
    maxRequeues: 0,
    idleTimeout: IDLE_MS,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A password crosses no network in the clear.
    requireTLS: !secure && auth !== undefined && !isLoopback(url.hostname),
    ...(auth && { auth }),
    connectionTimeout: CONNECTION_MS,
    greetingTimeout: CONNECTION_MS,
    socketTimeout: SILENCE_MS,
  } as Parameters<typeof createTransport>[0]);
  return {
    send: async (_id, message) => {
      try {
        await transport.sendMail(message);
      } catch (error) {
        throw undelivered(error);
      }
    },
    close: () => transport.close(),
  };
}

function undelivered(error: unknown): UndeliveredError {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  const why = error instanceof Error ? error.message : String(error);
  const isAboutLetter = command === 'RCPT TO' || command === 'DATA';
  // A sender or a password that is not taken is a setting that somebody mends.
  const isRefused = responseCode !== undefined && responseCode >= 500 && isAboutLetter;
  return new UndeliveredError(isRefused ? 'refused' : 'unavailable', responseCode === undefined || !isAboutLetter, why);
}
