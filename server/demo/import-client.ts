/** Speaks to the server as the importer does: over HTTP, in batches, with a session of its own. */
import type { ImportOperation } from '#shared/contract/api.ts';
import { ImportResponse, PROTOCOL_HEADER, PROTOCOL_VERSION, SessionTokens } from '#shared/contract/api.ts';
import { IMPORTER_ID } from './people.ts';

const BATCH = 1000;
const EARLY_MS = 60_000;

export interface Imported {
  applied: number;
  superseded: number;
  /** On tickets that a person has touched. */
  skipped: number;
  rejected: { operation: ImportOperation; refusal: unknown }[];
}

export interface ImportClient {
  /**
   * Sends the operations in their order; sent again they have no second effect.
   * @throws Error when the server cannot be reached or answers an error; what was answered before is done
   */
  send(operations: readonly ImportOperation[], onBatch: (done: number) => void): Promise<Imported>;
}

export function importClient(url: string, password: string, clock: () => Date): ImportClient {
  let session: { token: string; until: number } | undefined;

  async function post(path: string, body: unknown, more: Record<string, string> = {}): Promise<unknown> {
    const headers = { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION), ...more };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
  async function token(): Promise<string> {
    if (session === undefined || session.until - EARLY_MS < clock().getTime()) {
      const answer = SessionTokens.parse(await post('/v1/session', { login: IMPORTER_ID, password, device: 'demo desk' }));
      session = { token: answer.accessToken, until: Date.parse(answer.accessExpiresAt) };
    }
    return session.token;
  }

  return {
    send: async (operations, onBatch) => {
      const result: Imported = { applied: 0, superseded: 0, skipped: 0, rejected: [] };
      for (let start = 0; start < operations.length; start += BATCH) {
        const batch = operations.slice(start, start + BATCH);
        const authorization = `Bearer ${await token()}`;
        const answer = ImportResponse.parse(await post('/v1/import', { operations: batch, skipTouched: true }, { authorization }));
        for (const [index, outcome] of answer.outcomes.entries()) {
          const operation = batch[index];
          if (outcome.status !== 'rejected') result[outcome.status]++;
          else if (operation) result.rejected.push({ operation, refusal: outcome.refusal });
        }
        onBatch(start + batch.length);
      }
      return result;
    },
  };
}
