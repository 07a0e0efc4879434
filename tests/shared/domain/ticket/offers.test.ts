import { expect, test } from 'vitest';
import { type OperationName, operations, pushable, run } from '#shared/domain/ticket/registry.ts';
import { heldByAmira, inPool, resolvedByAmira, type Story } from '../story.ts';

const names = Object.keys(operations) as OperationName[];
const offered = (story: Story, who: string) => names.filter((name) => story.offer(who, name).offered).sort();
const claims = (story: Story, who: string) => names.filter((name) => story.offer(who, name).claims).sort();
const working = ['attach', 'edit_contact', 'note', 'resolve', 'set_category', 'set_urgency', 'wait'];
const always = ['attach', 'note', 'open', 'undo'];

test('a technician of the team is offered work on a pool ticket, and it claims first', () => {
  expect(offered(inPool(), 'amira')).toEqual([...working, 'claim', 'link', 'log_call', 'open', 'undo'].sort());
  expect(claims(inPool(), 'amira')).toEqual(working);
});
test('a lead claims only for what he could not do without', () => {
  expect(claims(inPool(), 'lea')).toEqual(['resolve']);
  expect(offered(inPool(), 'lea')).toEqual([...working, 'assign', 'cancel', 'claim', 'link', 'log_call', 'open', 'undo'].sort());
  // Only what somebody holds can be given back.
  expect(offered(heldByAmira(), 'lea')).toContain('release');
});
test('the holder is offered his work without a claim, a colleague calls and notes', () => {
  expect(offered(heldByAmira(), 'amira')).toEqual([...working, 'assign', 'link', 'log_call', 'open', 'release', 'undo'].sort());
  expect(claims(heldByAmira(), 'amira')).toEqual([]);
  expect(offered(heldByAmira(), 'bruno')).toEqual([...always, 'link', 'log_call'].sort());
});
test('the requester cancels what nobody holds and decides what is resolved; a stranger is offered nothing of it', () => {
  expect(offered(inPool(), 'remi')).toEqual([...always, 'cancel'].sort());
  expect(offered(resolvedByAmira(), 'remi')).toEqual([...always, 'refuse', 'validate'].sort());
  expect(offered(resolvedByAmira(), 'bea')).toEqual([...always, 'refuse', 'validate'].sort());
  expect(offered(inPool(), 'zoe')).toEqual(['open']);
  expect(inPool().offer('zoe', 'claim').refusal).toEqual({ code: 'not_found' });
});
test('what is not offered says why', () => {
  expect(heldByAmira().offer('bruno', 'claim').refusal).toMatchObject({ code: 'already_held', holderName: 'Amira' });
  expect(resolvedByAmira().offer('amira', 'wait').refusal).toEqual({ code: 'wrong_phase', phase: 'resolved' });
  expect(heldByAmira().offer('bruno', 'resolve').refusal).toMatchObject({ code: 'not_holder', holderName: 'Amira' });
});
test('consoles push everything but the import and the jobs of the server', () => {
  expect(names.filter((name) => !pushable.has(name))).toEqual(['auto_close', 'close']);
  for (const name of names) expect(operations[name].name).toBe(name);
});
test('a name that is no operation is refused, also the names of every object', () => {
  const story = inPool();
  for (const name of ['', 'delete', 'constructor', '__proto__', 'toString']) {
    expect(run(name, story.subject(), {}, story.context('amira', { now: '2026-05-04T10:00:00.000Z' }, 'x'))).toMatchObject({
      ok: false,
      refusal: { code: 'invalid' },
    });
  }
});
