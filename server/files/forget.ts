/** Removes uploads that nothing came of. Marked first, so that none is attached while its file goes; a round that is cut off is taken up again. */
import type { Services } from '../http/services.ts';

export const FORGET_UPLOADS_EVERY_MS = 600_000;
/** Since the last piece. */
const KEPT_MS = 7 * 24 * 3_600_000;
/** What is whole waits longer for its operation: that of somebody who was away. */
const KEPT_WHOLE_MS = 30 * 24 * 3_600_000;
const AT_ONCE = 100;

/** One round. Returns how many it removed. */
export async function forgetUploads({ database, files, clock }: Pick<Services, 'database' | 'files' | 'clock'>): Promise<number> {
  await files.sweep();
  const ago = (ms: number) => new Date(clock().getTime() - ms).toISOString();
  const [parts, whole] = [ago(KEPT_MS), ago(KEPT_WHOLE_MS)];
  const due = await database.read((db) =>
    db
      .selectFrom('upload')
      .select('id')
      .where((e) =>
        e.or([
          e.and([e('state', 'in', ['receiving', 'leaving']), e('touched_at', '<', parts)]),
          e.and([e('state', '=', 'finished'), e('touched_at', '<', whole)]),
        ]),
      )
      .limit(AT_ONCE)
      .execute(),
  );
  if (due.length === 0) return 0;
  const ids = due.map((row) => row.id);
  const leaving = await database.write(async (tx) => {
    await tx
      .updateTable('upload')
      .set({ state: 'leaving' })
      .where('id', 'in', ids)
      .where((e) =>
        e.or([
          e.and([e('state', '=', 'receiving'), e('touched_at', '<', parts)]),
          e.and([e('state', '=', 'finished'), e('touched_at', '<', whole)]),
        ]),
      )
      .execute();
    return tx.selectFrom('upload').select(['id', 'stored_as']).where('id', 'in', ids).where('state', '=', 'leaving').execute();
  });
  for (const { stored_as } of leaving) await files.remove(stored_as);
  const gone = leaving.map((row) => row.id);
  if (gone.length > 0) {
    await database.write((tx) => tx.deleteFrom('upload').where('id', 'in', gone).where('state', '=', 'leaving').execute());
  }
  return gone.length;
}
