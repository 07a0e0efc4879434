/** Which alerts a person was told: rows of outbox.db, for the cache may be made anew at any time. */
import type { Sqlite } from './sqlite.ts';

export interface ToldAlert {
  ticketId: string;
  key: string;
  toldAt: string;
  /** To be told again then; null: no. */
  againAt: string | null;
  /** Put away, or passed by without a word. */
  dismissed: boolean;
}

/** Longer than tickets run. */
const KEEP_DAYS = 400;

export class ToldAlerts {
  readonly #sql: ReturnType<typeof prepareStatements>;
  readonly #db: Sqlite;

  constructor(db: Sqlite) {
    this.#db = db;
    this.#sql = prepareStatements(db);
  }

  all(authorId: string): ToldAlert[] {
    const found = this.#sql.all.all(authorId) as Record<string, string | number | null>[];
    return found.map((row) => ({
      ticketId: String(row.ticket_id),
      key: String(row.key),
      toldAt: String(row.told_at),
      againAt: row.again_at === null ? null : String(row.again_at),
      dismissed: row.dismissed === 1,
    }));
  }
  /** All of them or none. */
  tell(authorId: string, alerts: readonly Pick<ToldAlert, 'ticketId' | 'key' | 'dismissed'>[], at: string): void {
    this.#db
      .transaction(() => {
        for (const { ticketId, key, dismissed } of alerts) this.#sql.tell.run(authorId, ticketId, key, at, dismissed ? 1 : 0);
      })
      .immediate();
  }
  snooze(authorId: string, { ticketId, key }: Pick<ToldAlert, 'ticketId' | 'key'>, againAt: string): void {
    this.#sql.snooze.run(againAt, authorId, ticketId, key);
  }
  dismiss(authorId: string, { ticketId, key }: Pick<ToldAlert, 'ticketId' | 'key'>): void {
    this.#sql.dismiss.run(authorId, ticketId, key);
  }
  prune(now: string): void {
    this.#sql.prune.run(new Date(Date.parse(now) - KEEP_DAYS * 86_400_000).toISOString());
  }
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
