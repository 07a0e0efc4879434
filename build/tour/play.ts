/** The story that `npm run tour` tells. It runs under the project's own Node, on a display. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../tests/e2e/launch.ts';
import { answer } from './answer.ts';
import { appearance } from './appearance.ts';
import { mainJob } from './main-job.ts';
import { offlineHour } from './offline-hour.ts';
import { requester } from './requester.ts';
import { Scene } from './scene.ts';
import { Teller } from './teller.ts';

// The desk of the story is in France, wherever it is told.
process.env.TZ = 'Europe/Paris';
const teller = new Teller(join(projectRoot, 'tour'));
const folder = mkdtempSync(join(tmpdir(), 'guichet-tour-'));
const scene = new Scene(folder, teller);
try {
  await answer(scene, await mainJob(scene));
  await requester(scene);
  await offlineHour(scene);
  await appearance(scene);
  teller.end();
} catch (error) {
  await scene.lastLook();
  console.error(`\nThe tour stops here: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await scene.end();
  rmSync(folder, { recursive: true, force: true });
}
