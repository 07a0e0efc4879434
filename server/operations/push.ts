/**
 * Takes one operation from a console: judges it, applies it and records its outcome in one transaction. Sent again it gets the
 * recorded answer and has no second effect.
 */
import type { PushOperation, PushOutcome } from '#shared/contract/api.ts';
import { mayRead } from '#shared/domain/access.ts';
import type { Ticket } from '#shared/domain/model.ts';
import type { Actor, OperationContext, OperationResult } from '#shared/domain/operation.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { attachedUpload } from '#shared/domain/ticket/attach.ts';
import { linkedTicket } from '#shared/domain/ticket/link.ts';
import { problemsOf } from '#shared/domain/ticket/problems.ts';
import { proposeSolution } from '#shared/domain/ticket/propose-solution.ts';
import { pushable, run } from '#shared/domain/ticket/registry.ts';
import { Solution } from '#shared/domain/ticket/resolve.ts';
import { isUndoable, undo } from '#shared/domain/ticket/undo.ts';
import type { GuichetDatabase, WriteTx } from '../db/database.ts';
import type { DeskCache, DeskSnapshot } from '../db/desk.ts';
import { actorOf, ticketAsSeen } from '../feed/sight.ts';
import { attachableUpload, markAttached } from '../files/attached.ts';
import type { FileFolder } from '../files/folder.ts';
import { believedInstant, newestSeen } from './occurred.ts';
import { actorBeforeLeaving } from './out-of-sight.ts';
import { contentHash, dependence, operationRow, outcomeOf, recordedOperations, type Verdict, verdictOf } from './record.ts';
import { beforeImage, undoTarget } from './undo-target.ts';
import { storedRows, ticketLock, type Work, workOn } from './work.ts';

export interface PushServices {
  database: GuichetDatabase;
  desk: DeskCache;
  files: FileFolder;
}
export interface PushAuthor {
  personId: string;
  /** The newest feed position that this session was sent. */
  seenSeq: number;
}

interface Judged {
  verdict: Verdict;
  refusedClaim: string | null;
  before: unknown;
  occurredAt: string;
}
const rejected = (refusal: Refusal, refusedClaim: string | null, occurredAt: string): Judged => ({
  verdict: { status: 'rejected', refusal },
  refusedClaim,
  before: null,
  occurredAt,
});

/** What a refused claim leaves standing (DESIGN section 7, "Offline claim"). */
type Kept = 'note' | 'log_call' | 'attach' | 'solution_proposed';
function keptForm(name: string): Kept | undefined {
  if (name === 'note' || name === 'log_call' || name === 'attach') return name;
  return name === 'resolve' ? 'solution_proposed' : undefined;
}

/**
 * What an operation does. When it was made and happened is what its author says of it, and the first saying stands: a page that sends again
 * what got no answer says it anew.
 */
function pushedHash({ madeAt: _made, occurredAt: _occurred, ...content }: PushOperation): string {
  return contentHash(content);
}

export async function pushOperation(services: PushServices, author: PushAuthor, operation: PushOperation): Promise<PushOutcome> {
  const hash = pushedHash(operation);
  let seqTaken = 0;
  const { verdict, ticket } = await services.database.write(
    async (tx) => {
      const desk = await services.desk.in(tx, tx.position);
      const actor = actorOf(desk, author.personId);
      const [stored, [known], [seenBefore]] = await tx.rowsOf([
        storedRows(tx, [operation.ticketId]),
        recordedOperations(tx, [operation.id]),
        newestSeen(tx, operation.ticketId, author),
      ]);
      const work = workOn(tx, [operation.ticketId], stored, desk);
      const seen = (): Ticket | null => {
        const current = work.subject(operation.ticketId).ticket;
        return current ? ticketAsSeen(current, mayRead(actor, current)) : null;
      };
      if (known) {
        // The whole of it was hashed once, and an answer may be lost while a server makes room for the next.
        const same = known.author_id === author.personId && [hash, contentHash(operation)].includes(known.content_hash);
        seqTaken = known.seq;
        return { verdict: same ? verdictOf(known) : ({ status: 'rejected', refusal: { code: 'id_reused' } } as const), ticket: seen() };
      }
      const judged = await judge(tx, { work, desk, files: services.files, actor, author, operation, seenAt: seenBefore?.at ?? null });
      await work.flush();
      tx.afterSeq((seq) => {
        seqTaken = seq;
        const row = operationRow(
          {
            id: operation.id,
            name: operation.name,
            ticketId: operation.ticketId,
            authorId: author.personId,
            contentHash: hash,
            verdict: judged.verdict,
            refusedClaim: judged.refusedClaim,
            imported: false,
            appliedAt: tx.now.toISOString(),
            occurredAt: judged.occurredAt,
            body: operation,
            before: judged.before,
          },
          seq,
        );
        return [tx.insertInto('operation').values(row)];
      });
      return { verdict: judged.verdict, ticket: seen() };
    },
    [ticketLock(operation.ticketId)],
  );
  return outcomeOf(operation.id, verdict, seqTaken, ticket);
}

