/** Ticket numbers: "I-2026-000123" for incidents, "D-…" for requests; each kind and year counts from 1. */
import type { Ticket } from '#shared/domain/model.ts';
import type { WriteTx } from '../db/database.ts';

/** "I-2026": by the year (UTC) of the opening. */
export function numberSeries(ticket: Pick<Ticket, 'kind' | 'openedAt'>): string {
  return `${ticket.kind === 'incident' ? 'I' : 'D'}-${ticket.openedAt.slice(0, 4)}`;
}

/** The next `count` numbers of a series. */
export async function takeNumbers(tx: WriteTx, series: string, count: number): Promise<string[]> {
  const { last } = await tx
    .insertInto('number_series')
    .values({ series, last: count })
    .onConflict((conflict) => conflict.column('series').doUpdateSet((e) => ({ last: e('number_series.last', '+', count) })))
    .returning('last')
    .executeTakeFirstOrThrow();
  return Array.from({ length: count }, (_, index) => `${series}-${String(last - count + 1 + index).padStart(6, '0')}`);
}
