/** Patient enough for a busy machine, also outside the test runner. */
import { expect as base } from '@playwright/test';

export const expect = base.configure({ timeout: 15_000 });
