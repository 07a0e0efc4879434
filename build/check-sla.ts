/**
 * npm run check:sla -- FILE: answers a file of business-time vectors (plain or gzipped; tests/fixtures/sla/README.md) and compares.
 * Exits 1 when a line fails, 2 without a file.
 */
import { answerTo, expectedOf, readVectors } from './sla-vectors.ts';

const file = process.argv[2];
if (file === undefined) {
  console.error('usage: npm run check:sla -- FILE');
  process.exit(2);
}
let passed = 0;
let failed = 0;
for (const vector of readVectors(file)) {
  if (typeof vector === 'string') {
    failed += 1;
    console.log(`not a line of this format: ${vector.slice(0, 200)}`);
    continue;
  }
  const [expected, got] = [expectedOf(vector), answerTo(vector)];
  if (got === expected) passed += 1;
  else {
    failed += 1;
    console.log(`${vector.id} (${vector.kind}): expected ${expected}, got ${got}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
