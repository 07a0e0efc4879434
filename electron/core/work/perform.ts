/** Queues what the technician does: judged by the domain's rules, made durable, and shown before the server knows of it. */
import type { Performed } from '#shared/contract/core.ts';
import type { AttachedFile } from '#shared/domain/model.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { attachedUpload } from '#shared/domain/ticket/attach.ts';
import { linkedTicket } from '#shared/domain/ticket/link.ts';
import { isOperationName, offerOf, operations, pushable, run } from '#shared/domain/ticket/registry.ts';
import { isUndoable } from '#shared/domain/ticket/undo.ts';
import { CoreError } from '../failure.ts';
import type { BaseValues, NewOperation, StoredDraft, StoredOperation } from '../storage/outbox-rows.ts';
import { applyChange, subjectOf, type TicketState } from '../view/replay.ts';
import type { Workplace } from '../workplace.ts';
import { dependencies } from './depends.ts';
import { draftPlace } from './draft-place.ts';

export interface Command {
  name: string;
  ticketId: string;
  input: Record<string, unknown>;
  /** The form whose draft it consumes. */
  draft: string | null;
  /** When the work was done, if not now. */
  occurredAt?: string;
  /** What else happens in the queuing transaction. */
  alongside?: () => void;
  /** The file that it attaches, which `alongside` puts into the outbox. */
  upload?: AttachedFile;
  /** Queue it even where the rules here refuse it for what is not in sight: the server judges. */
  evenOutOfSight?: boolean;
}
/** Hands an operation that needs the network to the server and waits; undefined when the answer is not known yet. */
export type SendNow = (operationId: string) => Promise<Refusal | 'applied' | 'not_sent' | undefined>;

/** Refusals by the rules are values; input that no form could send is a CoreError. */
export async function perform(place: Workplace, command: Command, sendNow: SendNow): Promise<Performed> {
  const { name, ticketId } = command;
  if (!isOperationName(name) || !pushable.has(name) || name === 'undo') {
    throw new CoreError('invalid_input', `"${name}" is no operation of a console`);
  }
  if (!place.desk.isReady()) throw new CoreError('not_ready', 'the desk has not arrived yet');
  const online = operations[name].offline === 'online';
  if (online && !place.line.isOnline()) return { ok: false, refusal: { code: 'needs_network' } };

  const state = place.view.state(ticketId);
  const steps: Step[] = [];
  const offer = offerOf(name, subjectOf(state), place.context(place.machine.newId(), ticketId));
  let current = state;
  if (offer.claims) {
    const claim = tryStep(place, current, { name: 'claim', ticketId, input: {} });
    if ('refusal' in claim) return { ok: false, refusal: claim.refusal };
    steps.push(claim);
    current = claim.state;
  }
  const main = tryStep(place, current, command);
  if ('refusal' in main) {
    if (!command.evenOutOfSight || main.refusal.code === 'invalid') return { ok: false, refusal: main.refusal };
    steps.push({ id: place.machine.newId(), name, input: command.input, state: current, before: null, superseded: false });
  } else steps.push(main);
  if (steps.length === 1 && steps[0]?.superseded) {
    queueDraftOnly(place, command);
    return { ok: true, operationIds: [], claimed: false, undoable: false };
  }

  queue(place, command, steps, state);
  const last = steps[steps.length - 1]?.id ?? '';
  if (online) {
    const answer = await sendNow(last);
    if (answer === 'not_sent') {
      withdraw(place, last);
      return { ok: false, refusal: { code: 'needs_network' } };
    }
    if (answer !== undefined && answer !== 'applied') return { ok: false, refusal: answer };
  }
  const undoable = !online && (!place.line.isOnline() || steps.some((step) => isUndoable(step.name)));
  return { ok: true, operationIds: steps.map((step) => step.id), claimed: steps.length > 1, undoable };
}

interface Step {
  id: string;
  name: string;
  input: Record<string, unknown>;
  /** The ticket after it. */
  state: TicketState;
  before: BaseValues | null;
  superseded: boolean;
}

