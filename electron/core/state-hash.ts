/** The hash of everything the server has sent this person, for comparison with the server's (GET /v1/hash). */
import { createHash } from 'node:crypto';
import { canonicalLine } from '#shared/contract/canonical.ts';
import type { CacheReader } from './storage/cache-read.ts';

export interface CacheState {
  epoch: string | null;
  seq: number | null;
  tickets: number;
  hash: string;
}

export function cacheState(reader: CacheReader): CacheState {
  const hash = createHash('sha256');
  for (const { table, row } of reader.eachRow()) hash.update(canonicalLine(table, row.id, row));
  const [epoch, seq] = reader.position()?.split(':') ?? [];
  return { epoch: epoch ?? null, seq: seq === undefined ? null : Number(seq), tickets: reader.ticketCount(), hash: hash.digest('hex') };
}
