/** A line of the ledger: what somebody was told, as it was told. */
import { z } from 'zod';

const told = { id: z.string(), name: z.string(), ticketId: z.string(), author: z.string() };

export const LedgerLine = z.discriminatedUnion('kind', [
  /** A console said yes: from here on the operation must not be lost. */
  z.strictObject({ kind: z.literal('queued'), ...told }),
  /** The server itself said what came of it. */
  z.strictObject({ kind: z.literal('answered'), ...told, status: z.string() }),
  /** Somebody is about to take these back: whether he could is known only if he is answered. */
  z.strictObject({ kind: z.literal('taking_back'), ids: z.array(z.string()) }),
  /** A console said that it was taken back before it was sent. */
  z.strictObject({ kind: z.literal('taken_back'), id: z.string() }),
  /** A console keeps the draft; `count` grows with each that its author types. */
  z.strictObject({ kind: z.literal('draft'), author: z.string(), ticketId: z.string(), count: z.number().int() }),
]);
export type LedgerLine = z.infer<typeof LedgerLine>;

/** What goes to the ledger's process, and what it says when the line is on the disk. */
export interface ToLedger {
  number: number;
  line: LedgerLine;
}
export interface FromLedger {
  number: number;
}
