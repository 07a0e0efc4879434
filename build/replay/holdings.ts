/** What the server and a console hold, read as anybody could read it: the server through its API, a console in its files. */
import type { z } from 'zod';
import { BootstrapLine, PROTOCOL_HEADER, PROTOCOL_VERSION, SessionTokens, StateHash } from '#shared/contract/api.ts';
import { Resolution, Ticket } from '#shared/domain/model.ts';
import { cacheState } from '../../electron/core/state-hash.ts';
import { openCacheReader } from '../../electron/core/storage/cache-read.ts';
import type { FoundTicket } from './compare.ts';
import { factsOf } from './facts.ts';

export type State = z.infer<typeof StateHash>;

/** A session over HTTP. */
export class Session {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async open(url: string, login: string, password: string): Promise<Session> {
    const answer = await fetch(`${url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
      body: JSON.stringify({ login, password, device: 'replay checker' }),
    });
    if (!answer.ok) throw new Error(`The sign-in of ${login} answered ${answer.status}: ${await answer.text()}`);
    return new Session(url, SessionTokens.parse(await answer.json()).accessToken);
  }

  /** The hash of everything that this person is sent. */
  async state(): Promise<State> {
    return StateHash.parse(JSON.parse(await this.#get('/v1/hash')));
  }

  /** All that this person sees, by our id. */
  async tickets(): Promise<Map<string, FoundTicket>> {
    const tickets: Ticket[] = [];
    const resolutions: Resolution[] = [];
    for (let page: string | null = ''; page !== null; ) {
      const text = await this.#get(`/v1/bootstrap${page === '' ? '' : `?page=${encodeURIComponent(page)}`}`);
      page = null;
      for (const json of text.trimEnd().split('\n')) {
        const line = BootstrapLine.parse(JSON.parse(json));
        if (line.kind === 'end') page = line.next;
        else if (line.table === 'ticket') tickets.push(Ticket.parse(line.row));
        else if (line.table === 'resolution') resolutions.push(Resolution.parse(line.row));
      }
    }
    return foundTickets(tickets, resolutions);
  }

  async #get(path: string): Promise<string> {
    const headers = { authorization: `Bearer ${this.#token}`, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
    const answer = await fetch(this.#url + path, { headers });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.text();
  }
}

/** Of a console that may be running: its cache is opened read-only. */
export function consoleHoldings(cacheFile: string): { state: Partial<State>; tickets: Map<string, FoundTicket> } {
  const reader = openCacheReader(cacheFile);
  try {
    const { epoch, seq, tickets, hash } = cacheState(reader);
    return {
      state: { tickets, hash, ...(epoch !== null && { epoch }), ...(seq !== null && { seq }) },
      tickets: foundTickets(
        reader.rows.all('ticket').map((row) => Ticket.parse(row)),
        reader.rows.all('resolution').map((row) => Resolution.parse(row)),
      ),
    };
  } finally {
    reader.close();
  }
}

function foundTickets(tickets: readonly Ticket[], resolutions: readonly Resolution[]): Map<string, FoundTicket> {
  const byTicket = new Map<string, Resolution[]>();
  for (const resolution of resolutions) {
    const known = byTicket.get(resolution.ticketId);
    if (known) known.push(resolution);
    else byTicket.set(resolution.ticketId, [resolution]);
  }
  return new Map(tickets.map((ticket) => [ticket.id, { ticket: ticket.title, facts: factsOf(ticket, byTicket.get(ticket.id) ?? []) }]));
}
