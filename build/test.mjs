/**
 * `npm test`: everything that shows that the project holds, in order, up to the first failure. The last line counts the tests
 * of all runners; a step without tests of its own (types, say) counts as one when it fails.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from './app.mjs';
import { memoryFolder } from './memory-folder.mjs';
import { ownNode } from './place.mjs';
import { run, runOnDisplay } from './run.mjs';
import { runSandboxed, whyNotSandboxed } from './sandboxed.mjs';
import { ensureChromium, whyNoChromium } from './setup/chromium.mjs';
import { ensureDovecot, whyNoDovecot } from './setup/dovecot.mjs';
import { ensurePostgresql, whyNoPostgresql } from './setup/postgresql.mjs';
import { setUp } from './setup.mjs';

await setUp();
ensurePostgresql();
ensureDovecot();
ensureChromium();
const reports = mkdtempSync(join(tmpdir(), 'guichet-test-'));
const written = memoryFolder('guichet-test-');
// The tests start some hundred processes from the sources, which Node need not understand anew each time.
const compiled = { NODE_COMPILE_CACHE: join(reports, 'compiled') };
const unitReport = join(reports, 'unit.json');
const endReport = join(reports, 'end-to-end.json');
const sandboxedReport = join(reports, 'sandboxed.json');

// Together: while some wait for PostgreSQL, others reckon.
const noPostgresql = whyNoPostgresql();
const projects = ['node', 'dom', ...(noPostgresql ? [] : ['server on PostgreSQL'])];
const noDovecot = whyNoDovecot();
const noChromium = whyNoChromium();
const leftOut = [
  ...(noPostgresql ? [`The server’s tests on PostgreSQL: left out, ${noPostgresql}`] : []),
  ...(noDovecot ? [`The tests of answers by mail on a mailbox: left out, ${noDovecot}`] : []),
  ...(noChromium ? [`The tests of the requesters’ pages: left out, ${noChromium}`] : []),
];

const steps = [
  { name: 'Types', run: () => run(ownNode, ['build/types.mjs']) },
  { name: 'Lint', run: () => run('biome', ['check', '--error-on-warnings', '.']) },
  {
    name: 'Unit and integration tests',
    run: runUnit,
    count: () => countUnit(read(unitReport)),
  },
  { name: 'Build', run: buildApp },
  {
    name: 'End-to-end tests in the real app',
    run: () =>
      runOnDisplay('playwright', ['test', '--reporter=list,json'], {
        environment: { ...compiled, PLAYWRIGHT_JSON_OUTPUT_FILE: endReport },
      }),
    count: () => countEnd(read(endReport)),
  },
  {
    name: 'Hardening tests with Chromium’s sandbox, as another user',
    whyNot: whyNotSandboxed,
    run: () => runSandboxed(sandboxedReport),
    count: () => countEnd(read(sandboxedReport)),
  },
];

const total = { passed: 0, failed: 0, skipped: 0 };
let failedStep;
const times = [];
try {
  for (const step of steps) {
    const whyNot = step.whyNot?.();
    console.log(`\n=== ${step.name}${whyNot ? `: left out, ${whyNot}` : ''} ===`);
    if (whyNot) continue;
    const from = Date.now();
    const code = await step.run();
    const seconds = ((Date.now() - from) / 1000).toFixed(1);
    times.push(`${step.name} ${seconds} s`);
    console.log(`=== ${step.name}: ${code === 0 ? 'passed' : `FAILED (${code})`} in ${seconds} s ===`);
    const counts = step.count?.() ?? { passed: 0, failed: 0, skipped: 0 };
    // A runner that ends well without having run anything has shown nothing.
    const isEmpty = step.count !== undefined && counts.passed + counts.failed === 0;
    const isFailure = code !== 0 || counts.failed > 0 || isEmpty;
    total.passed += counts.passed;
    total.failed += isFailure ? Math.max(counts.failed, 1) : 0;
    total.skipped += counts.skipped;
    if (isFailure) {
      failedStep = step.name;
      break;
    }
  }
} finally {
  for (const folder of [reports, written]) if (folder) rmSync(folder, { recursive: true, force: true });
}

console.log(`\n${times.join(', ')}`);
for (const line of leftOut) console.log(line);
if (failedStep) console.log(`stopped at: ${failedStep}`);
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = failedStep ? 1 : 0;

function runUnit() {
  const words = projects.map((name) => `--project=${name}`);
  return run('vitest', ['run', ...words, '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`], {
    environment: { ...compiled, ...(written && { TMPDIR: written }) },
  });
}

function countUnit(report) {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  return {
    passed: report.numPassedTests,
    // A file that does not even load has no failed test of its own.
    failed: Math.max(report.numFailedTests, report.success ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countEnd(report) {
  if (!report) return { passed: 0, failed: 0, skipped: 0 };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return { passed: expected + flaky, failed: Math.max(unexpected, report.errors.length > 0 ? 1 : 0), skipped };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
