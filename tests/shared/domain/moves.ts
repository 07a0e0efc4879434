/** What may happen to a ticket, by anybody and in any order: for properties. */
import fc from 'fast-check';
import { type OperationName, operations } from '#shared/domain/ticket/registry.ts';
import { type DeskChanges, personIds } from './desk.ts';
import { type Story, UPLOAD_ID } from './story.ts';

export const names = Object.keys(operations) as OperationName[];
export const START = Date.UTC(2026, 4, 4, 9);
export const iso = (ms: number) => new Date(ms).toISOString();

const person = fc.constantFrom('amira', 'bruno', 'lea', 'chloe', 'omar', 'remi', 'bea', 'ines');
const text = fc.constantFrom('', 'because', 'x');
interface Pick {
  person: string;
  text: string;
  flag: boolean;
  hours: number;
}
/** What each operation may be asked, sensible and not; `now` makes relative instants. */
export function inputOf(name: OperationName, story: Story, pick: Pick, now: number) {
  const { ticket } = story;
  const seenHolderId = pick.flag ? (ticket?.holderId ?? null) : 'amira';
  const later = pick.flag ? iso(now + pick.hours * 3_600_000) : null;
  switch (name) {
    case 'release':
      return { reason: pick.text, seenHolderId };
    case 'assign':
      return {
        teamId: pick.hours > 5 ? 'office' : 'network',
        holderId: pick.flag ? pick.person : null,
        reason: '',
        seenHolderId: ticket?.holderId ?? null,
      };
    case 'set_urgency':
      return { importance: pick.flag ? 'site' : 'person', relevance: 'hindered', override: null, seenUrgency: ticket?.urgency ?? 'low' };
    case 'set_category':
      return { categoryId: pick.flag ? 'mail' : 'wifi', seenCategoryId: ticket?.categoryId ?? 'wifi' };
    case 'edit_contact':
      return { beneficiaryId: pick.person, phone: '0465711208', siteId: 'lyon', place: '', seenPhone: ticket?.phone.typed ?? '' };
    case 'log_call':
      return { outcome: pick.flag ? 'reached' : 'busy', number: '', startedAt: iso(now), duration: 0, note: '', callbackAt: later };
    case 'note':
      return { text: pick.text, visibility: 'internal' };
    case 'attach':
      return { content: { kind: 'file', id: pick.flag ? UPLOAD_ID : ticket?.id }, visibility: 'internal' };
    case 'link':
      return { otherId: pick.flag ? story.others[0]?.id : ticket?.id, as: 'related' };
    case 'wait':
      return { reason: pick.hours > 6 ? 'supplier' : 'beneficiary', detail: '', wakeAt: later };
    case 'resolve':
      return { text: pick.text, code: 'solved' };
    case 'refuse':
    case 'reopen':
    case 'cancel':
      return { reason: pick.text };
    case 'rate':
      return { resolutionId: story.resolution?.id ?? '', duration: 1 + (pick.hours % 5), answers: pick.flag ? 5 : 1, comment: pick.text };
    case 'auto_close':
    case 'close':
      return { code: null };
    case 'undo':
      return { operationId: story.lastId };
    default:
      return {};
  }
}

export const move = fc.record({
  /** able: somebody to whom it is offered, if there is anybody. */
  who: fc.oneof({ arbitrary: person, weight: 1 }, { arbitrary: fc.constant('able'), weight: 4 }),
  // A cancelled ticket is the end of its story.
  name: fc.oneof(
    { arbitrary: fc.constantFrom(...names.filter((name) => name !== 'open' && name !== 'cancel')), weight: 30 },
    { arbitrary: fc.constant('cancel' as const), weight: 1 },
  ),
  minutes: fc.integer({ min: 0, max: 600 }),
  /** How long ago the work was done when it arrives. */
  lateMinutes: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, { arbitrary: fc.integer({ min: 0, max: 900 }), weight: 1 }),
  imported: fc.boolean(),
  pick: fc.record({ person, text, flag: fc.boolean(), hours: fc.integer({ min: 1, max: 12 }) }),
});
export type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

type After = (now: string, name: OperationName, applied: boolean) => void;
/** Lets it happen, from an instant (ms) on and on a desk that may be another one; gives the instant of the last move. */
export function play(story: Story, moves: readonly Move[], imports: boolean, after: After, from = START, desk?: DeskChanges): number {
  let now = from;
  for (const { who, name, minutes, lateMinutes, imported, pick } of moves) {
    now += minutes * 60_000;
    const able = personIds.filter((id) => story.offer(id, name, iso(now)).offered);
    const actor = who === 'able' ? (able[pick.hours % able.length] ?? 'amira') : who;
    const step = { now: iso(now), done: iso(now - lateMinutes * 60_000), imported: imports && imported, ...(desk && { desk }) };
    const result = story.try(actor, name, inputOf(name, story, pick, now), step);
    after(step.now, name, result.ok && !('superseded' in result));
  }
  return now;
}
