/** Removes links and reply codes of mails that are a year old: what they were for is long over, and nobody is to collect them. */
import type { GuichetDatabase } from '../db/database.ts';

export const FORGET_LINKS_EVERY_MS = 24 * 3_600_000;
const KEPT_MS = 365 * 24 * 3_600_000;

export async function forgetLinks({ database, clock }: { database: GuichetDatabase; clock: () => Date }): Promise<void> {
  const before = new Date(clock().getTime() - KEPT_MS).toISOString();
  await database.write(async (tx) => {
    await tx.deleteFrom('decision_link').where('created_at', '<', before).execute();
    await tx.deleteFrom('reply_code').where('created_at', '<', before).execute();
  });
}
