/**
 * Mails that the service received and made nothing of by itself: they wait for a technician or lead, of whatever team. Online only.
 */
import { z } from 'zod';
import { Id, Importance, Instant, Kind, Relevance, Uuid } from '../domain/model.ts';
import { Refusal } from '../domain/refusal.ts';

/**
 * Why a mail waits. For the address of an answer: the code means nothing (`unknown_code`), or it is not its owner who wrote
 * (`wrong_sender`: forwarded, another address of his, forged); an answer that lost its code (`answer_without_code`). For the service's address:
 * nobody has the sender's address (`unknown_sender`), or several (`ambiguous_sender`); no site stands beside his name (`no_site`); the mail came
 * some other way (`not_addressed`). For both: he left (`inactive`); the ticket ended more than 30 days ago (`closed`); the operation was refused
 * (`refused`); the server that took it in does not say that it is from where it says (`not_authenticated`); more than twenty within an hour (`too_many`); no sender, or several (`sender_unclear`); neither words nor files (`empty`);
 * more bytes than are taken (`too_large`: nothing but its head is here); made so that it cannot be read (`unreadable`).
 */
export const QuarantineReason = z.enum([
  'unknown_code',
  'wrong_sender',
  'answer_without_code',
  'unknown_sender',
  'ambiguous_sender',
  'no_site',
  'not_addressed',
  'inactive',
  'closed',
  'refused',
  'too_many',
  'sender_unclear',
  'not_authenticated',
  'empty',
  'too_large',
  'unreadable',
]);
export type QuarantineReason = z.infer<typeof QuarantineReason>;

export const QuarantinedMail = z.strictObject({
  id: z.string(),
  receivedAt: Instant,
  /** As the mail says; anybody can write anybody's. Null: nobody, or several. */
  from: z.strictObject({ name: z.string(), address: z.string() }).nullable(),
  subject: z.string(),
  why: QuarantineReason,
  /** Who would have written it: the owner of the code, or of the sender's address. */
  personId: Id.nullable(),
  /** The names are fit for a file; sizes in bytes. Ornaments of a signature are left out. */
  files: z.array(z.strictObject({ name: z.string(), size: z.number().int() })),
});
export type QuarantinedMail = z.infer<typeof QuarantinedMail>;

/** GET /v1/quarantine: the newest first, two hundred at most of `total`. */
export const QuarantineList = z.strictObject({ mails: z.array(QuarantinedMail), total: z.number().int(), serverTime: Instant });
export type QuarantineList = z.infer<typeof QuarantineList>;

export const QuarantineParams = z.strictObject({ mailId: z.string().regex(/^[0-9a-f]{64}$/) });
/** Who dealt with it, and how. */
const Handled = z.strictObject({ by: Id, byName: z.string(), at: Instant, as: z.enum(['noted', 'opened', 'discarded']) });

/** GET /v1/quarantine/:mailId; `handled`: somebody was first, and its words are gone from here. */
export const QuarantineView = z.strictObject({
  mail: QuarantinedMail,
  /** All of it up to 100,000 characters, as plain text. */
  text: z.string(),
  /** The ticket of its code, where the reader sees it. */
  ticket: z.strictObject({ id: z.string(), number: z.string().nullable(), title: z.string() }).nullable(),
  handled: Handled.nullable(),
});
export type QuarantineView = z.infer<typeof QuarantineView>;

/**
 * POST /v1/quarantine/:mailId. note: an internal note of the technician's on a ticket of his team, which names the sender, with the mail's files.
 * open: a ticket in the requester's name with the mail's text as its description and its files, public. discard: nothing is kept of it. The
 * first one wins: everybody after him is told who it was, also he himself when he sends it again.
 */
export const QuarantineAction = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('note'), ticketId: Uuid }),
  z.strictObject({
    action: z.literal('open'),
    kind: Kind,
    title: z.string().trim().min(1).max(200),
    requesterId: Id,
    beneficiaryId: Id,
    phone: z.string().max(60),
    place: z.string().trim().max(200),
    siteId: Id,
    categoryId: Id,
    importance: Importance,
    relevance: Relevance,
  }),
  z.strictObject({ action: z.literal('discard') }),
]);
export type QuarantineAction = z.infer<typeof QuarantineAction>;

export const QuarantineAnswer = z.discriminatedUnion('outcome', [
  /** `ticketId`: where it is now; null: discarded. */
  z.strictObject({ outcome: z.literal('done'), ticketId: z.string().nullable() }),
  z.strictObject({ outcome: z.literal('already_handled'), handled: Handled }),
  /** It goes on waiting. */
  z.strictObject({ outcome: z.literal('refused'), refusal: Refusal }),
]);
export type QuarantineAnswer = z.infer<typeof QuarantineAnswer>;
