/**
 * A Dovecot of one's own: in a temporary folder, on a port of 127.0.0.1, with users that are made by their names, as a user without rights
 * where root starts it. It ends, and its folder is removed, when it is stopped or whoever started it is gone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { dovecotProgram } from '../../../../build/setup/dovecot.mjs';

const NOBODY = 65_534;
export const MAIL_PASSWORD = 'a/b@c:d';

export interface PrivateDovecot {
  /** As a setting of the server. */
  url(user: string): string;
  /** Does something in somebody's mailbox, by IMAP. */
  as<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T>;
  /** Puts a mail into his INBOX, as one that has just arrived. */
  deliver(user: string, raw: Uint8Array, receivedAt?: Date): Promise<void>;
  /** Subjects in one of his folders; undefined: there is no such folder. */
  subjects(user: string, folder: string): Promise<string[] | undefined>;
  /** Away; what lies in it stays. */
  pause(): Promise<void>;
  goOn(): Promise<void>;
  stop(): Promise<void>;
}

export async function privateDovecot(): Promise<PrivateDovecot> {
  const program = dovecotProgram();
  if (program === undefined) throw new Error('There is no Dovecot on this machine.');
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const folder = mkdtempSync(join(tmpdir(), 'guichet-dovecot-'));
  const port = await freePort();
  const user = isRoot ? 'nobody' : userInfo().username;
  const group = isRoot ? 'nogroup' : String(process.getgid?.());
  mkdirSync(join(folder, 'run'));
  writeFileSync(join(folder, 'dovecot.conf'), configuration({ folder, port, user, group }));
  if (isRoot) for (const path of [folder, join(folder, 'run')]) chownSync(path, NOBODY, NOBODY);
  let child: ChildProcess | undefined;

  const start = async () => {
    // The pipe is closed by the system when this process ends, in whatever way.
    const watch = '"$@" & child=$!; cat > /dev/null; kill -TERM $child; wait $child; test -e "$0/paused" || rm -rf "$0"';
    child = spawn('sh', ['-c', watch, folder, program, '-F', '-c', join(folder, 'dovecot.conf')], {
      ...owner,
      cwd: folder,
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await greeting(port, () => child?.exitCode !== null, join(folder, 'log'));
  };
  const end = async () => {
    child?.stdin?.end();
    if (child && child.exitCode === null) await once(child, 'exit');
  };
  const as = async <T>(login: string, work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const auth = { user: login, pass: MAIL_PASSWORD };
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false, disableAutoIdle: true });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  };
  await start();
  return {
    url: (login) => `imap://${login}:${encodeURIComponent(MAIL_PASSWORD)}@127.0.0.1:${port}/INBOX`,
    as,
    deliver: (login, raw, receivedAt) =>
      as(login, async (client) => {
        await client.append('INBOX', Buffer.from(raw), [], receivedAt);
      }),
    subjects: (login, path) =>
      as(login, async (client) => {
        if (!(await client.list()).some((one) => one.path === path)) return undefined;
        await client.mailboxOpen(path);
        const found = await client.fetchAll('1:*', { envelope: true }).catch(() => []);
        return found.map(({ envelope }) => envelope?.subject ?? '');
      }),
    pause: async () => {
      writeFileSync(join(folder, 'paused'), '');
      await end();
      rmSync(join(folder, 'paused'));
    },
    goOn: start,
    stop: end,
  };
}

function configuration({ folder, port, user, group }: { folder: string; port: number; user: string; group: string }): string {
  return `
base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
passdb {
  driver = static
  args = password=${MAIL_PASSWORD}
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function greeting(port: number, hasEnded: () => boolean, log: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    if (hasEnded() || tries > 600) throw new Error(`Dovecot did not start: ${said(log)}`);
    const answered = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => done(true)).once('error', () => done(false));
      socket.once('close', () => done(false));
      setTimeout(() => socket.destroy(), 2_000).unref();
      socket.once('data', () => socket.destroy());
    });
    if (answered) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

function said(log: string): string {
  try {
    return readFileSync(log, 'utf8').slice(-2_000);
  } catch {
    return 'it says nothing';
  }
}
