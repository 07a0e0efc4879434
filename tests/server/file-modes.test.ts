import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../../server/db/database.ts';
import { startDesk } from './desk.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const modes = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [file, (statSync(join(folder, file)).mode & 0o777).toString(8)]),
  );

test.skipIf(process.platform === 'win32')(
  'the database is readable by its owner only, also in a folder that was there and is open',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-modes-'));
    folders.push(folder);
    chmodSync(folder, 0o755);
    await (await openDatabase({ dataDir: folder })).close();
    chmodSync(join(folder, 'guichet.db'), 0o644);
    const database = await openDatabase({ dataDir: folder });
    expect(modes(folder)).toEqual({ 'guichet.db': '600', 'guichet.db-shm': '600', 'guichet.db-wal': '600' });
    await database.close();
  },
);

test.skipIf(process.platform === 'win32')('so are the mails', async () => {
  const mailDir = mkdtempSync(join(tmpdir(), 'guichet-mails-'));
  folders.push(mailDir);
  mkdirSync(mailDir, { recursive: true });
  chmodSync(mailDir, 0o755);
  let ahead = 0;
  const desk = await startDesk({ env: { MAIL_DIR: mailDir }, clock: () => new Date(Date.now() + ahead) });
  try {
    const farid = await desk.signIn('farid');
    const amira = await desk.signIn('amira');
    const ticketId = await farid.open();
    await amira.must('claim', ticketId);
    await amira.must('resolve', ticketId, { text: 'Done', code: 'solved' });
    ahead = 10_000;
    await vi.waitFor(() => expect(readdirSync(mailDir).some((file) => file.endsWith('.eml'))).toBe(true), { timeout: 10_000 });
    expect(new Set(Object.values(modes(mailDir)))).toEqual(new Set(['600']));
  } finally {
    await desk.close();
  }
});
