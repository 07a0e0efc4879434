import { defineConfig } from '@playwright/test';

// One at a time: each test drives a real window on the one display there is.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
});
