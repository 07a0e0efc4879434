/** Speaks to the server as the importer does: over HTTP, in batches, with a session of its own. */
import type { ImportOperation } from '#shared/contract/api.ts';
import { ImportResponse, PROTOCOL_HEADER, PROTOCOL_VERSION, SessionTokens } from '#shared/contract/api.ts';
import { IMPORTER_ID } from './people.ts';

const EARLY_MS = 60_000;

export interface Imported {
  applied: number;
  superseded: number;
  /** On tickets that a person has touched. */
  skipped: number;
  /** The feed's position with all of this in it; null: nothing was applied. */
  seq: number | null;
  rejected: { operation: ImportOperation; refusal: unknown }[];
}

export interface ImportClient {
  /**
   * Sends the operations in their order; sent again they have no second effect.
   * @throws Error when the server cannot be reached or answers an error; what was answered before is done
   */
  send(operations: readonly ImportOperation[], onBatch: (done: number) => void): Promise<Imported>;
}

/** Who imports, and how; the demo desk's way when left out. */
export interface ImportManner {
  login?: string;
  /** Operations in one request, which is one transaction; at most 1000. */
  batch?: number;
  /** Leave alone what a person has touched. */
  skipTouched?: boolean;
}

export function importClient(
  url: string,
  password: string,
  clock: () => Date,
  { login = IMPORTER_ID, batch: atOnce = 1000, skipTouched = true }: ImportManner = {},
): ImportClient {
  let session: { token: string; until: number } | undefined;

  async function post(path: string, body: unknown, more: Record<string, string> = {}): Promise<unknown> {
    const headers = { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION), ...more };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
  async function token(): Promise<string> {
    if (session === undefined || session.until - EARLY_MS < clock().getTime()) {
      const answer = SessionTokens.parse(await post('/v1/session', { login, password, device: 'import' }));
      session = { token: answer.accessToken, until: Date.parse(answer.accessExpiresAt) };
    }
    return session.token;
  }

  return {
    send: async (operations, onBatch) => {
      const result: Imported = { applied: 0, superseded: 0, skipped: 0, seq: null, rejected: [] };
      for (let start = 0; start < operations.length; start += atOnce) {
        const batch = operations.slice(start, start + atOnce);
        const authorization = `Bearer ${await token()}`;
        const answer = ImportResponse.parse(await post('/v1/import', { operations: batch, skipTouched }, { authorization }));
        for (const [index, outcome] of answer.outcomes.entries()) {
          const operation = batch[index];
          if (outcome.status === 'applied') result.seq = Math.max(result.seq ?? 0, outcome.seq);
          if (outcome.status !== 'rejected') result[outcome.status]++;
          else if (operation) result.rejected.push({ operation, refusal: outcome.refusal });
        }
        onBatch(start + batch.length);
      }
      return result;
    },
  };
}
