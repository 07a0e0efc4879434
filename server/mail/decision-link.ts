/**
 * The token in the link of a resolution's mail: one person judges one resolution with it, without a password. Only the mail knows it; the
 * table `decision_link` keeps its hash.
 */
import { createHash, randomBytes } from 'node:crypto';

export function newDecisionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** As it is in the table. */
export function decisionTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Behind the "#", which is sent to no server and stands in no log (shared/contract/portal.ts). */
export function decisionLinks(publicUrl: string, token: string): { yes: string; no: string } {
  return { yes: `${publicUrl}/decide?answer=yes#${token}`, no: `${publicUrl}/decide?answer=no#${token}` };
}
