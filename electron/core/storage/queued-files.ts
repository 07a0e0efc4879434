/** The files of outbox.db: what is uploaded before it can be attached. Rows belong to their author, like everything there. */
import { z } from 'zod';
import { UploadProblem } from '#shared/contract/files.ts';
import type { AttachedFile } from '#shared/domain/model.ts';
import type { Sqlite } from './sqlite.ts';

/** waiting: not (wholly) on the server. uploaded: its operation may go. refused: the server will not have it. */
export type FileState = 'waiting' | 'uploaded' | 'refused';

export interface NewFile {
  id: string;
  ticketId: string;
  name: string;
  /** Bytes. */
  size: number;
  sha256: string;
  /** By its first bytes. */
  type: string;
  /** Its name in the folder of files. */
  storedAs: string;
  madeAt: string;
}
export interface QueuedFile extends NewFile {
  authorId: string;
  state: FileState;
  problem: UploadProblem | null;
}

interface FileRecord {
  id: string;
  author_id: string;
  ticket_id: string;
  name: string;
  size: number;
  sha256: string;
  type: string;
  stored_as: string;
  made_at: string;
  state: string;
  problem: string | null;
}

const States = z.enum(['waiting', 'uploaded', 'refused']);
function fileOf(record: FileRecord): QueuedFile {
  return {
    id: record.id,
    authorId: record.author_id,
    ticketId: record.ticket_id,
    name: record.name,
    size: record.size,
    sha256: record.sha256,
    type: record.type,
    storedAs: record.stored_as,
    madeAt: record.made_at,
    state: States.parse(record.state),
    problem: record.problem === null ? null : UploadProblem.parse(JSON.parse(record.problem)),
  };
}

export class QueuedFiles {
  #sql: ReturnType<typeof prepareStatements>;

  constructor(db: Sqlite) {
    this.#sql = prepareStatements(db);
  }

  add(authorId: string, file: NewFile): void {
    const { id, ticketId, name, size, sha256, type, storedAs, madeAt } = file;
    this.#sql.add.run(id, authorId, ticketId, name, size, sha256, type, storedAs, madeAt);
  }
  get(id: string): QueuedFile | undefined {
    const record = this.#sql.one.get(id) as FileRecord | undefined;
    return record && fileOf(record);
  }
  /** As an operation knows it. */
  attachment(id: string): AttachedFile | undefined {
    const file = this.get(id);
    return file && { kind: 'file', id, name: file.name, size: file.size, type: file.type };
  }
  /** Not yet uploaded, oldest first. */
  waiting(authorId: string): QueuedFile[] {
    return (this.#sql.waiting.all(authorId) as FileRecord[]).map(fileOf);
  }
  /** Not yet uploaded, or refused. */
  ofPerson(authorId: string): QueuedFile[] {
    return (this.#sql.ofPerson.all(authorId) as FileRecord[]).map(fileOf);
  }
  /** Whether the operation that attaches it has to wait; one that is not here is the server's to judge. */
  holdsUp(id: string): boolean {
    const state = (this.#sql.one.get(id) as FileRecord | undefined)?.state;
    return state !== undefined && state !== 'uploaded';
  }
  markUploaded(id: string): void {
    this.#sql.state.run('uploaded', null, id);
  }
  refuse(id: string, problem: UploadProblem): void {
    this.#sql.state.run('refused', JSON.stringify(problem), id);
  }
  /** It is on its way again from its beginning, as far as the server does not have it. */
  startOver(id: string): void {
    this.#sql.state.run('waiting', null, id);
  }
  /** The server may lack what it had: it is asked again before the operation goes. */
  sendAgain(authorId: string): void {
    this.#sql.sendAgain.run(authorId);
  }
  remove(id: string): void {
    this.#sql.remove.run(id);
  }
  /**
   * Drops those whose operation is gone, and of the attached ones the oldest, beyond `keepBytes`: they are kept for a server that is put
   * back to an earlier state.
   */
  prune(keepBytes: number): void {
    this.#sql.orphans.run();
    let bytes = 0;
    for (const { id, size } of this.#sql.attached.all() as { id: string; size: number }[]) {
      bytes += size;
      if (bytes > keepBytes) this.#sql.remove.run(id);
    }
  }
  /** Names in the folder that are somebody's. */
  storedNames(): Set<string> {
    return new Set(this.#sql.names.all() as string[]);
  }
}

const UPLOAD_OF = "json_extract(input, '$.content.id')";
function prepareStatements(db: Sqlite) {
  return {
    add: db.prepare(`INSERT INTO file(id, author_id, ticket_id, name, size, sha256, type, stored_as, made_at, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`),
    one: db.prepare('SELECT * FROM file WHERE id = ?'),
    waiting: db.prepare("SELECT * FROM file WHERE author_id = ? AND state = 'waiting' ORDER BY made_at, id"),
    ofPerson: db.prepare("SELECT * FROM file WHERE author_id = ? AND state <> 'uploaded' ORDER BY made_at, id"),
    state: db.prepare('UPDATE file SET state = ?, problem = ? WHERE id = ?'),
    sendAgain: db.prepare(`UPDATE file SET state = 'waiting' WHERE author_id = ? AND state = 'uploaded' AND id IN
      (SELECT ${UPLOAD_OF} FROM operation WHERE name = 'attach' AND state IN ('queued', 'sending', 'stopped'))`),
    remove: db.prepare('DELETE FROM file WHERE id = ?'),
    orphans: db.prepare(
      `DELETE FROM file WHERE id NOT IN (SELECT ${UPLOAD_OF} FROM operation WHERE name = 'attach' AND ${UPLOAD_OF} IS NOT NULL)`,
    ),
    attached: db.prepare(`SELECT file.id, file.size FROM file JOIN operation ON ${UPLOAD_OF} = file.id
      WHERE operation.name = 'attach' AND operation.state IN ('applied', 'kept') ORDER BY operation.answered_at DESC`),
    names: db.prepare('SELECT stored_as FROM file').pluck(),
  };
}
