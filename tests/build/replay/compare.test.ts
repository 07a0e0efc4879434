import { describe, expect, test } from 'vitest';
import { differencesOf, type FoundTicket } from '../../../build/replay/compare.ts';
import { expectedAt, expectedAtEnd, type Facts, factsOf } from '../../../build/replay/facts.ts';
import type { Checkpoint, FinalState } from '../../../build/replay/log.ts';
import { ticketIdOf } from '../../../build/replay/terms.ts';
import type { Ticket } from '../../../shared/domain/model.ts';
import { finalState } from './lines.ts';

const at = (text: string) => `2016-${text}:00.000Z`;
const final = finalState({
  opened_at: at('03-01T08:10'),
  first_resolved_at: at('03-02T10:00'),
  resolved_at: at('03-04T11:00'),
  closed_at: at('03-09T12:00'),
}) as unknown as FinalState;

/** As it should be at the end. */
const ticket: Ticket = {
  id: ticketIdOf('INC1'),
  number: 'I-2016-000001',
  kind: 'incident',
  title: 'INC1',
  description: '',
  requesterId: 'c1',
  beneficiaryId: 'c1',
  openedBy: 'o1',
  openedAt: at('03-01T08:10'),
  phone: { typed: '', e164: null },
  place: '',
  siteId: 'l1:g1',
  categoryId: 'k1',
  importance: 'team',
  relevance: 'nuisance',
  urgency: 'low',
  urgencyOverride: null,
  teamId: 'g2',
  phase: 'closed',
  holderId: 'ag2',
  heldSince: null,
  wait: null,
  callback: null,
  resolvedAt: at('03-04T11:00'),
  closedAt: at('03-09T12:00'),
  closingCode: 'code1',
  refusal: null,
  counts: { routes: 1, reopens: 1, waits: 2, refusals: 0 },
  sla: { rounds: [], poolStays: [], pauses: [], endedAt: null },
  updatedAt: at('03-09T12:00'),
  revision: 9,
};
const resolutions = [{ at: at('03-04T11:00') }, { at: at('03-02T10:00') }];
const wait: Ticket['wait'] = { id: 'w', reason: 'beneficiary', detail: 'user', since: at('03-02T10:00'), wakeAt: null };

function found(...some: { row?: Partial<Ticket>; resolutions?: { at: string }[] }[]): Map<string, FoundTicket> {
  return new Map(
    some.map((one) => {
      const row = { ...ticket, ...one.row };
      return [row.id, { ticket: row.title, facts: factsOf(row, one.resolutions ?? resolutions) }];
    }),
  );
}
const counts = ticket.counts;

test('what is as it should be has no differences', () => {
  expect(differencesOf(expectedAtEnd([final]), found({}))).toEqual([]);
});

describe('at the end each of these is noticed, by its name and alone', () => {
  const cases: [keyof Facts, Partial<Ticket>][] = [
    ['phase', { phase: 'resolved' }],
    ['holder', { holderId: 'ag1' }],
    ['holder', { holderId: null }],
    ['team', { teamId: 'dispatch' }],
    ['category', { categoryId: 'k2' }],
    ['caller', { beneficiaryId: 'c2' }],
    ['location', { siteId: 'l2:g1' }],
    ['closingCode', { closingCode: null }],
    ['routes', { counts: { ...counts, routes: 0 } }],
    ['reopens', { counts: { ...counts, reopens: 2 } }],
    ['waits', { counts: { ...counts, waits: 1 } }],
    ['openedAt', { openedAt: at('03-01T08:30') }],
    ['resolvedAt', { resolvedAt: at('03-02T10:00') }],
    ['closedAt', { closedAt: null }],
  ];
  test.each(cases)('%s %o', (field, row) => {
    const differences = differencesOf(expectedAtEnd([final]), found({ row }));
    expect(differences).toEqual([{ ticket: 'INC1', field, expected: expect.anything(), found: factsOf({ ...ticket, ...row }, [])[field] }]);
  });

  test('importance and relevance, which the priority follows', () => {
    const fields = (row: Partial<Ticket>) => differencesOf(expectedAtEnd([final]), found({ row })).map(({ field }) => field);
    expect(fields({ importance: 'site' })).toEqual(['importance', 'priority']);
    expect(fields({ relevance: 'hindered' })).toEqual(['relevance', 'priority']);
    // The same priority in the log, and not the same ticket.
    expect(fields({ importance: 'person' })).toEqual(['importance']);
  });

  test('the first resolution, which only the resolutions tell', () => {
    expect(differencesOf(expectedAtEnd([final]), found({ resolutions: [{ at: at('03-04T11:00') }] }))).toEqual([
      { ticket: 'INC1', field: 'firstResolvedAt', expected: at('03-02T10:00'), found: at('03-04T11:00') },
    ]);
  });

  test('a wait that is left over', () => {
    const fields = differencesOf(expectedAtEnd([final]), found({ row: { wait } })).map(({ field }) => field);
    expect(fields).toEqual(['waitReason', 'waitDetail']);
  });
});

