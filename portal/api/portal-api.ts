/** What the pages ask of the server while somebody is signed in. */
import type { z } from 'zod';
import { type PushOperation, type PushOutcome, PushResponse, UploadState } from '#shared/contract/api.ts';
import {
  AddedPerson,
  Expected,
  type ExpectedQuery,
  FoundPeople,
  type FoundPerson,
  type NewPerson,
  PortalDesk,
  PortalTickets,
  PortalTicketView,
  SimilarCount,
} from '#shared/contract/portal.ts';
import { type Answer, failed } from './answer.ts';
import type { Session } from './session.ts';

/** What an operation is made of here; the rest is the same for all. */
export interface Act {
  id: string;
  ticketId: string;
  name: string;
  input: Record<string, unknown>;
  /** Operations that it builds on. */
  after?: string[];
}

export class PortalApi {
  readonly #session: Session;
  readonly #now: () => number;

  constructor(session: Session, now: () => number) {
    this.#session = session;
    this.#now = now;
  }

  desk(): Promise<Answer<PortalDesk>> {
    return this.#session.ask(PortalDesk, { path: '/v1/portal' });
  }
  async people(text: string): Promise<Answer<FoundPerson[]>> {
    const found = await this.#session.ask(FoundPeople, { path: `/v1/portal/people?${new URLSearchParams({ text })}` });
    return found.ok ? { ok: true, value: found.value.people } : found;
  }
  addPerson(body: z.input<typeof NewPerson>): Promise<Answer<z.output<typeof AddedPerson>>> {
    return this.#session.ask(AddedPerson, { method: 'POST', path: '/v1/portal/people', body });
  }
  async similar(query: { siteId: string; categoryId?: string; text: string }): Promise<Answer<number>> {
    const counted = await this.#session.ask(SimilarCount, { path: `/v1/portal/similar?${new URLSearchParams(query)}` });
    return counted.ok ? { ok: true, value: counted.value.count } : counted;
  }
  expected(query: z.input<typeof ExpectedQuery>): Promise<Answer<Expected>> {
    return this.#session.ask(Expected, { path: `/v1/portal/expected?${new URLSearchParams(query)}` });
  }
  tickets(): Promise<Answer<PortalTickets>> {
    return this.#session.ask(PortalTickets, { path: '/v1/portal/tickets' });
  }
  ticket(id: string): Promise<Answer<PortalTicketView>> {
    return this.#session.ask(PortalTicketView, { path: `/v1/portal/tickets/${encodeURIComponent(id)}` });
  }

  /** One outcome an act, in their order. */
  async push(acts: readonly Act[]): Promise<Answer<PushOutcome[]>> {
    const at = new Date(this.#now()).toISOString();
    const operations = acts.map(
      ({ after = [], ...act }): z.input<typeof PushOperation> => ({ ...act, after, madeAt: at, occurredAt: at, offline: false }),
    );
    const answer = await this.#session.ask(PushResponse, { method: 'POST', path: '/v1/operations', body: { operations } });
    if (!answer.ok) return answer;
    return answer.value.outcomes.length === acts.length ? { ok: true, value: answer.value.outcomes } : failed({ kind: 'unreadable' });
  }

  announce(file: { id: string; name: string; size: number; sha256: string }): Promise<Answer<UploadState>> {
    return this.#session.ask(UploadState, { method: 'POST', path: '/v1/uploads', body: file });
  }
  sendChunk(id: string, offset: number, body: Blob): Promise<Answer<UploadState>> {
    return this.#session.ask(UploadState, { method: 'PUT', path: `/v1/uploads/${id}?offset=${offset}`, body });
  }
  finish(id: string): Promise<Answer<UploadState>> {
    return this.#session.ask(UploadState, { method: 'POST', path: `/v1/uploads/${id}/finish` });
  }
  /** The bytes of an attached file. */
  async file(id: string): Promise<Answer<Blob>> {
    const answer = await this.#session.send({ path: `/v1/files/${encodeURIComponent(id)}` });
    if (!answer.ok) return answer;
    try {
      return { ok: true, value: await answer.value.blob() };
    } catch {
      return failed({ kind: 'unreachable' });
    }
  }
}
