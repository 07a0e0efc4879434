import { randomUUID } from 'node:crypto';
import type { WriteTx } from './database.ts';

/** What happened to accounts, rights, what the desk promises, mails that reach nobody, and mails that waited for somebody. Never a password, never a token. */
export type AuditAction =
  | 'signed_in'
  | 'sign_in_paused'
  | 'signed_out'
  | 'refresh_token_reused'
  | 'imported'
  | 'calendar_changed'
  | 'person_added'
  | 'site_changed'
  | 'policy_changed'
  | 'mail_given_up'
  | 'mail_noted'
  | 'mail_opened'
  | 'mail_discarded';

export async function appendAudit(
  tx: WriteTx,
  actorId: string | null,
  action: AuditAction,
  details: Record<string, string | number>,
): Promise<void> {
  await tx
    .insertInto('audit')
    .values({ id: randomUUID(), at: tx.now.toISOString(), actor_id: actorId, action, details: JSON.stringify(details) })
    .execute();
}
