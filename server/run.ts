import { once } from 'node:events';
import { buildServer } from './app.ts';
import { FutureSchemaError } from './db/migrate.ts';
import { DatabaseUnavailableError } from './db/store.ts';
import { whereMailsGo } from './mail/post.ts';
import { readSettings, SettingsError } from './settings.ts';

/** Runs until SIGINT or SIGTERM; answers the exit code. What a person can mend is told in plain words, without a stack. */
export async function runServer(env: Record<string, string | undefined>): Promise<number> {
  try {
    const settings = readSettings(env);
    const server = await buildServer(settings);
    try {
      console.info(`Guichet server listening on ${await server.listen()}`);
      console.info(whereMailsGo(settings));
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    } finally {
      await server.close();
    }
    return 0;
  } catch (error) {
    const told = tellable(error);
    if (told === undefined) throw error;
    console.error(told);
    return 1;
  }
}

function tellable(error: unknown): string | undefined {
  if (error instanceof SettingsError || error instanceof FutureSchemaError) return error.message;
  if (error instanceof DatabaseUnavailableError) return `The server cannot start. ${error.message}`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'The server cannot start: another program listens on this port already. Set PORT to another one.';
  if (code === 'EACCES') return `The server cannot start: permission denied (${(error as Error).message}).`;
  return undefined;
}
