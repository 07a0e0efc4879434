/** Rows from the network, parsed by their table's own schema. */

import type { z } from 'zod';
import type { FeedChange } from '#shared/contract/api.ts';
import { type AnyRow, rowSchemas, type TableName } from '#shared/domain/model.ts';
import type { CacheChange } from '../storage/rows.ts';
import { SyncError } from './sync-error.ts';

export function parseRow(table: TableName, row: unknown): AnyRow {
  const parsed = rowSchemas[table].safeParse(row);
  if (!parsed.success) throw new SyncError('bad_answer', `row of ${table}: ${parsed.error.message}`);
  // The pairing of table and row is that of rowSchemas.
  return { table, row: parsed.data } as AnyRow;
}

export function parseChange(change: z.output<typeof FeedChange>): CacheChange {
  return 'gone' in change ? change : parseRow(change.table, change.row);
}
