/** What technicians do, by the calls that their windows make. */
import type { TicketDetail } from '#shared/contract/core.ts';
import { openInput } from '../server/desk-content.ts';
import { askers, categories, START, staff, staffIds, teams } from './desk.ts';
import type { Device } from './device.ts';
import type { Act } from './plan.ts';
import { oneOf, type World } from './world.ts';

const TRIES = 6;
/** Where people meet. */
const HOT = 8;
/** Their input has no text, or not always. */
const textless: ReadonlySet<string> = new Set(['claim', 'resume', 'set_category', 'set_urgency']);
/** Their form always has a draft, and what they ask is no text that a banner could give back. */
const formed: ReadonlySet<string> = new Set(['edit_contact']);
const named = [
  'claim',
  'release',
  'assign',
  'set_urgency',
  'set_category',
  'edit_contact',
  'log_call',
  'note',
  'wait',
  'resume',
  'resolve',
];

export function act(world: World, step: Act): void {
  const device = oneOf(
    world.devices.filter((one) => one.isUp),
    step.who,
  );
  if (!device) return;
  switch (step.what) {
    case 'undo':
      undo(world, device, step);
      break;
    case 'dismiss':
      dismiss(world, device);
      break;
    case 'open':
      open(world, device, step);
      break;
    default: {
      const detail = ticketInSight(world, device, step);
      if (detail) onTicket(world, device, detail, step);
    }
  }
}

function onTicket(world: World, device: Device, detail: TicketDetail, step: Act): void {
  if (step.what === 'call') call(world, device, detail, step);
  else if (step.what === 'draft') draft(world, device, detail);
  else {
    const offered = (name: string) => detail.offers.some((offer) => offer.name === name && offer.offered);
    const name = offered(step.what) ? step.what : oneOf(named.filter(offered), step.c);
    if (name === undefined) return;
    const mark = name === 'claim' ? null : world.ledger.mark();
    const input = inputOf(name, detail, step, mark ?? '', world);
    perform(world, device, {
      name,
      ticketId: detail.ticket.id,
      input,
      mark: textless.has(name) ? null : mark,
      withDraft: formed.has(name) || step.b % 2 === 0,
    });
  }
}

function ticketInSight({ ledger }: World, device: Device, { a, b }: Act): TicketDetail | undefined {
  const list = b % 3 === 0 ? ledger.tickets : ledger.tickets.slice(-HOT);
  for (let i = 0; i < TRIES; i++) {
    const id = oneOf(list, a + i);
    const detail = id === undefined ? null : device.look('ticket', id);
    if (detail) return detail;
  }
  return undefined;
}

const instant = (world: World, ms: number) => new Date(START + world.time.now + ms).toISOString();

function inputOf(name: string, { ticket }: TicketDetail, { a, b, c }: Act, mark: string, world: World): Record<string, unknown> {
  const later = c % 2 === 0 ? instant(world, 30_000 + (b % 1_200) * 1_000) : null;
  switch (name) {
    case 'release':
      return { reason: mark, seenHolderId: ticket.holderId };
    case 'assign': {
      const teamId = c % 3 === 0 ? (oneOf(teams, b) ?? ticket.teamId) : ticket.teamId;
      const able = staffIds.filter((id) => staff[id]?.some(([, team]) => team === teamId));
      const toPool = teamId !== ticket.teamId && c % 2 === 0;
      return { teamId, holderId: toPool ? null : (oneOf(able, a) ?? null), reason: mark, seenHolderId: ticket.holderId };
    }
    case 'set_urgency': {
      const override = c % 3 === 0 ? { urgency: oneOf(['low', 'medium', 'high'], a), reason: mark } : null;
      const importance = oneOf(['person', 'team', 'site'], a);
      return { importance, relevance: oneOf(['nuisance', 'hindered', 'blocked'], b), override, seenUrgency: ticket.urgency };
    }
    case 'set_category':
      return { categoryId: oneOf(categories, a), seenCategoryId: ticket.categoryId };
    case 'edit_contact': {
      const phone = `01 99 00 ${10 + (a % 90)} 34`;
      const beneficiaryId = oneOf([...askers, ...askers, ...staffIds], b);
      return { beneficiaryId, phone, siteId: oneOf(['lyon', 'nantes'], c), place: mark, seenPhone: ticket.phone.typed };
    }
    case 'log_call': {
      const outcome = oneOf(['reached', 'no_answer', 'busy', 'voicemail', 'wrong_number'], a);
      return { outcome, number: '', startedAt: instant(world, -60_000), duration: a % 300, note: mark, callbackAt: later };
    }
    case 'note':
      return { text: mark, visibility: c % 3 === 0 ? 'public' : 'internal' };
    case 'wait':
      return { reason: oneOf(['beneficiary', 'supplier', 'appointment'], a), detail: mark, wakeAt: later };
    case 'resolve':
      return { text: mark, code: 'solved' };
    case 'reopen':
    case 'cancel':
      return { reason: mark };
    default:
      return {};
  }
}

interface Command {
  name: string;
  ticketId: string;
  input: Record<string, unknown>;
  mark: string | null;
  withDraft: boolean;
}

