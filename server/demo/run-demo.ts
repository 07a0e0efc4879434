/** The server with the demo desk, from its first line to its last. */
import { once } from 'node:events';
import { buildServer } from '../app.ts';
import { everyInterval, repeat } from '../jobs/repeat.ts';
import { whereMailsGo } from '../mail/post.ts';
import { readSettings, SettingsError } from '../settings.ts';
import { answering } from './answers.ts';
import { DEFAULT_COUNTRY, SERVICE_NAME } from './house.ts';
import { bringToLife } from './live.ts';
import { readMemory } from './memory.ts';
import { demoAccounts, giveAccounts, prepareDemo } from './prepare.ts';

/** How often it is looked whether somebody answers. */
const ANSWERS_MS = 20_000;

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs until SIGINT or SIGTERM. `dataDir` comes before the setting DATA_DIR. Everything else is as for the server, but it
 * listens on loopback only and takes imports.
 */
export async function runDemo(env: Record<string, string | undefined>, dataDir?: string): Promise<number> {
  // In a folder of its own, whatever database the machine's server uses: accounts whose passwords everybody knows are put into none. Nor does
  // anybody get its mails: its people are made up.
  const told = {
    LOG_LEVEL: 'warn',
    ...env,
    DATABASE_URL: undefined,
    SMTP_URL: undefined,
    ALLOW_IMPORT: '1',
    SERVICE_NAME,
    DEFAULT_COUNTRY,
  };
  try {
    const settings = readSettings(dataDir === undefined ? told : { ...told, DATA_DIR: dataDir });
    if (!settings.loopback) throw new SettingsError(['HOST: the demo desk, whose passwords everybody knows, is served on loopback only']);
    const begun = performance.now();
    const server = await buildServer(settings);
    try {
      if (readMemory(settings.dataDir) === undefined) await prepareDemo(server.database, settings.dataDir, new Date());
      else await giveAccounts(server.database, settings.dataDir);
      console.info(`Guichet server listening on ${await server.listen()}`);
      console.info(whereMailsGo(settings));
      const { url } = server;
      const desk = await bringToLife({ url, dataDir: settings.dataDir, onProgress: (line) => console.info(line) });
      const { applied, skipped, rejected } = desk.imported;
      console.info(`demo desk: ${applied} operations imported, ${skipped} left to people, in ${seconds(begun)}`);
      for (const { operation, refusal } of rejected.slice(0, 5))
        console.error('demo desk: refused', operation.name, JSON.stringify(refusal));
      // In one piece: who waits for the first line opens the console on it.
      console.info(['demo desk ready', ...accountLines(), `The requesters’ pages: ${url}/`].join('\n'));
      desk.goOn((error) => console.error('demo desk: an import failed, it is tried again', error));
      const { round } = answering(server.database, url, () => new Date());
      const answers = repeat(
        round,
        ANSWERS_MS,
        (error) => console.error('demo desk: an answer failed, it is tried again', error),
        everyInterval,
      );
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      await answers.stop();
      await desk.stop();
    } finally {
      await server.close();
    }
    return 0;
  } catch (error) {
    if (error instanceof SettingsError) {
      console.error(error.message);
      return 1;
    }
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      console.error('The demo server cannot start: another program listens on this port already. Set PORT to another one.');
      return 1;
    }
    throw error;
  }
}

function accountLines(): string[] {
  const rows = demoAccounts().map(({ role, name, login, password }) => [role, name, login, password]);
  const table = [['role', 'name', 'login', 'password'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
