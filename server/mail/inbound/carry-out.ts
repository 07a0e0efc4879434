/**
 * Does what a mail's row says is to be done: by the operations of everybody, as the person who wrote it or the technician who decided, under
 * ids that never change. So it can be cut off anywhere, and begun anew by whoever comes next.
 */
import type { PushOperation } from '#shared/contract/api.ts';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import { instantOf, msOf } from '#shared/domain/instant.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { appendAudit } from '../../db/audit.ts';
import type { InboundMailTable } from '../../db/tables.ts';
import { announce, finish, receive } from '../../files/uploads.ts';
import { pushOperation } from '../../operations/push.ts';
import { readContent } from './content.ts';
import { type MailFile, sha256 } from './parse.ts';
import { derivedId, filesOf, type Plan } from './plan.ts';
import { readMail } from './read.ts';
import type { InboundServices } from './take-in.ts';

/** Undefined: done, now or before. A refusal: it waits for a technician (again). */
export async function carryOut(services: InboundServices, id: string): Promise<Refusal | undefined> {
  const row = await services.database.read((db) =>
    db.selectFrom('inbound_mail').selectAll().where('id', '=', id).where('state', '=', 'taken').executeTakeFirst(),
  );
  if (!row || row.plan === null || row.stored_as === null) return undefined;
  const plan = JSON.parse(row.plan) as Plan;
  const refusal = await perform(services, plan, row, row.stored_as);
  if (refusal !== undefined) await putBack(services, row);
  else if (await settle(services, row, plan)) await dropContent(services, id, row.stored_as);
  return refusal;
}

async function perform(services: InboundServices, plan: Plan, row: InboundMailTable, storedAs: string): Promise<Refusal | undefined> {
  const from = msOf(row.handled_at ?? row.received_at);
  const push = async (nth: number, word: string, name: string, input: Record<string, unknown>) => {
    // One after the other, also where only the time tells the order.
    const at = instantOf(from + nth);
    const operation: PushOperation = {
      id: derivedId(plan.seed, word),
      name,
      ticketId: plan.ticketId,
      input,
      madeAt: at,
      occurredAt: at,
      offline: false,
      after: [],
    };
    const outcome = await pushOperation(services, { personId: plan.authorId, seenSeq: 0 }, operation);
    return outcome.status === 'rejected' ? outcome.refusal : undefined;
  };
  const refusal = plan.operation ? await push(0, 'operation', plan.operation.name, plan.operation.input) : undefined;
  if (refusal !== undefined) return refusal;
  const raw = await readContent(services.files, storedAs);
  if (raw === undefined) return undefined;
  const { mail } = await readMail(raw, row.why !== 'too_large');
  const { taken } = filesOf(mail, plan.hasWholeText, services.settings.maxFileBytes);
  for (const [index, file] of taken.entries()) {
    const fileId = derivedId(plan.seed, `file ${index}`);
    await upload(services, plan.authorId, fileId, file);
    const input = { content: { kind: 'file', id: fileId }, visibility: plan.visibility };
    const refused = await push(index + 1, `attach ${index}`, 'attach', input);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** As a console does it, from where an earlier try left it. @throws ApiFailure */
async function upload(services: InboundServices, personId: string, id: string, { name, bytes }: MailFile): Promise<void> {
  let state = await announce(services, personId, { id, name, size: bytes.length, sha256: sha256(bytes) });
  while (!state.finished && state.received < bytes.length) {
    const piece = bytes.subarray(state.received, state.received + CHUNK_BYTES);
    state = await receive(services, personId, id, state.received, piece);
  }
  if (!state.finished) await finish(services, personId, id);
}

/** False: somebody else has done it meanwhile. */
async function settle({ database }: InboundServices, row: InboundMailTable, plan: Plan): Promise<boolean> {
  return database.write(async (tx) => {
    const state = plan.operation?.name === 'open' ? 'opened' : 'noted';
    const { numUpdatedRows } = await tx
      .updateTable('inbound_mail')
      .set({ state, ticket_id: plan.ticketId, plan: null, text: '', changed_at: tx.now.toISOString() })
      .where('id', '=', row.id)
      .where('state', '=', 'taken')
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) return false;
    if (row.handled_by !== null) {
      const action = state === 'opened' ? 'mail_opened' : 'mail_noted';
      await appendAudit(tx, row.handled_by, action, { mail: row.id, sender: row.sender ?? '', ticket: plan.ticketId });
    }
    return true;
  });
}

async function putBack({ database }: InboundServices, row: InboundMailTable): Promise<void> {
  await database.write((tx) =>
    tx
      .updateTable('inbound_mail')
      .set({
        state: 'quarantined',
        why: row.why ?? 'refused',
        plan: null,
        handled_by: null,
        handled_at: null,
        changed_at: tx.now.toISOString(),
      })
      .where('id', '=', row.id)
      .where('state', '=', 'taken')
      .execute(),
  );
}

/** Of a mail that waits for nobody any more. */
export async function dropContent({ database, files }: InboundServices, id: string, storedAs: string): Promise<void> {
  await files.remove(storedAs);
  await database.write((tx) => tx.updateTable('inbound_mail').set({ stored_as: null }).where('id', '=', id).execute());
}
