/** A change of what clocks are measured by: its rows, its line in the audit log and what it makes late are one transaction. */
import { type AuditAction, appendAudit } from '../db/audit.ts';
import type { GuichetDatabase, WriteTx } from '../db/database.ts';
import type { DeskCache, DeskSnapshot } from '../db/desk.ts';
import type { Problems } from './checks.ts';
import { measureAnew } from './measure-anew.ts';

export interface AdministrationServices {
  database: GuichetDatabase;
  desk: DeskCache;
}

/** Why nothing was changed. `stale`: somebody changed it since it was read. */
export type Unchanged = { kind: 'not_found' } | { kind: 'stale' } | { kind: 'invalid'; problems: Problems };
/** `row`: as it is stored now. */
export type Changed<Row> = { ok: true; row: Row } | { ok: false; why: Unchanged };

interface Written<Row> {
  /** The row's id, and what was there before: for the audit log. */
  id: string;
  before: Row | undefined;
  /** Whether anything is different. */
  differs: boolean;
  /** The row in the directory as the change left it. */
  read(after: DeskSnapshot): Row;
}

/**
 * `change` writes directory rows and nothing else, or answers why it does not; it runs while nobody changes a ticket. `actorId`: for the audit log.
 */
export async function changeMeasures<Row>(
  { database, desk: cache }: AdministrationServices,
  actorId: string,
  action: AuditAction,
  change: (tx: WriteTx, desk: DeskSnapshot) => Promise<Written<Row> | Unchanged>,
): Promise<Changed<Row>> {
  return database.write(async (tx): Promise<Changed<Row>> => {
    await tx.lockTickets();
    const before = await cache.in(tx);
    const written = await change(tx, before);
    if ('kind' in written) return { ok: false, why: written };
    const after = await cache.anew(tx);
    const row = written.read(after);
    if (!written.differs) return { ok: true, row };
    const tickets = before.rows('policy').size === 0 || before.rows('calendar').size === 0 ? 0 : await measureAnew(tx, before, after);
    await appendAudit(tx, actorId, action, {
      id: written.id,
      before: JSON.stringify(written.before ?? null),
      after: JSON.stringify(row),
      tickets,
    });
    return { ok: true, row };
  });
}
