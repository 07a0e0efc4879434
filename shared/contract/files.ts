/** How files cross the port between a window and core: in pieces, each way. */
import { z } from 'zod';
import { Uuid } from '../domain/model.ts';
import { Refusal } from '../domain/refusal.ts';
import { CHUNK_BYTES } from './limits.ts';
import { Performed } from './performed.ts';

/** Why a file is not taken: by core at once, or by the server. `limit`: bytes. */
export const UploadProblem = z.strictObject({
  code: z.enum(['too_large', 'empty', 'damaged', 'not_taken']),
  limit: z.number().int().nullable(),
});
export type UploadProblem = z.infer<typeof UploadProblem>;
/** A file of mine whose operation has not been answered yet. `received`: bytes that are on the server. */
export const UploadView = z.strictObject({
  state: z.enum(['waiting', 'uploading', 'uploaded', 'refused']),
  received: z.number().int(),
  size: z.number().int(),
  problem: UploadProblem.nullable(),
});
export type UploadView = z.infer<typeof UploadView>;

/** Bytes cross the port in pieces of this size at most. */
const Piece = z.instanceof(Uint8Array).refine((bytes) => bytes.length <= CHUNK_BYTES);

export const fileCalls = {
  /** A file that the window has: announced, then its pieces in order, then its end, which queues its `attach` and is durable once answered. */
  beginFile: {
    input: z.strictObject({ ticketId: Uuid, name: z.string().max(1_000), size: z.number().int().nonnegative() }),
    output: z.union([
      z.strictObject({ ok: z.literal(true), id: Uuid }),
      z.strictObject({ ok: z.literal(false), problem: UploadProblem }),
      z.strictObject({ ok: z.literal(false), refusal: Refusal }),
    ]),
  },
  addPiece: { input: z.strictObject({ id: Uuid, bytes: Piece }), output: z.undefined() },
  endFile: { input: z.strictObject({ id: Uuid, ticketId: Uuid, visibility: z.enum(['internal', 'public']) }), output: Performed },
  /** One that was begun and will not be ended. */
  dropFile: { input: Uuid, output: z.undefined() },
  /** A piece of a file that is attached to a ticket in sight. `picture`: the kind that a window may draw, re-encoded; null: none. */
  readFile: {
    input: z.strictObject({ ticketId: Uuid, fileId: Uuid, offset: z.number().int().nonnegative() }),
    output: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('bytes'), size: z.number().int(), picture: z.string().nullable(), bytes: Piece }),
      z.strictObject({ state: z.literal('needs_network') }),
      z.strictObject({ state: z.literal('missing') }),
    ]),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
