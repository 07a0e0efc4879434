/** Somebody else of the desk, at a console that the test does not see: a session over HTTP. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  BootstrapLine,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  PresenceAnswer,
  type PushOperation,
  type PushOutcome,
  PushResponse,
  SessionTokens,
  StateHash,
  TicketView,
} from '#shared/contract/api.ts';
import { Ticket } from '#shared/domain/model.ts';

export class Colleague {
  readonly id: string;
  readonly name: string;
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, tokens: z.infer<typeof SessionTokens>) {
    this.#url = url;
    this.#token = tokens.accessToken;
    this.id = tokens.person.id;
    this.name = tokens.person.name;
  }

  static async signIn(url: string, login: string, password: string): Promise<Colleague> {
    const answer = await fetch(`${url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
      body: JSON.stringify({ login, password, device: 'another console' }),
    });
    if (!answer.ok) throw new Error(`sign-in of ${login}: ${answer.status} ${await answer.text()}`);
    return new Colleague(url, SessionTokens.parse(await answer.json()));
  }

  async operate(name: string, ticketId: string, input: Record<string, unknown> = {}): Promise<PushOutcome> {
    const now = new Date().toISOString();
    const operation: PushOperation = { id: randomUUID(), name, ticketId, input, madeAt: now, occurredAt: now, offline: false, after: [] };
    const { outcomes } = PushResponse.parse(await this.#ask('POST', '/v1/operations', { operations: [operation] }));
    const [outcome] = outcomes;
    if (!outcome) throw new Error('the server gave no outcome');
    return outcome;
  }

  async ticket(id: string): Promise<z.infer<typeof TicketView>> {
    return TicketView.parse(await this.#ask('GET', `/v1/tickets/${id}`));
  }

  /** The id of the ticket with this number, among all that this person may see. */
  async ticketId(number: string): Promise<string> {
    let page: string | null = '';
    while (page !== null) {
      const answer = await this.#fetch('GET', `/v1/bootstrap${page === '' ? '' : `?page=${encodeURIComponent(page)}`}`);
      page = null;
      for (const text of (await answer.text()).split('\n').filter(Boolean)) {
        const line = BootstrapLine.parse(JSON.parse(text));
        if (line.kind === 'end') page = line.next;
        else if (line.table === 'ticket') {
          const ticket = Ticket.parse(line.row);
          if (ticket.number === number) return ticket.id;
        }
      }
    }
    throw new Error(`${this.name} sees no ticket ${number}`);
  }

  /** Who is at a console now, as this person is told. */
  async present(): Promise<z.infer<typeof PresenceAnswer>['people']> {
    return PresenceAnswer.parse(await this.#ask('GET', '/v1/presence')).people;
  }

  async hash(): Promise<z.infer<typeof StateHash>> {
    return StateHash.parse(await this.#ask('GET', '/v1/hash'));
  }

  async #ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    return (await this.#fetch(method, path, body)).json();
  }

  async #fetch(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}
