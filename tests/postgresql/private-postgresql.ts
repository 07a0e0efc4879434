/**
 * A PostgreSQL of one's own: in a temporary folder, on a socket in it and on no network, as a user without rights where root starts
 * it, and without waiting for the disk. It ends, and its folder is removed, when it is stopped or whoever started it is gone.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postgresqlPrograms } from '../../build/setup/postgresql.mjs';

const NOBODY = 65_534;
const settings = {
  listen_addresses: '',
  max_connections: '300',
  shared_buffers: '64MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
};

export interface PrivatePostgresql {
  /** The address of one of its databases. */
  url(database: string): string;
  stop(): Promise<void>;
}

/** `durable`: waits for the disk as one in use does. @throws Error where there are no programs of it */
export async function privatePostgresql(options: { durable?: boolean } = {}): Promise<PrivatePostgresql> {
  const programs = postgresqlPrograms();
  if (programs === undefined) throw new Error('There is no PostgreSQL on this machine.');
  const folder = mkdtempSync(join(tmpdir(), 'guichet-postgresql-'));
  chmodSync(folder, 0o700);
  // It refuses to run as root.
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (owner.uid !== undefined) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, 'data');
  const words = ['-D', data, '-U', 'guichet', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'];
  execFileSync(join(programs, 'initdb'), words, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const loose = options.durable ? { listen_addresses: '' } : settings;
  const set = Object.entries({ ...loose, unix_socket_directories: folder }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // The pipe is closed by the system when this process ends, in whatever way.
  const watch = '"$@" & child=$!; cat > /dev/null; kill -QUIT $child; wait $child; rm -rf "$0"';
  const child = spawn('sh', ['-c', watch, folder, join(programs, 'postgres'), '-D', data, ...set], {
    ...owner,
    cwd: folder,
    // Interrupted at the keyboard, it is this process that ends it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const url = (database: string) => `postgresql://guichet@localhost/${database}?host=${encodeURIComponent(folder)}`;
  await answering(url('postgres'), child);
  return {
    url,
    stop: async () => {
      child.stdin?.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    if (child.exitCode !== null || tries > 600) throw new Error('PostgreSQL did not start.');
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