function tryStep(
  place: Workplace,
  state: TicketState,
  command: Pick<Command, 'name' | 'ticketId' | 'input' | 'occurredAt' | 'upload'>,
): Step | { refusal: Refusal } {
  const id = place.machine.newId();
  const subject = subjectOf(state);
  const context = place.context(id, command.ticketId, command.occurredAt);
  const { upload } = command;
  if (upload) context.upload = (asked) => (asked === upload.id ? upload : undefined);
  const result = run(command.name, subject, command.input, context);
  if (!result.ok) return { refusal: result.refusal };
  const step = { id, name: command.name, input: command.input };
  if (!('change' in result)) return { ...step, state, before: null, superseded: true };
  const made = result.change.resolution;
  const row = made ? (state.resolutions.find((one) => one.id === made.id) ?? null) : null;
  const before = subject.ticket ? { ticket: subject.ticket, resolution: made ? { id: made.id, row } : null } : null;
  return { ...step, state: applyChange(state, result.change), before, superseded: false };
}

/** One transaction: the claim, the operation, the end of its draft, and what goes with it. */
function queue(place: Workplace, command: Command, steps: readonly Step[], shown: TicketState): void {
  const { outbox, personId } = place;
  const now = place.now();
  const offline = !place.line.isOnline();
  const occurredAt = command.occurredAt !== undefined && command.occurredAt < now ? command.occurredAt : now;
  outbox.transaction(() => {
    const unanswered = outbox.pending(personId);
    const pending = unanswered.filter((one) => one.ticketId === command.ticketId);
    const queuedHere: string[] = [];
    steps.forEach((step, index) => {
      const isMain = index === steps.length - 1;
      const ticket = shown.ticket ?? step.state.ticket;
      const operation: NewOperation = {
        id: step.id,
        name: step.name,
        ticketId: command.ticketId,
        ticketNumber: ticket?.number ?? null,
        ticketTitle: ticket?.title ?? '',
        input: step.input,
        madeAt: now,
        occurredAt: isMain ? occurredAt : now,
        offline,
        after: [...dependencies(step.name, step.input, pending), ...openingOfOther(step, unanswered), ...queuedHere],
        before: step.before,
        draft: isMain ? consumedDraft(place, command) : null,
      };
      outbox.add(personId, operation);
      queuedHere.push(step.id);
    });
    if (command.draft !== null) outbox.dropDraft(personId, draftPlace(command), command.draft);
    command.alongside?.();
  });
  for (const step of steps) place.noteMadeHere(step.id);
  place.view.refresh();
}

/** A link to a ticket that the server does not have yet waits for its opening. */
function openingOfOther({ name, input }: Step, unanswered: readonly StoredOperation[]): string[] {
  const otherId = linkedTicket(name, input);
  return unanswered.filter((one) => one.name === 'open' && one.ticketId === otherId).map((one) => one.id);
}

/** The text as it was typed, to be given back by a rejection or an undo. */
function consumedDraft({ outbox, personId }: Workplace, command: Command): StoredDraft | null {
  if (command.draft === null) return null;
  const saved = outbox.drafts(personId, draftPlace(command)).find((draft) => draft.form === command.draft);
  return { form: command.draft, content: saved?.content ?? command.input };
}

/** Nothing to send (I hold it already): what was asked for is so, the form is done. */
function queueDraftOnly({ outbox, personId }: Workplace, command: Command): void {
  const { draft } = command;
  if (draft !== null) outbox.transaction(() => outbox.dropDraft(personId, command.ticketId, draft));
}

/** Takes an operation that the server never saw out again; its text is a draft as before. */
export function withdraw(place: Workplace, id: string): void {
  const { outbox, personId } = place;
  outbox.transaction(() => {
    const operation = outbox.get(id);
    if (!operation) return;
    outbox.remove(id);
    const upload = attachedUpload(operation.name, operation.input);
    if (upload !== undefined) outbox.files.remove(upload);
    if (operation.draft) outbox.giveBack(personId, draftPlace(operation), operation.draft, place.now());
  });
  place.view.refresh();
}
