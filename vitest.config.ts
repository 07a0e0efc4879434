import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { whyNoPostgresql } from './build/setup/postgresql.mjs';

/**
 * The server's suite once more, and what can only be shown there. What is about SQLite's files, or about no database at all, runs once;
 * so does the demo desk, which uses the server as others do.
 */
const onPostgresql = {
  extends: true as const,
  test: {
    name: 'server on PostgreSQL',
    environment: 'node' as const,
    include: ['tests/server/**/*.test.ts', 'tests/postgresql/**/*.test.ts'],
    exclude: [
      'tests/server/demo/**',
      'tests/server/mail/killed.test.ts',
      'tests/server/{copies,file-modes,live-streams,migrate,settings}.test.ts',
      'tests/server/mail/inbound/{judge,mailbox,own-words,parse,plan}.test.ts',
    ],
    globalSetup: ['tests/postgresql/for-all-tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

export default defineConfig({
  test: {
    // One more than there are processors: many tests wait, for a process or a timer.
    maxWorkers: availableParallelism() + 1,
    // The files of a worker share what they import, which takes longer to load than most of them run.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/postgresql/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      ...(whyNoPostgresql() === undefined ? [onPostgresql] : []),
      {
        extends: true,
        plugins: [react()],
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['tests/**/*.test.tsx'],
          setupFiles: ['tests/renderer/setup.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
