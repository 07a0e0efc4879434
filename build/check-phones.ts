/**
 * npm run check:phones -- FILE: runs lines {"input","defaultCountry","e164"} through the project's own normalisation. Lines with
 * `flag` are skipped (known disagreements between ports of libphonenumber). Exits 1 when a line fails, 2 without a file.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { normalisePhone } from '#shared/domain/phone.ts';

const Line = z.object({
  input: z.string(),
  defaultCountry: z.string().nullable(),
  e164: z.string().nullable(),
  flag: z.string().optional(),
});

const file = process.argv[2];
if (file === undefined) {
  console.error('usage: npm run check:phones -- FILE');
  process.exit(2);
}
let passed = 0;
let failed = 0;
for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
  if (text.trim() === '') continue;
  const line = Line.safeParse(parseJson(text));
  if (!line.success) {
    failed += 1;
    console.log(`line ${index + 1}: not a line of this format: ${text.slice(0, 200)}`);
    continue;
  }
  const { input, defaultCountry, e164, flag } = line.data;
  if (flag !== undefined) continue;
  const got = normalisePhone(input, defaultCountry).e164;
  if (got === e164) {
    passed += 1;
  } else {
    failed += 1;
    console.log(`line ${index + 1}: ${JSON.stringify(input)} (${defaultCountry ?? 'no country'}): expected ${e164}, got ${got}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
