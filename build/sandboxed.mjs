/**
 * Root cannot use Chromium's own sandbox, so the hardening tests run a second time as a user without rights, on a copy that
 * this user can read. Left out, and said so, where that cannot be done.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot, onPath, root } from './place.mjs';
import { run, virtualDisplay } from './run.mjs';

const nobody = 65534;
const asNobody = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
const files = [
  'out',
  'package.json',
  'playwright.config.ts',
  'shared',
  'renderer/window.d.ts',
  'tests/e2e',
  'tests/tsconfig.json',
  'tsconfig.base.json',
];
/** What the app and the test runner need of node_modules at run time. */
const packages = ['@playwright/test', 'playwright', 'playwright-core', 'node', 'better-sqlite3', 'zod'];

/** Why it cannot be done here; undefined when it can. */
export function whyNotSandboxed() {
  if (process.platform !== 'linux') return 'only on Linux';
  if (!isRoot) return 'the tests have run with the sandbox already';
  if (!onPath('setpriv') || !onPath('xvfb-run')) return 'there is no setpriv or no xvfb-run';
  const namespace = spawnSync('setpriv', [...asNobody, 'unshare', '--user', 'true'], { stdio: 'ignore' });
  return namespace.status === 0 ? undefined : 'this system has no user namespaces for ordinary users';
}

/** Resolves with the exit code; `report`: where the counts are written, readable by root. */
export async function runSandboxed(report) {
  const place = mkdtempSync(join(tmpdir(), 'guichet-sandboxed-'));
  try {
    const app = join(place, 'app');
    for (const file of files) copy(join(root, file), join(app, file));
    for (const name of packages) copy(join(root, 'node_modules', name), join(app, 'node_modules', name));
    copyCommands(app);
    const electron = join(root, 'node_modules', 'electron');
    for (const name of ['index.js', 'package.json', 'path.txt']) copy(join(electron, name), join(app, 'node_modules', 'electron', name));
    copy(realpathSync(join(electron, 'dist')), join(app, 'node_modules', 'electron', 'dist'));
    mkdirSync(join(place, 'home'));
    chmodSync(place, 0o755);
    spawnSync('chown', ['-R', `${nobody}:${nobody}`, place]);
    const here = join(place, 'report.json');
    const environment = { HOME: join(place, 'home'), TMPDIR: join(place, 'home'), PLAYWRIGHT_JSON_OUTPUT_FILE: here };
    const command = [
      join(app, 'node_modules/node/bin/node'),
      'node_modules/@playwright/test/cli.js',
      'test',
      'hardening.spec.ts',
      '--reporter=list,json',
    ];
    // A display of its own: the one at hand, if any, belongs to somebody else.
    const code = await run('setpriv', [...asNobody, ...virtualDisplay, ...command], { cwd: app, environment });
    if (existsSync(here)) cpSync(here, report);
    return code;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function copy(from, to) {
  mkdirSync(join(to, '..'), { recursive: true });
  cpSync(from, to, { recursive: true, dereference: true });
}

function copyCommands(app) {
  const commands = join(app, 'node_modules', '.bin');
  mkdirSync(commands, { recursive: true });
  spawnSync('ln', ['-s', '../node/bin/node', join(commands, 'node')]);
}
