/** A technician at his console: does what is offered to him, on and off the line; each yes that he is given goes into the ledger. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { TicketDetail } from '#shared/contract/core.ts';
import { Outbox } from '../../electron/core/storage/outbox.ts';
import { withDependents } from '../../electron/core/work/depends.ts';
import type { Draw } from '../../server/demo/draw.ts';
import { openInput } from '../../tests/server/desk-content.ts';
import { requesters, teamOfCategory } from './desk.ts';
import type { MortalConsole } from './mortal-console.ts';
import { inputOf, weights } from './operation-inputs.ts';
import type { Shift } from './shift.ts';
import { passed } from './weather.ts';

type Detail = z.output<typeof TicketDetail>;
const things = { operation: 70, open: 7, undo: 7, draft: 8, retry: 8 } as const;
const MOST_IN_A_ROW = 4;
const PAUSE_MS = 20;
/** The form whose drafts are kept: nothing that is done here consumes them. */
export const DRAFT_FORM = 'resolve';
const categories = Object.keys(teamOfCategory);

export class Technician {
  readonly #console: MortalConsole;
  readonly #hands: readonly Draw[];
  readonly #shift: Shift;
  readonly #inHand = new Set<string>();
  #drafts = 0;
  /** What he did last, to take back. */
  #last: { id: string; ticketId: string } | undefined;

  /** `hands`: the draws of each; they are at work at the same time, on different tickets. */
  constructor(console: MortalConsole, hands: readonly Draw[], shift: Shift) {
    this.#console = console;
    this.#hands = hands;
    this.#shift = shift;
  }

  async work(): Promise<void> {
    await Promise.all(this.#hands.map((draw) => this.#hand(draw)));
  }

  async #hand(draw: Draw): Promise<void> {
    while (!this.#shift.isOver()) {
      await this.#act(draw);
      await passed(draw.between(0, PAUSE_MS), this.#shift.over.signal);
    }
  }

  async #act(draw: Draw): Promise<void> {
    const ticketId = this.#shift.tickets.length > 0 ? draw.of(this.#shift.tickets) : undefined;
    const last = this.#last;
    switch (draw.weighted(things)) {
      case 'operation':
        if (ticketId !== undefined) await this.#alone(ticketId, () => this.#operate(ticketId, draw));
        return;
      case 'open':
        return this.#open(draw);
      case 'undo':
        if (last) await this.#alone(last.ticketId, () => this.#undo(last));
        return;
      case 'draft':
        if (ticketId !== undefined) await this.#type(ticketId);
        return;
      case 'retry':
        await this.#console.ask((core) => core.call('retryNow', undefined));
    }
  }

  /** What is being taken back must not be built upon meanwhile: only one hand is at a ticket. */
  async #alone(ticketId: string, work: () => Promise<void>): Promise<void> {
    if (this.#inHand.has(ticketId)) return;
    this.#inHand.add(ticketId);
    try {
      await work();
    } finally {
      this.#inHand.delete(ticketId);
    }
  }

  async #operate(ticketId: string, draw: Draw): Promise<void> {
    const detail: Detail | null | undefined = await this.#console.ask((core) => core.now('ticket', ticketId));
    if (!detail) return;
    const offered = detail.offers.filter((offer) => offer.offered && Object.hasOwn(weights, offer.name));
    if (offered.length === 0) return;
    const names = Object.fromEntries(offered.map((offer) => [offer.name, weights[offer.name]]));
    // Several in a row on what was seen once; what does not fit any more he is told.
    for (let left = draw.between(1, MOST_IN_A_ROW); left > 0; left--) {
      const name = draw.weighted(names);
      await this.#perform(name, ticketId, inputOf(name, detail, this.#console.login, draw));
    }
  }

  async #open(draw: Draw): Promise<void> {
    const ticketId = randomUUID();
    const input = openInput(draw.of(requesters), {
      title: this.#shift.newTitle(),
      categoryId: draw.of(categories),
      duringCall: draw.chance(0.5),
      channel: 'phone',
    });
    if (await this.#perform('open', ticketId, input)) this.#shift.noteOpened(ticketId);
  }

  /** Whether the console said yes. */
  async #perform(name: string, ticketId: string, input: Record<string, unknown>): Promise<boolean> {
    const performed = await this.#console.work(`perform ${name}`, (core) => core.perform(name, ticketId, input));
    if (!performed?.ok) return false;
    const { operationIds } = performed;
    for (const [index, id] of operationIds.entries()) {
      const isClaim = index < operationIds.length - 1;
      const line = { kind: 'queued', id, name: isClaim ? 'claim' : name, ticketId, author: this.#console.login } as const;
      await this.#shift.ledger.note(line);
      this.#last = { id, ticketId };
    }
    return true;
  }

  async #undo({ id, ticketId }: { id: string; ticketId: string }): Promise<void> {
    this.#last = undefined;
    // Killed before it answers, core may have taken them back or not.
    await this.#shift.ledger.note({ kind: 'taking_back', ids: this.#builtOn(id, ticketId) });
    const undone = await this.#console.work('undo', (core) => core.call('undo', [id]));
    if (!undone?.ok) return;
    const [undo] = undone.operationIds;
    const author = this.#console.login;
    await this.#shift.ledger.note(
      undo === undefined ? { kind: 'taken_back', id } : { kind: 'queued', id: undo, name: 'undo', ticketId, author },
    );
  }

  /** The operation, if it was not answered, and everything unsent that goes with it. */
  #builtOn(id: string, ticketId: string): string[] {
    const { login, outboxFile } = this.#console;
    const outbox = new Outbox(outboxFile, { readonly: true });
    try {
      const pending = outbox.pending(login).filter((one) => one.ticketId === ticketId);
      return pending.some((one) => one.id === id) ? withDependents(id, pending).map((one) => one.id) : [];
    } finally {
      outbox.close();
    }
  }

  async #type(ticketId: string): Promise<void> {
    this.#drafts += 1;
    const count = this.#drafts;
    const content = { text: `As far as I got: ${count}`, count };
    const kept = await this.#console.work('save a draft', async (core) => {
      await core.call('saveDraft', { ticketId, form: DRAFT_FORM, content });
      return true;
    });
    if (kept) await this.#shift.ledger.note({ kind: 'draft', author: this.#console.login, ticketId, count });
  }
}
