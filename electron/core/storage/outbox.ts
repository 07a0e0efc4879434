/**
 * outbox.db: what this technician did and the server has not yet confirmed, drafts, and a call in progress. The only copy of that
 * work: durable at each commit, migrated, never deleted. Rows belong to their author, only he sees and sends them.
 */
import { randomUUID } from 'node:crypto';
import type { PushOutcome } from '#shared/contract/api.ts';
import { Rejection } from '#shared/contract/core.ts';
import { migrate } from './migrate.ts';
import { type NewOperation, type OperationRecord, operationOf, StoredCall, type StoredDraft, type StoredOperation } from './outbox-rows.ts';
import { QueuedFiles } from './queued-files.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import { ToldAlerts } from './told-alerts.ts';

const PENDING = "state IN ('queued', 'sending', 'stopped')";
/** Acknowledged operations stay this long, for undo and for a server restored from a backup. */
const KEEP_DAYS = 30;

export interface Draft extends StoredDraft {
  savedAt: string;
}

export class Outbox {
  readonly db: Sqlite;
  /** Names this process, so that a call of another one is known as recovered. */
  readonly run = randomUUID();
  #sql: ReturnType<typeof prepareStatements>;
  #files: QueuedFiles | undefined;
  #alerts: ToldAlerts | undefined;

