import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Each test drives a real window on the one display there is.
  workers: 1,
  // Once in a hundred starts a test stands still before its first step, whatever the test; why is not known yet. It is told as flaky.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
