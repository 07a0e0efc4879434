/**
 * A real server that is killed again and again after it has answered that a solution is stored, and before the mails of it have left. As often
 * as KILLS says.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { logins, password } from '../../e2e/desk-content.ts';
import { type ServerProcess, serverProcess } from '../../e2e/server-process.ts';
import { callsTo } from '../desk.ts';
import { openInput, operationOf } from '../desk-content.ts';
import { type MailServer, mailServer } from './mail-server.ts';

const KILLS = Number(process.env.KILLS ?? 3);
const TICKETS = 3;
/** Requester and beneficiary, who hear that it was opened and that it is solved. */
const MAILS_OF_A_TICKET = 4;

const SMTP_PASSWORD = 'nobody-reads-this-in-a-log';

let folder: string;
let post: MailServer;
let server: ServerProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-killed-'));
  post = await mailServer({ onAuth: ({ username }, _session, done) => done(null, { user: username }) });
  server = await serverProcess('tests/e2e/desk-server.ts', {
    DATA_DIR: folder,
    ALLOW_IMPORT: '1',
    SMTP_URL: post.url.replace('//', `//guichet:${SMTP_PASSWORD}@`),
    MAIL_FROM: 'desk@example.org',
    MAIL_REPLY_TO: 'support@example.org',
    LOG_LEVEL: 'debug',
  });
});
afterAll(async () => {
  await server.stop();
  await post.close();
  rmSync(folder, { recursive: true, force: true });
});

const inDatabase = (query: string): unknown[] => {
  const raw = new Database(join(folder, 'guichet.db'), { readonly: true });
  try {
    return raw.prepare(query).all();
  } finally {
    raw.close();
  }
};

/** Tickets that are opened, claimed and solved, each step answered by the server. */
async function solveSome(): Promise<void> {
  const call = callsTo(() => server.url);
  const amira = await call<{ accessToken: string }>('POST', '/v1/session', { body: { login: logins.amira, password, device: 'test' } });
  const operations = Array.from({ length: TICKETS }, randomUUID).flatMap((ticketId) => [
    operationOf('open', ticketId, openInput('sara', { beneficiaryId: 'paul', channel: 'phone', categoryId: 'reseau' })),
    operationOf('claim', ticketId),
    operationOf('resolve', ticketId, { text: 'Câble remplacé.', code: 'regle' }),
  ]);
  const { body } = await call<{ outcomes: { status: string }[] }>('POST', '/v1/operations', {
    token: amira.body.accessToken,
    body: { operations },
  });
  expect(body.outcomes.map(({ status }) => status)).toEqual(operations.map(() => 'applied'));
}

test(`killed ${KILLS} times between "stored" and "sent": one mail each for each person and cause`, {
  timeout: 60_000 + KILLS * 30_000,
}, async () => {
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await solveSome();
    // Ten seconds before the first of them may leave.
    await server.kill();
    expect(post.received).toHaveLength((kill - 1) * TICKETS * MAILS_OF_A_TICKET);
    await server.start();
    // Ahead of what the process before it believed, which was ahead already.
    server.tell(`forward ${kill}`);
    await vi.waitFor(
      () => {
        expect(post.received.length).toBeGreaterThanOrEqual(kill * TICKETS * MAILS_OF_A_TICKET);
        expect(inDatabase("select id from mail where state in ('queued', 'leaving')")).toEqual([]);
      },
      { timeout: 60_000, interval: 100 },
    );
  }
  const mails = await post.read();
  expect(mails).toHaveLength(KILLS * TICKETS * MAILS_OF_A_TICKET);
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length);
  const causes = inDatabase("select kind, person_id, count(*) as mails from mail where state = 'sent' group by kind, person_id");
  expect(causes).toHaveLength(4);
  expect(causes).toEqual(causes.map((one) => ({ ...(one as object), mails: KILLS * TICKETS })));

  // What the letters know, nobody reads in the database or in a log.
  const tokens = mails.flatMap(({ text = '' }) => /decide\?answer=yes#(\S+)/.exec(text)?.[1] ?? []);
  const codes = mails.map(({ replyTo }) => /\+(\w+)@/.exec(replyTo?.value[0]?.address ?? '')?.[1] ?? 'none');
  expect([tokens.length, codes.length]).toEqual([mails.length / 2, mails.length]);
  expect(server.lines.length).toBeGreaterThan(KILLS);
  const kept = ['guichet.db', 'guichet.db-wal'].map((file) => readFileSync(join(folder, file), 'latin1')).join() + server.lines.join('\n');
  for (const secret of [SMTP_PASSWORD, ...tokens, ...codes]) expect(kept.includes(secret)).toBe(false);
});
