import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { whyNoPostgresql } from './build/setup/postgresql.mjs';

/**
 * The server's suite once more, and what can only be shown there. What is about SQLite's files, or about no database at all, runs once;
 * so does the demo desk, which uses the server as others do.
 */
const onPostgresql = {
  test: {
    name: 'server on PostgreSQL',
    environment: 'node' as const,
    include: ['tests/server/**/*.test.ts', 'tests/postgresql/**/*.test.ts'],
    exclude: ['tests/server/demo/**', 'tests/server/{copies,file-modes,live-streams,migrate,settings}.test.ts'],
    globalSetup: ['tests/postgresql/for-all-tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

export default defineConfig({
  test: {
    projects: [
      {
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