  constructor(file: string, options: { readonly?: boolean } = {}) {
    this.db = openSqlite(file, options);
    try {
      if (!options.readonly) {
        this.db.pragma('journal_mode = WAL');
        this.db.pragma('synchronous = FULL');
        migrate(this.db);
      }
      this.#sql = prepareStatements(this.db);
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  get files(): QueuedFiles {
    this.#files ??= new QueuedFiles(this.db);
    return this.#files;
  }

  get alerts(): ToldAlerts {
    this.#alerts ??= new ToldAlerts(this.db);
    return this.#alerts;
  }

  transaction<T>(work: () => T): T {
    return this.db.transaction(work).immediate();
  }

  close(): void {
    this.db.close();
  }

  owner(): string | null {
    return this.meta('owner');
  }
  meta(name: string): string | null {
    return (this.#sql.readMeta.get(name) as string | undefined) ?? null;
  }
  setMeta(name: string, value: string): void {
    if (this.meta(name) !== value) this.#sql.writeMeta.run(name, value);
  }
  dropMeta(name: string): void {
    this.#sql.dropMeta.run(name);
  }

  add(authorId: string, operation: NewOperation): void {
    this.#sql.add.run(
      operation.id,
      authorId,
      operation.name,
      operation.ticketId,
      operation.ticketNumber,
      operation.ticketTitle,
      JSON.stringify(operation.input),
      operation.madeAt,
      operation.occurredAt,
      operation.offline ? 1 : 0,
      JSON.stringify(operation.after),
      operation.before ? JSON.stringify(operation.before) : null,
      operation.draft ? JSON.stringify(operation.draft) : null,
    );
  }

  get(id: string): StoredOperation | undefined {
    const record = this.#sql.one.get(id) as OperationRecord | undefined;
    return record && operationOf(record);
  }
  /** Operations without an answer, in order. */
  pending(authorId: string): StoredOperation[] {
    return (this.#sql.pending.all(authorId) as OperationRecord[]).map(operationOf);
  }
  pendingCount(authorId: string): number {
    return this.#sql.pendingCount.get(authorId) as number;
  }
  /** Of the last operation ever queued: changes when one is added. */
  lastPosition(): number {
    return (this.#sql.lastPosition.get() as number | null) ?? 0;
  }
  /** Applied or kept beyond `seq`: the feed has not shown them yet. */
  acknowledgedSince(authorId: string, seq: number): StoredOperation[] {
    return (this.#sql.acknowledged.all(authorId, seq) as OperationRecord[]).map(operationOf);
  }
  ofTicket(authorId: string, ticketId: string): StoredOperation[] {
    return (this.#sql.ofTicket.all(authorId, ticketId) as OperationRecord[]).map(operationOf);
  }
  /** Sent, or about to be: from here on only the server's answer says whether it happened. */
  markSending(ids: readonly string[], at: string): void {
    this.transaction(() => {
      for (const id of ids) this.#sql.sending.run(at, id);
    });
  }
  /** It certainly did not reach the server, so that it was made without it. */
  markNotSent(ids: readonly string[]): void {
    this.transaction(() => {
      for (const id of ids) this.#sql.notSent.run(id);
    });
  }
  markStopped(id: string): void {
    this.#sql.stopped.run(id);
  }
  setOutcome(id: string, outcome: PushOutcome, answeredAt: string): void {
    const applied = outcome.status === 'rejected' ? null : outcome;
    this.#sql.outcome.run(outcome.status, JSON.stringify(outcome), applied?.seq ?? null, applied?.revision ?? null, answeredAt, id);
  }
  /**
   * The epoch that the server has now. Where it is another one, positions and revisions of before say nothing any more, and what was
   * acknowledged is to be offered again.
   */
  noteEpoch(epoch: string): void {
    const known = this.meta('epoch');
    if (known === epoch) return;
    this.transaction(() => {
      if (known !== null) {
        this.#sql.forgetPositions.run();
        // Each person's own session offers what is his, whenever he comes.
        for (const author of this.#sql.authors.all() as string[]) this.setMeta(`offer ${author}`, epoch);
      }
      this.setMeta('epoch', epoch);
    });
  }
  /** What was acknowledged has to be offered to this server before anything else is sent. */
  hasToOffer(authorId: string): boolean {
    return this.meta(`offer ${authorId}`) !== null;
  }
  /** Acknowledged operations that had an effect, in order. */
  acknowledged(authorId: string): StoredOperation[] {
    return (this.#sql.effective.all(authorId) as OperationRecord[]).map(operationOf);
  }
  /** The offer was answered: these wait again, as if they had never been sent. */
  endOffer(authorId: string, lacking: readonly string[]): void {
    this.transaction(() => {
      for (const id of lacking) this.#sql.requeue.run(id);
      this.files.sendAgain(authorId);
      this.#sql.dropMeta.run(`offer ${authorId}`);
    });
  }
  remove(id: string): void {
    this.#sql.remove.run(id);
  }
  /** Drops acknowledged operations older than 30 days. `now`: server time. */
  prune(now: string): void {
    this.#sql.prune.run(new Date(Date.parse(now) - KEEP_DAYS * 86_400_000).toISOString());
  }

  drafts(authorId: string, ticketId: string): Draft[] {
    const found = this.#sql.drafts.all(authorId, ticketId) as { form: string; content: string; saved_at: string }[];
    return found.map((draft) => ({ form: draft.form, content: JSON.parse(draft.content), savedAt: draft.saved_at }));
  }
  allDrafts(authorId: string): (Draft & { ticketId: string })[] {
    const found = this.#sql.allDrafts.all(authorId) as { ticket_id: string; form: string; content: string; saved_at: string }[];
    return found.map((draft) => ({
      ticketId: draft.ticket_id,
      form: draft.form,
      content: JSON.parse(draft.content),
      savedAt: draft.saved_at,
    }));
  }
  saveDraft(authorId: string, ticketId: string, draft: StoredDraft, at: string): void {
    this.#sql.saveDraft.run(authorId, ticketId, draft.form, JSON.stringify(draft.content), at);
  }
  dropDraft(authorId: string, ticketId: string, form: string): void {
    this.#sql.dropDraft.run(authorId, ticketId, form);
  }
  /** Gives a text back, unless something newer was typed meanwhile. */
  giveBack(authorId: string, ticketId: string, draft: StoredDraft, at: string): void {
    this.#sql.giveBack.run(authorId, ticketId, draft.form, JSON.stringify(draft.content), at);
  }

  call(authorId: string): (StoredCall & { recovered: boolean }) | null {
    const found = this.#sql.call.get(authorId) as { run: string; content: string } | undefined;
    return found ? { ...StoredCall.parse(JSON.parse(found.content)), recovered: found.run !== this.run } : null;
  }
  anyCall(): boolean {
    return this.#sql.anyCall.get() !== undefined;
  }
  startCall(authorId: string, call: StoredCall): void {
    this.#sql.startCall.run(authorId, this.run, JSON.stringify(call));
  }
  updateCall(call: StoredCall): void {
    this.#sql.updateCall.run(JSON.stringify(call));
  }
  endCall(): void {
    this.#sql.endCall.run();
  }

  rejections(authorId: string, ticketId?: string): { ticketId: string; rejection: Rejection }[] {
    const found = this.#sql.rejections.all({ author: authorId, ticket: ticketId ?? null }) as { ticket_id: string; content: string }[];
    return found.map((row) => ({ ticketId: row.ticket_id, rejection: Rejection.parse(JSON.parse(row.content)) }));
  }
  saveRejection(authorId: string, ticketId: string, rejection: Rejection): void {
    this.#sql.saveRejection.run(rejection.operationId, authorId, ticketId, JSON.stringify(rejection));
  }
  dismissRejection(authorId: string, operationId: string): void {
    this.#sql.dismiss.run(authorId, operationId);
  }
}

function prepareStatements(db: Sqlite) {
  return {
    readMeta: db.prepare('SELECT value FROM meta WHERE name = ?').pluck(),
    writeMeta: db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value'),
    add: db.prepare(`INSERT INTO operation(id, author_id, name, ticket_id, ticket_number, ticket_title, input, made_at, occurred_at,
      offline, after, before, draft, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')`),
    one: db.prepare('SELECT * FROM operation WHERE id = ?'),
    pending: db.prepare(`SELECT * FROM operation WHERE author_id = ? AND ${PENDING} ORDER BY position`),
    pendingCount: db.prepare(`SELECT count(*) FROM operation WHERE author_id = ? AND ${PENDING}`).pluck(),
    lastPosition: db.prepare('SELECT max(position) FROM operation').pluck(),
    acknowledged: db.prepare("SELECT * FROM operation WHERE author_id = ? AND state IN ('applied', 'kept') AND seq > ? ORDER BY position"),
    ofTicket: db.prepare('SELECT * FROM operation WHERE author_id = ? AND ticket_id = ? ORDER BY position'),
    sending: db.prepare("UPDATE operation SET state = 'sending', sent_at = coalesce(sent_at, ?) WHERE id = ?"),
    notSent: db.prepare("UPDATE operation SET state = 'queued', offline = 1, sent_at = NULL WHERE id = ?"),
    stopped: db.prepare("UPDATE operation SET state = 'stopped' WHERE id = ?"),
    outcome: db.prepare('UPDATE operation SET state = ?, outcome = ?, seq = ?, revision = ?, answered_at = ? WHERE id = ?'),
    authors: db.prepare("SELECT DISTINCT author_id FROM operation WHERE state IN ('applied', 'kept')").pluck(),
    effective: db.prepare("SELECT * FROM operation WHERE author_id = ? AND state IN ('applied', 'kept') ORDER BY position"),
    requeue:
      db.prepare(`UPDATE operation SET state = 'queued', outcome = NULL, seq = NULL, revision = NULL, answered_at = NULL, sent_at = NULL
      WHERE id = ?`),
    dropMeta: db.prepare('DELETE FROM meta WHERE name = ?'),
    forgetPositions: db.prepare("UPDATE operation SET seq = -1 WHERE state IN ('applied', 'kept')"),
    remove: db.prepare('DELETE FROM operation WHERE id = ?'),
    prune: db.prepare(`DELETE FROM operation WHERE NOT (${PENDING}) AND answered_at < ?`),
    drafts: db.prepare('SELECT form, content, saved_at FROM draft WHERE author_id = ? AND ticket_id = ?'),
    allDrafts: db.prepare('SELECT ticket_id, form, content, saved_at FROM draft WHERE author_id = ? ORDER BY ticket_id, form'),
    saveDraft: db.prepare('INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)'),
    giveBack: db.prepare('INSERT OR IGNORE INTO draft VALUES (?, ?, ?, ?, ?)'),
    dropDraft: db.prepare('DELETE FROM draft WHERE author_id = ? AND ticket_id = ? AND form = ?'),
    call: db.prepare('SELECT run, content FROM call WHERE author_id = ?'),
    anyCall: db.prepare('SELECT 1 FROM call').pluck(),
    startCall: db.prepare('INSERT INTO call VALUES (1, ?, ?, ?)'),
    updateCall: db.prepare('UPDATE call SET content = ?'),
    endCall: db.prepare('DELETE FROM call'),
    rejections: db.prepare(
      'SELECT ticket_id, content FROM rejection WHERE author_id = @author AND (@ticket IS NULL OR ticket_id = @ticket)',
    ),
    saveRejection: db.prepare('INSERT OR REPLACE INTO rejection VALUES (?, ?, ?, ?)'),
    dismiss: db.prepare('DELETE FROM rejection WHERE author_id = ? AND operation_id = ?'),
  };
}
