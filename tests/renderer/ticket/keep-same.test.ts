import { expect, test } from 'vitest';
import { keepSame } from '../../../renderer/ticket/keep-same.ts';
import { networkTicket } from './ticket-world.ts';

test('an answer that says the same is the same object', () => {
  const before = networkTicket();
  expect(keepSame(before, structuredClone(before))).toBe(before);
});

test('a saved draft leaves the timeline as it was, and nothing that changed is missed', () => {
  const before = networkTicket();
  const drafts = { note: { content: { text: 'a' }, savedAt: before.ticket.updatedAt } };
  const after = keepSame(before, { ...structuredClone(before), drafts });
  expect(after.timeline).toBe(before.timeline);
  expect(after.people).toBe(before.people);
  expect(after.drafts).toEqual(drafts);
  const changed = keepSame(after, { ...structuredClone(after), timeline: after.timeline.slice(1) });
  expect(changed.timeline).toHaveLength(before.timeline.length - 1);
});