function perform(world: World, device: Device, { name, ticketId, input, mark, withDraft }: Command): void {
  const { ledger } = world;
  const { personId } = device;
  const form = withDraft ? name : null;
  const key = `${personId} ${ticketId} ${form}`;
  const done = device.call('perform', { name, ticketId, input, draft: form });
  // Until the answer nobody knows whether the draft is still one.
  ledger.drafts.delete(key);
  void done.then((result) => {
    if ('failure' in result) return world.say(`${personId}: ${name} failed: ${result.failure.message}`);
    const performed = result.value;
    if (!performed.ok) {
      ledger.refused += 1;
      return world.say(`${personId}: ${name} refused: ${performed.refusal.code}`);
    }
    const { operationIds, undoable } = performed;
    world.say(`${personId}: ${name} ${ticketId.slice(0, 4)} ${operationIds.map((id) => id.slice(0, 4)).join(' ')}`);
    operationIds.forEach((id, index) => {
      const isMain = index === operationIds.length - 1;
      const of = isMain ? { name, mark, form } : { name: 'claim', mark: null, form: null };
      ledger.promised.set(id, { id, ticketId, personId, ...of });
    });
    if (undoable) world.undoable.set(personId, [...(world.undoable.get(personId) ?? []), [...operationIds]]);
  });
}

function open(world: World, device: Device, { a, b, c }: Act): void {
  const { ledger } = world;
  const mark = ledger.mark();
  const ticketId = world.chance.uuid();
  const duringCall = c % 2 === 0;
  const more = { title: mark, duringCall, channel: 'phone', categoryId: oneOf(categories, b) };
  ledger.tickets.push(ticketId);
  perform(world, device, { name: 'open', ticketId, input: openInput(oneOf(askers, a) ?? 'farid', more), mark, withDraft: false });
}

function undo(world: World, device: Device, { a }: Act): void {
  const { ledger } = world;
  const { personId } = device;
  const own = world.undoable.get(personId) ?? [];
  const ids = a % 3 === 0 ? oneOf(own, a) : own.at(-1);
  if (!ids) return;
  world.undoable.set(
    personId,
    own.filter((other) => other !== ids),
  );
  const waiting = () => new Set(device.look('outbox', undefined).flatMap((item) => (item.state === 'rejected' ? [] : [item.id])));
  const before = waiting();
  const ticketId = ledger.promised.get(ids[0] ?? '')?.ticketId ?? '';
  // Should the console die before its answer: what it had begun to take back.
  const doubtful = [...before].filter((id) => ledger.promised.get(id)?.ticketId === ticketId);
  for (const id of doubtful) ledger.takenBack.add(id);
  void device.call('undo', ids).then((result) => {
    const after = waiting();
    for (const id of doubtful) {
      if (after.has(id)) ledger.takenBack.delete(id);
      else ledger.neverSent.add(id);
    }
    const performed = 'value' in result ? result.value : undefined;
    world.say(`${personId}: undo ${ids.map((id) => id.slice(0, 4)).join(' ')} ${performed?.ok ? 'done' : 'refused'}`);
    if (!performed?.ok) return;
    for (const id of performed.operationIds) ledger.promised.set(id, { id, name: 'undo', ticketId, personId, mark: null, form: null });
  });
}

function call(world: World, device: Device, { ticket }: TicketDetail, { a, c }: Act): void {
  const { ledger } = world;
  const { personId } = device;
  const inProgress = ledger.calls.get(personId);
  const mark = ledger.mark();
  if (device.look('call', undefined) === null) {
    void device.call('startCall', { ticketId: ticket.id, personId: ticket.beneficiaryId, number: ticket.phone }).then((started) => {
      if ('failure' in started) return;
      ledger.calls.set(personId, { ticketId: ticket.id, note: '' });
      void device
        .call('updateCall', { note: mark, callbackAt: null })
        .then(() => ledger.calls.set(personId, { ticketId: ticket.id, note: mark }));
    });
    return;
  }
  ledger.calls.delete(personId);
  const outcome = oneOf(['reached', 'no_answer', 'busy', null] as const, a + c) ?? null;
  void device.call('endCall', { outcome }).then((result) => {
    const performed = 'value' in result ? result.value : null;
    world.say(`${personId}: call ended ${outcome} ${performed?.ok}`);
    if (!performed?.ok) return;
    for (const id of performed.operationIds) {
      const ticketId = inProgress?.ticketId ?? '';
      ledger.promised.set(id, { id, name: 'log_call', ticketId, personId, mark: inProgress?.note || null, form: null });
    }
  });
}

function draft({ ledger }: World, device: Device, { ticket }: TicketDetail): void {
  const key = `${device.personId} ${ticket.id} note`;
  const content = { text: ledger.mark() };
  ledger.drafts.delete(key);
  void device.call('saveDraft', { ticketId: ticket.id, form: 'note', content }).then((result) => {
    if ('value' in result) ledger.drafts.set(key, content);
  });
}

function dismiss({ ledger }: World, device: Device): void {
  const refused = device.look('outbox', undefined).find((item) => item.state === 'rejected');
  if (!refused) return;
  ledger.dismissed.add(refused.id);
  void device.call('dismissRejection', refused.id);
}
