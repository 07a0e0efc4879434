import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../../build/replay/log.ts';
import { Mapping } from '../../../build/replay/mapping.ts';
import { ImportOperation } from '../../../shared/contract/api.ts';
import { isOperationName, operations } from '../../../shared/domain/ticket/registry.ts';
import { event, opening } from './lines.ts';

/** As log.ts hands them over; that it does so is its own test's matter. */
const parsed = (line: ReturnType<typeof event> | ReturnType<typeof opening>) => line as unknown as LogEvent;

/** The operations of the last of these events. */
function operationsOf(...lines: Parameters<typeof parsed>[0][]): ImportOperation[] {
  const mapping = new Mapping();
  return lines.map((line) => mapping.operationsOf(parsed(line))).at(-1) ?? [];
}
/** Name, author and input. */
function stepsOf(...lines: Parameters<typeof parsed>[0][]) {
  return operationsOf(...lines).map(({ name, actorId, input }) => [name, actorId, input]);
}
const held = (assignee: string) => event('assign', 1, { assignee });

test('a ticket is opened when the caller called, by who took the call, on a site that leads to the group', () => {
  const [open] = operationsOf(opening());
  expect(open).toMatchObject({
    name: 'open',
    actorId: 'o1',
    at: '2016-03-01T08:10:00Z',
    input: { requesterId: 'c1', beneficiaryId: 'c1', siteId: 'l1:g1', categoryId: 'k1', importance: 'team', relevance: 'hindered' },
  });
});

test('what the log does not know has a name of its own, and no group is the team Dispatch', () => {
  const [open] = operationsOf(opening({ opened_by: null, group: null, caller: null, location: null, category: null }));
  expect(open).toMatchObject({
    actorId: 'ag1',
    input: { requesterId: 'unknown-caller', siteId: 'unknown:dispatch', categoryId: 'unknown' },
  });
});

describe('each event as an operation', () => {
  const lead = { reason: '' };
  test.each([
    ['claim', { assignee: 'ag1' }, 'claim', {}],
    ['assign', { assignee: 'ag3' }, 'assign', { teamId: 'g1', holderId: 'ag3', seenHolderId: 'ag2', ...lead }],
    ['reassign', { assignee: 'ag3' }, 'assign', { teamId: 'g1', holderId: 'ag3', seenHolderId: 'ag2', ...lead }],
    ['release', {}, 'release', { seenHolderId: 'ag2', ...lead }],
    ['route', { group: 'g2', assignee: null }, 'assign', { teamId: 'g2', holderId: null, seenHolderId: 'ag2', ...lead }],
    ['route', { group: null, assignee: 'ag2' }, 'assign', { teamId: 'dispatch', holderId: 'ag2', seenHolderId: 'ag2', ...lead }],
    ['wait', { reason: 'user' }, 'wait', { reason: 'beneficiary', detail: 'user', wakeAt: null }],
    ['wait', { reason: 'vendor' }, 'wait', { reason: 'supplier', detail: 'vendor', wakeAt: null }],
    ['wait', { reason: 'problem' }, 'wait', { reason: 'supplier', detail: 'problem', wakeAt: null }],
    ['wait', { reason: 'evidence' }, 'wait', { reason: 'beneficiary', detail: 'evidence', wakeAt: null }],
    ['wait', { reason: 'unknown' }, 'wait', { reason: 'appointment', detail: 'unknown', wakeAt: null }],
    ['resume', {}, 'resume', {}],
    ['resolve', {}, 'resolve', { text: '', code: null }],
    ['reopen', { from: 'Closed' }, 'reopen', lead],
    ['close', { code: null, direct: true }, 'close', { code: null }],
  ])('%s %o', (op, fields, name, input) => {
    expect(stepsOf(opening(), held('ag2'), event(op, 2, fields))).toEqual([[name, 'ag1', input]]);
  });

  test('the closing of what was resolved is the server’s', () => {
    expect(stepsOf(opening(), event('close', 1, { code: 'code3', direct: false }))).toEqual([['auto_close', 'system', { code: 'code3' }]]);
  });

  test.each([
    ['start', {}],
    ['touch', {}],
    ['set', { symptom: 'y1', prio_confirmed: true }],
  ])('%s %o is nothing that we have', (op, fields) => {
    expect(stepsOf(opening(), event(op, 1, fields))).toEqual([]);
  });
});

describe('one event that sets several things', () => {
  test('is an operation for each of ours', () => {
    const fields = { category: 'k2', impact: 1, caller: 'c2', location: 'l2', symptom: 'y1' };
    expect(stepsOf(opening(), event('set', 1, fields))).toEqual([
      ['set_category', 'ag1', { categoryId: 'k2', seenCategoryId: 'k1' }],
      ['set_urgency', 'ag1', { importance: 'site', relevance: 'hindered', override: null, seenUrgency: 'medium' }],
      ['edit_contact', 'ag1', { beneficiaryId: 'c2', siteId: 'l2:g1', phone: '', place: '', seenPhone: '' }],
    ]);
  });

  test('is remembered by the next one', () => {
    const first = event('set', 1, { impact: 3, location: 'l2' });
    expect(stepsOf(opening(), first, event('set', 2, { urgency: 1, caller: 'c2' }))).toEqual([
      ['set_urgency', 'ag1', { importance: 'person', relevance: 'blocked', override: null, seenUrgency: 'low' }],
      ['edit_contact', 'ag1', { beneficiaryId: 'c2', siteId: 'l2:g1', phone: '', place: '', seenPhone: '' }],
    ]);
  });
});

test('the same log makes the same ids, and no id twice', () => {
  const lines = [opening(), held('ag2'), event('set', 2, { category: 'k2', impact: 1 }), event('touch', 3), event('resolve', 4)];
  const all = () => {
    const mapping = new Mapping();
    return lines.flatMap((line) => mapping.operationsOf(parsed(line)));
  };
  const ids = all().map(({ id }) => id);
  expect(ids).toEqual(all().map(({ id }) => id));
  expect(new Set(ids).size).toBe(5);
  expect(new Set(all().map(({ ticketId }) => ticketId)).size).toBe(1);
});

test('the contract and each operation’s own schema take what is sent', () => {
  const mapping = new Mapping();
  const lines = [
    opening(),
    held('ag2'),
    event('set', 2, { category: 'k2', impact: 1, caller: 'c2' }),
    event('wait', 3, { reason: 'vendor' }),
    event('resume', 4),
    event('release', 5),
    event('claim', 6, { assignee: 'ag1' }),
    event('resolve', 7),
    event('reopen', 8, { from: 'Resolved' }),
    event('close', 9, { code: 'code1', direct: true }),
  ];
  for (const { name, ...rest } of lines.flatMap((line) => mapping.operationsOf(parsed(line)))) {
    expect(ImportOperation.safeParse({ name, ...rest, at: '2016-03-01T08:10:00.000Z' }).error, name).toBeUndefined();
    if (!isOperationName(name)) throw new Error(`there is no ${name}`);
    expect(operations[name].input.safeParse(rest.input).error, name).toBeUndefined();
  }
});
