/** Lines of business-time vectors (tests/fixtures/sla/README.md) and what ours answers to them. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { Schedule } from '#shared/domain/model.ts';
import { dueMs, isOpen, nextChangeMs, openMsBetween } from '#shared/domain/sla/business-time.ts';

const Second = z.iso.datetime();
const common = { id: z.union([z.string(), z.number()]), schedule: Schedule };
/** `compatible` is on the lines whose end falls inside a clock change; the others have one answer. */
export const Vector = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('due'),
    start: Second,
    minutes: z.number(),
    dueEarliest: Second.optional(),
    compatible: Second.optional(),
  }),
  z.object({
    ...common,
    kind: z.literal('elapsed'),
    from: Second,
    to: Second,
    seconds: z.number().optional(),
    compatible: z.number().optional(),
  }),
  z.object({ ...common, kind: z.literal('open'), at: Second, open: z.boolean().optional(), compatible: z.boolean().optional() }),
]);
export type Vector = z.infer<typeof Vector>;

/** Gzipped or plain lines; a line that is none of this format comes as its text. */
export function readVectors(file: string): (Vector | string)[] {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parsed(line)]));
}
function parsed(line: string): Vector | string {
  try {
    return Vector.safeParse(JSON.parse(line)).data ?? line;
  } catch {
    return line;
  }
}

/** Undefined: the line names no answer of ours. */
export function expectedOf(vector: Vector): string | number | boolean | undefined {
  if (vector.compatible !== undefined) return vector.compatible;
  switch (vector.kind) {
    case 'due':
      return vector.dueEarliest;
    case 'elapsed':
      return vector.seconds;
    case 'open':
      return vector.open;
  }
}

/** In the vectors' own words: an instant without parts of a second, seconds, or yes and no. */
export function answerTo(vector: Vector): string | number | boolean | null {
  const { schedule } = vector;
  switch (vector.kind) {
    case 'due': {
      const due = dueMs(schedule, Date.parse(vector.start), vector.minutes * 60_000);
      // Lines with `compatible` give the next opening where the minutes are used up exactly at closing.
      const isLater = vector.compatible !== undefined && due !== null && !isOpen(schedule, due);
      return instant(isLater ? nextChangeMs(schedule, due) : due);
    }
    case 'elapsed':
      return openMsBetween(schedule, Date.parse(vector.from), Date.parse(vector.to)) / 1000;
    case 'open':
      return isOpen(schedule, Date.parse(vector.at));
  }
}
function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z');
}
