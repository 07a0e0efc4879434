/** Which alerts a person was told: rows of outbox.db, for the cache may be made anew at any time. */
import type { AlertName } from '#shared/contract/alerts.ts';
import type { Sqlite } from './sqlite.ts';

export interface ToldAlert extends AlertName {
  toldAt: string;
  /** To be told again then; null: no. */
  againAt: string | null;
  /** Put away, or passed by without a word. */
  dismissed: boolean;
}
export function nameOf({ ticketId, key }: AlertName): string {
  return `${ticketId} ${key}`;
}

/** Longer than tickets run. */
const KEEP_DAYS = 400;

export class ToldAlerts {
  readonly #sql: ReturnType<typeof prepareStatements>;
  readonly #db: Sqlite;
  /** By person, once read: every look asks for all of them. */
  readonly #known = new Map<string, Map<string, ToldAlert>>();

  constructor(db: Sqlite) {
    this.#db = db;
    this.#sql = prepareStatements(db);
  }

  /** By `nameOf`. */
  of(authorId: string): ReadonlyMap<string, ToldAlert> {
    let known = this.#known.get(authorId);
    if (!known) {
      const found = this.#sql.all.all(authorId) as Record<string, string | number | null>[];
      known = new Map(found.map(toldAlert).map((row) => [nameOf(row), row]));
      this.#known.set(authorId, known);
    }
    return known;
  }
  tell(authorId: string, alerts: readonly (AlertName & { dismissed: boolean })[], at: string): void {
    this.#write(authorId, ({ ticketId, key, dismissed }) => this.#sql.tell.run(authorId, ticketId, key, at, dismissed ? 1 : 0), alerts);
  }
  snooze(authorId: string, names: readonly AlertName[], againAt: string): void {
    this.#write(authorId, ({ ticketId, key }) => this.#sql.snooze.run(againAt, authorId, ticketId, key), names);
  }
  dismiss(authorId: string, names: readonly AlertName[]): void {
    this.#write(authorId, ({ ticketId, key }) => this.#sql.dismiss.run(authorId, ticketId, key), names);
  }
  prune(now: string): void {
    this.#sql.prune.run(new Date(Date.parse(now) - KEEP_DAYS * 86_400_000).toISOString());
    this.#known.clear();
  }

  /** All of them or none. */
  #write<T extends AlertName>(authorId: string, write: (one: T) => void, all: readonly T[]): void {
    this.#db
      .transaction(() => {
        for (const one of all) write(one);
      })
      .immediate();
    this.#known.delete(authorId);
  }
}

function toldAlert(row: Record<string, string | number | null>): ToldAlert {
  return {
    ticketId: String(row.ticket_id),
    key: String(row.key),
    toldAt: String(row.told_at),
    againAt: row.again_at === null ? null : String(row.again_at),
    dismissed: row.dismissed === 1,
  };
}

function prepareStatements(db: Sqlite) {
  return {
    all: db.prepare('SELECT * FROM alert WHERE author_id = ?'),
    tell: db.prepare(`INSERT INTO alert(author_id, ticket_id, key, told_at, dismissed) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET told_at = excluded.told_at, dismissed = excluded.dismissed, again_at = NULL`),
    snooze: db.prepare('UPDATE alert SET again_at = ? WHERE author_id = ? AND ticket_id = ? AND key = ?'),
    dismiss: db.prepare('UPDATE alert SET dismissed = 1, again_at = NULL WHERE author_id = ? AND ticket_id = ? AND key = ?'),
    prune: db.prepare('DELETE FROM alert WHERE told_at < ?'),
  };
}