test('a ticket that is missing and one that is too many are differences', () => {
  const other = { row: { id: 'other', title: 'INC2' } };
  expect(differencesOf(expectedAtEnd([final]), found(other))).toEqual([
    { ticket: 'INC1', field: 'ticket', expected: 'there', found: 'absent' },
    { ticket: 'INC2', field: 'ticket', expected: 'absent', found: 'there' },
  ]);
});

describe('at a checkpoint', () => {
  const checkpoint: Checkpoint = {
    instant: at('03-03T14:00'),
    date: '2016-03-03',
    states: { Waiting: 1 },
    open_unassigned: 0,
    open_by_group: { g2: 1 },
  };
  const waiting: FinalState = { ...final, at: { '2016-03-03': ['Waiting', 'user', 'g2', 'ag2', 4] } };
  const then: Partial<Ticket> = { phase: 'waiting', wait, closingCode: null, resolvedAt: null, closedAt: null };
  const fieldsOf = (row: Partial<Ticket>, state = waiting, point = checkpoint) =>
    differencesOf(expectedAt([state], point), found({ row: { ...then, ...row } })).map(({ field }) => field);

  test('what is as it should be has no differences', () => {
    expect(fieldsOf({})).toEqual([]);
  });

  test.each([
    ['phase and counts', { phase: 'open' }, ['phase', 'number of open tickets', 'number of waiting tickets']],
    ['holder', { holderId: 'ag1' }, ['holder']],
    ['nobody', { holderId: null }, ['holder', 'number of open tickets that nobody holds']],
    ['team', { teamId: 'g3' }, ['team', 'number of open tickets of g2', 'number of open tickets of g3']],
    ['reason', { wait: { ...wait, reason: 'supplier' } }, ['waitReason']],
    ['the log’s word for it', { wait: { ...wait, detail: 'evidence' } }, ['waitDetail']],
    ['priority', { relevance: 'blocked' }, ['priority']],
    ['opening', { openedAt: at('03-01T08:30') }, ['openedAt']],
  ] satisfies [string, Partial<Ticket>, string[]][])('%s', (_case, row, fields) => {
    expect(fieldsOf(row)).toEqual(fields);
  });

  test.each(['New', 'Active'] as const)('%s is open', (state) => {
    const point = { ...checkpoint, states: { [state]: 1 } };
    const active: FinalState = { ...final, at: { '2016-03-03': [state, null, null, null, 4] } };
    const row: Partial<Ticket> = { phase: 'open', wait: null, teamId: 'dispatch', holderId: null };
    expect(fieldsOf(row, active, { ...point, open_unassigned: 1, open_by_group: { none: 1 } })).toEqual([]);
  });

  test('a ticket that is not there yet is expected to be absent', () => {
    const none = { ...checkpoint, states: {}, open_by_group: {} };
    expect(differencesOf(expectedAt([final], none), found())).toEqual([]);
    expect(fieldsOf({}, final, none)).toEqual(['ticket', 'number of waiting tickets', 'number of open tickets of g2']);
  });

  test('of one that is closed nothing more is said than that, and its team when it stays closed', () => {
    const closed: FinalState = { ...final, at: { '2016-03-03': ['Closed'] } };
    const point = { ...checkpoint, states: { Closed: 1 }, open_by_group: {} };
    const row: Partial<Ticket> = { phase: 'closed', wait: null, teamId: 'g3', holderId: null };
    expect(fieldsOf(row, closed, point)).toEqual([]);
    expect(fieldsOf(row, closed, { ...point, instant: at('03-10T00:00') })).toEqual(['team']);
  });
});

describe('a console that sees some teams only', () => {
  const sees = (...teams: string[]) => new Set(teams);

  test('has exactly the tickets of these teams', () => {
    expect(differencesOf(expectedAtEnd([final]), found(), sees('g1'))).toEqual([]);
    expect(differencesOf(expectedAtEnd([final]), found({}), sees('g2'))).toEqual([]);
    expect(differencesOf(expectedAtEnd([final]), found(), sees('g2'))).toMatchObject([{ field: 'ticket', found: 'absent' }]);
    expect(differencesOf(expectedAtEnd([final]), found({}), sees('g1'))).toMatchObject([{ field: 'ticket', expected: 'out of sight' }]);
  });

  test('is asked for the counts of these teams only', () => {
    const open: FinalState = { ...final, at: { '2016-03-03': ['New', null, 'g2', null, 4] } };
    const point: Checkpoint = {
      instant: at('03-03T14:00'),
      date: '2016-03-03',
      states: { New: 9 },
      open_unassigned: 9,
      open_by_group: { g1: 8, g2: 1 },
    };
    const row: Partial<Ticket> = { phase: 'open', holderId: null };
    expect(differencesOf(expectedAt([open], point), found({ row }), sees('g2'))).toEqual([]);
    expect(differencesOf(expectedAt([open], point), found(), sees('g1'))).toEqual([
      { ticket: null, field: 'number of open tickets of g1', expected: 8, found: 0 },
    ]);
  });
});
