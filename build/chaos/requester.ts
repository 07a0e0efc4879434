/** Somebody who asks, over HTTP: opens tickets, writes on them, judges solutions; sends again, under the same id, what was not answered. */
import { randomUUID } from 'node:crypto';
import { type PushOperation, PushResponse, TicketView } from '#shared/contract/api.ts';
import type { Draw } from '../../server/demo/draw.ts';
import type { Line } from '../../tests/electron/core/line.ts';
import { openInput, operationOf, PASSWORD } from '../../tests/server/desk-content.ts';
import { type Answer, HttpSession } from '../bench/session.ts';
import { teamOfCategory } from './desk.ts';
import type { Shift } from './shift.ts';
import { passed } from './weather.ts';

const categories = Object.keys(teamOfCategory);
const OWN = 12;
const FIRST = 3;
const PAUSE_MS = 15;

export class Requester {
  readonly #login: string;
  readonly #draw: Draw;
  readonly #shift: Shift;
  readonly #session: HttpSession;
  #tickets: string[] = [];

  constructor(login: string, line: Line, draw: Draw, shift: Shift) {
    this.#login = login;
    this.#draw = draw;
    this.#shift = shift;
    this.#session = new HttpSession(line.url);
  }

  /** There is something to work on before anything goes wrong. */
  async begin(): Promise<void> {
    await this.#signIn();
    while (this.#tickets.length < FIRST) await this.#open();
  }

  /** Until the shift is over; what was sent is sent on until it is answered. */
  async work(): Promise<void> {
    while (!this.#shift.isOver()) {
      await this.#act();
      await passed(this.#draw.between(0, PAUSE_MS), this.#shift.over.signal);
    }
    this.#session.close();
  }

  async #act(): Promise<void> {
    const draw = this.#draw;
    if (draw.chance(0.2)) {
      await this.#open();
      return;
    }
    const ticketId = draw.of(this.#tickets);
    const answer = await this.#until(() => this.#session.get(`/v1/tickets/${ticketId}`));
    const { ticket } = TicketView.parse(JSON.parse(answer.text));
    const isResolved = ticket.phase === 'resolved';
    if (isResolved && draw.chance(0.5)) await this.#push(operationOf('validate', ticketId));
    else if (isResolved) await this.#push(operationOf('refuse', ticketId, { reason: `Not solved for ${this.#login}` }));
    else await this.#push(operationOf('note', ticketId, { text: `And ${this.#login} says more`, visibility: 'public' }));
  }

  async #open(): Promise<void> {
    const ticketId = randomUUID();
    const input = openInput(this.#login, { title: this.#shift.newTitle(), categoryId: this.#draw.of(categories) });
    if ((await this.#push(operationOf('open', ticketId, input))) !== 'applied') return;
    this.#tickets = [...this.#tickets, ticketId].slice(-OWN);
    this.#shift.noteOpened(ticketId);
  }

  async #signIn(): Promise<void> {
    await this.#session.signIn(this.#login, PASSWORD);
  }

  /** What came of it, noted in the ledger. */
  async #push(operation: PushOperation): Promise<string> {
    const answer = await this.#until(() => this.#session.post('/v1/operations', { operations: [operation] }));
    const [outcome] = PushResponse.parse(JSON.parse(answer.text)).outcomes;
    if (!outcome) throw new Error('an operation has no outcome');
    const { id, name, ticketId } = operation;
    await this.#shift.ledger.note({ kind: 'answered', id, name, ticketId, author: this.#login, status: outcome.status });
    return outcome.status;
  }

  /** Asks until there is an answer. @throws Error when the server refuses the question */
  async #until(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const answer = await ask().catch(() => undefined);
      if (answer?.status === 200) return answer;
      if (answer?.status === 401) await this.#signIn().catch(() => undefined);
      else if (answer && answer.status < 500) throw new Error(`${this.#login} was answered ${answer.status}: ${answer.text}`);
      await passed(this.#draw.between(10, 100), this.#shift.closed.signal);
      this.#shift.closed.signal.throwIfAborted();
    }
  }
}