interface Case {
  work: Work;
  desk: DeskSnapshot;
  files: FileFolder;
  actor: Actor;
  author: PushAuthor;
  operation: PushOperation;
  /** `newestSeen`. */
  seenAt: string | null;
}

async function judge(tx: WriteTx, { work, desk, files, actor, author, operation, seenAt }: Case): Promise<Judged> {
  const now = tx.now.toISOString();
  const { id, name, ticketId, input } = operation;
  const subject = work.subject(ticketId);
  const occurredAt = believedInstant(operation.occurredAt, { openedAt: subject.ticket?.openedAt ?? null, seenAt, now });
  if (!pushable.has(name)) return rejected({ code: 'invalid', problems: [{ path: 'name', message: 'invalid' }] }, null, occurredAt);

  const built = await dependence(tx, author.personId, operation.after);
  const form = keptForm(name);
  if (built.rejected !== null && (built.refusedClaim === null || !form)) {
    return rejected({ code: 'depends_on_rejected', operationId: built.rejected }, built.refusedClaim, occurredAt);
  }
  const refusedClaim = built.rejected === null ? null : built.refusedClaim;

  const uploadId = attachedUpload(name, input);
  const upload = uploadId === undefined ? undefined : await attachableUpload(tx, files, author.personId, uploadId);
  const otherId = linkedTicket(name, input);
  const otherTicket = otherId === undefined ? undefined : await storedTicket(tx, otherId);
  const standing = await standingActor(tx, actor, subject.ticket, operation, refusedClaim !== null);
  const context: OperationContext = {
    actor: standing,
    now,
    occurredAt,
    operationId: id,
    ticketId,
    offline: operation.offline,
    imported: false,
    desk,
    undoTarget: name === 'undo' && subject.ticket ? await targetOf(tx, subject.ticket, input) : undefined,
    upload: () => upload,
    otherTicket: () => otherTicket,
  };
  const result =
    refusedClaim !== null && form === 'solution_proposed' ? propose(subject, input, context) : run(name, subject, input, context);
  if (!result.ok) return rejected(result.refusal, name === 'claim' ? id : refusedClaim, occurredAt);
  if ('superseded' in result) {
    return { verdict: { status: 'superseded', revision: subject.ticket?.revision ?? 0 }, refusedClaim: null, before: null, occurredAt };
  }
  if (upload && !(await markAttached(tx, upload.id, ticketId, id))) return rejected({ code: 'file_missing' }, refusedClaim, occurredAt);
  const before = isUndoable(name) ? beforeImage(work, subject.ticket, result.change) : null;
  const revision = await work.apply(result.change, { operationId: id, imported: false });
  const verdict: Verdict = refusedClaim !== null && form ? { status: 'kept', as: form, revision } : { status: 'applied', revision };
  return { verdict, refusedClaim, before, occurredAt };
}

/** Who is out of sight of the ticket may still stand as a technician of it, for what he did before it left. */
async function standingActor(
  tx: WriteTx,
  actor: Actor,
  ticket: Ticket | undefined,
  operation: PushOperation,
  claimRefused: boolean,
): Promise<Actor> {
  const late =
    operation.name === 'note' ||
    operation.name === 'log_call' ||
    operation.name === 'attach' ||
    (claimRefused && operation.name === 'resolve');
  if (!ticket || !late || mayRead(actor, ticket) === 'all') return actor;
  return (await actorBeforeLeaving(tx, actor, ticket, operation.madeAt, tx.now)) ?? actor;
}

async function storedTicket(tx: WriteTx, id: string): Promise<Ticket | undefined> {
  const row = await tx.selectFrom('ticket').select('doc').where('id', '=', id).executeTakeFirst();
  return row && (JSON.parse(row.doc) as Ticket);
}

async function targetOf(tx: WriteTx, ticket: Ticket, input: unknown) {
  const parsed = undo.input.safeParse(input);
  return parsed.success ? undoTarget(tx, ticket, parsed.data.operationId) : undefined;
}

function propose(subject: ReturnType<Work['subject']>, input: unknown, context: OperationContext): OperationResult {
  const { ticket } = subject;
  if (!ticket || mayRead(context.actor, ticket) !== 'all') return { ok: false, refusal: { code: 'not_found' } };
  const parsed = Solution.safeParse(input);
  if (!parsed.success) return { ok: false, refusal: { code: 'invalid', problems: problemsOf(parsed.error) } };
  return { ok: true, change: proposeSolution({ ...subject, ticket }, parsed.data, context) };
}
