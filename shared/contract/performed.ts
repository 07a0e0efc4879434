import { z } from 'zod';
import { Uuid } from '../domain/model.ts';
import { Refusal } from '../domain/refusal.ts';

/** `operationIds` in the order in which they were queued (a claim before, if one was needed). */
export const Performed = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), operationIds: z.array(Uuid), claimed: z.boolean(), undoable: z.boolean() }),
  z.strictObject({ ok: z.literal(false), refusal: Refusal }),
]);
export type Performed = z.infer<typeof Performed>;
