/** Why an operation is not done: a value, never an exception (DESIGN section 2). */
import { z } from 'zod';
import { Id, Instant, Phase } from './model.ts';

/** One wrong field of an input: `path` as in "phone.typed", `code` as the form knows it. */
export const FieldProblem = z.strictObject({ path: z.string(), message: z.string() });

const holderFacts = { holderId: Id, holderName: z.string(), since: Instant.nullable() };
export const Refusal = z.discriminatedUnion('code', [
  /** Somebody holds it already: who, and since when. */
  z.strictObject({ code: z.literal('already_held'), ...holderFacts }),
  /** The operation is for the holder; `holderId` null: nobody holds it. */
  z.strictObject({ code: z.literal('not_holder'), holderId: Id.nullable(), holderName: z.string().nullable() }),
  /** The role is missing: what is asked for, in which team. */
  z.strictObject({ code: z.literal('not_allowed'), needs: z.string(), teamName: z.string().nullable() }),
  z.strictObject({ code: z.literal('wrong_phase'), phase: Phase }),
  /** The value acted on is no longer the one (holder, urgency, category, contact). Texts are for people. */
  z.strictObject({ code: z.literal('changed'), field: z.string(), seen: z.string().nullable(), current: z.string().nullable() }),
  z.strictObject({ code: z.literal('invalid'), problems: z.array(FieldProblem) }),
  /** No such ticket, or none that this person may see: the same answer. */
  z.strictObject({ code: z.literal('not_found') }),
  z.strictObject({ code: z.literal('unknown_reference'), field: z.string() }),
  /** Nobody who held a ticket validates, refuses or rates it. */
  z.strictObject({ code: z.literal('held_it') }),
  /** Somebody decided first. */
  z.strictObject({ code: z.literal('already_decided'), by: z.string().nullable(), decision: z.string() }),
  z.strictObject({ code: z.literal('too_late'), limit: z.string() }),
  z.strictObject({ code: z.literal('undo_impossible'), why: z.enum(['not_author', 'too_late', 'mail_left', 'followed', 'kind']) }),
  /** An operation that this one builds on was rejected. */
  z.strictObject({ code: z.literal('depends_on_rejected'), operationId: z.string() }),
  /** The same id was used before with other content. */
  z.strictObject({ code: z.literal('id_reused') }),
  /** No such file of this person's: never arrived, removed because nothing came of it, or attached already. */
  z.strictObject({ code: z.literal('file_missing') }),
  /** Only possible with the server reachable. */
  z.strictObject({ code: z.literal('needs_network') }),
]);
export type Refusal = z.infer<typeof Refusal>;
export type RefusalCode = Refusal['code'];
