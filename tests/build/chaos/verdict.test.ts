import { describe, expect, test } from 'vitest';
import type { LedgerLine } from '../../../build/chaos/ledger-line.ts';
import {
  type ConsoleEvidence,
  type Evidence,
  lostDrafts,
  lostOperations,
  type RecordedOperation,
  type ServerEvidence,
  twice,
  twoHolders,
  unequalCaches,
  verdictOf,
} from '../../../build/chaos/verdict.ts';
import type { Entry, EntryData, EntryKind, Ticket } from '../../../shared/domain/model.ts';

const state = { epoch: 'e', seq: 7, tickets: 1, hash: 'h' };

function operation(id: string, more: Partial<RecordedOperation> = {}): RecordedOperation {
  return { id, name: 'note', ticketId: 't', authorId: 'amira', status: 'applied', seq: 1, undone: false, ...more };
}
function line<K extends EntryKind>(operationId: string, kind: K, data: EntryData[K], more: Partial<Entry> = {}) {
  const base = {
    id: operationId,
    ticketId: 't',
    authorId: 'amira',
    at: '',
    visibility: 'public',
    offline: false,
    undone: false,
    revision: 1,
  };
  return { operationId, entry: { ...base, kind, data, ...more } as Entry };
}
const noteLine = (operationId: string) => line(operationId, 'noted', { text: 'x' });
const ticket = (more: Partial<Ticket> = {}) => ({ id: 't', number: 'I-2026-000001', title: 'T', holderId: null, ...more }) as Ticket;

function consoleOf(more: Partial<ConsoleEvidence> = {}): ConsoleEvidence {
  const nothing = { operations: new Map(), refused: new Set<string>(), drafts: new Map(), holders: new Map() };
  return { login: 'amira', state: { ...state, outbox: 0 }, expected: state, ...nothing, ...more };
}
function evidence(ledger: LedgerLine[], server: Partial<ServerEvidence> = {}, ...consoles: ConsoleEvidence[]): Evidence {
  return { ledger, server: { operations: [], entries: [], tickets: [], ...server }, consoles };
}
const queued = (id: string, name = 'note'): LedgerLine => ({ kind: 'queued', id, name, ticketId: 't', author: 'amira' });
const answered = (id: string, status: string): LedgerLine => ({
  kind: 'answered',
  id,
  name: 'note',
  ticketId: 't',
  author: 'farid',
  status,
});

describe('an operation that was acknowledged is lost', () => {
  test('when nobody has it', () => {
    expect(lostOperations(evidence([queued('1')], {}, consoleOf()))).toHaveLength(1);
  });
  test('when the server answered it otherwise than it says now, or has forgotten it', () => {
    expect(lostOperations(evidence([answered('1', 'applied')]))).toHaveLength(1);
    const operations = [operation('1', { status: 'superseded' })];
    expect(lostOperations(evidence([answered('1', 'applied')], { operations }))).toHaveLength(1);
  });
  test('when its console says that the server has it, and the server does not', () => {
    const answeredOnly = consoleOf({ operations: new Map([['1', 'applied']]) });
    expect(lostOperations(evidence([], {}, answeredOnly))).toHaveLength(1);
    // Once, also where the ledger has it.
    expect(lostOperations(evidence([queued('1')], {}, answeredOnly))).toHaveLength(1);
  });
  test('when it is recorded as applied, and nothing came of it', () => {
    expect(lostOperations(evidence([], { operations: [operation('1')] }))).toHaveLength(1);
  });
  test('when it was refused and nothing says so', () => {
    const operations = [operation('1', { status: 'rejected' })];
    expect(lostOperations(evidence([queued('1')], { operations }, consoleOf()))).toHaveLength(1);
    expect(lostOperations(evidence([queued('1')], { operations }, consoleOf({ refused: new Set(['1']) })))).toEqual([]);
  });
  test('when it is an undo of what was never sent, and the server has that', () => {
    const server = { operations: [operation('1')], entries: [noteLine('1')] };
    expect(lostOperations(evidence([{ kind: 'taken_back', id: '1' }], server))).toHaveLength(1);
  });
});

describe('an operation that was acknowledged is not lost', () => {
  test('when the server decided it', () => {
    const server = { operations: [operation('1'), operation('2', { status: 'superseded' })], entries: [noteLine('1')] };
    expect(lostOperations(evidence([queued('1'), queued('2')], server, consoleOf()))).toEqual([]);
  });
  test.each(['queued', 'sending', 'stopped'])('when it waits (%s)', (waits) => {
    expect(lostOperations(evidence([queued('1')], {}, consoleOf({ operations: new Map([['1', waits]]) })))).toEqual([]);
  });
  test('when its author may have taken it back', () => {
    expect(lostOperations(evidence([queued('1'), { kind: 'taking_back', ids: ['1'] }], {}, consoleOf()))).toEqual([]);
  });
});

test('a draft that was kept is lost when there is none, or an older one', () => {
  const ledger: LedgerLine[] = [1, 2].map((count) => ({ kind: 'draft', author: 'amira', ticketId: 't', count }));
  const withDraft = (count: number) => evidence(ledger, {}, consoleOf({ drafts: new Map([['t', count]]) }));
  expect(lostDrafts(evidence(ledger, {}, consoleOf()))).toHaveLength(1);
  expect(lostDrafts(withDraft(1))).toHaveLength(1);
  expect(lostDrafts(withDraft(2))).toEqual([]);
  // One that was typed, and kept without a word before the kill.
  expect(lostDrafts(withDraft(3))).toEqual([]);
});

describe('an operation has been done twice', () => {
  const server = (more: Partial<ServerEvidence>): ServerEvidence => ({ operations: [], entries: [], tickets: [], ...more });
  test('when its timeline has it twice', () => {
    expect(twice(server({ operations: [operation('1')], entries: [noteLine('1'), noteLine('1')] }))).toHaveLength(1);
    expect(twice(server({ operations: [operation('1')], entries: [noteLine('1')] }))).toEqual([]);
  });
  test('when it is recorded twice', () => {
    expect(twice(server({ operations: [operation('1'), operation('1')] }))).toHaveLength(1);
  });
  test('when it left something although it was refused, or without a record', () => {
    expect(twice(server({ operations: [operation('1', { status: 'rejected' })], entries: [noteLine('1')] }))).toHaveLength(1);
    expect(twice(server({ entries: [noteLine('1')] }))).toHaveLength(1);
  });
  test('when one opening made two tickets, or one number went to two', () => {
    expect(twice(server({ tickets: [ticket(), ticket({ id: 'u', number: 'I-2026-000002' })] }))).toHaveLength(1);
    expect(twice(server({ tickets: [ticket(), ticket({ id: 'u', title: 'U' })] }))).toHaveLength(1);
  });
  test('but not when somebody opened during a call: he took it as well', () => {
    const entries = [line('1', 'opened', { channel: 'phone', duringCall: true }), line('1', 'claimed', {}, { id: '1.2' })];
    expect(twice(server({ operations: [operation('1', { name: 'open' })], entries }))).toEqual([]);
  });
});

describe('a ticket has two holders', () => {
  const claim = (id: string, authorId: string, seq: number, more: Partial<RecordedOperation> = {}) => ({
    operation: operation(id, { name: 'claim', authorId, seq, ...more }),
    line: line(id, 'claimed', {}, { authorId }),
  });
  const history = (holderId: string | null, ...claims: ReturnType<typeof claim>[]) =>
    evidence([], {
      operations: claims.map((one) => one.operation),
      entries: claims.map((one) => one.line),
      tickets: [ticket({ holderId })],
    });

  test('when one claims what another one holds, whatever the order of the rows', () => {
    const [found] = twoHolders(history('bruno', claim('2', 'bruno', 2), claim('1', 'amira', 1)));
    expect(found?.what).toBe('bruno claimed it while amira held it');
  });
  test('when its history leads to another one than it says', () => {
    expect(twoHolders(history('bruno', claim('1', 'amira', 1)))).toHaveLength(1);
    expect(twoHolders(history('amira', claim('1', 'amira', 1)))).toEqual([]);
  });
  test('when a console says so', () => {
    const world = history('amira', claim('1', 'amira', 1));
    const shows = (holder: string) => ({ ...world, consoles: [consoleOf({ holders: new Map([['t', holder]]) })] });
    expect(twoHolders(shows('bruno'))).toHaveLength(1);
    expect(twoHolders(shows('amira'))).toEqual([]);
  });
  test('but not when the first claim was undone, or the ticket given back or handed on, before the second', () => {
    expect(twoHolders(history('bruno', claim('1', 'amira', 1, { undone: true }), claim('2', 'bruno', 2)))).toEqual([]);
    const between = (name: string, entry: ReturnType<typeof line>, holderId: string) => {
      const [first, second] = [claim('1', 'amira', 1), claim('3', holderId, 3)];
      const operations = [first.operation, operation('2', { name, seq: 2 }), second.operation];
      return twoHolders(evidence([], { operations, entries: [first.line, entry, second.line], tickets: [ticket({ holderId })] }));
    };
    expect(between('release', line('2', 'released', { reason: 'r' }), 'bruno')).toEqual([]);
    const toPool = { fromId: 'amira', toId: null, fromTeamId: 'network', toTeamId: 'workplace', reason: '' };
    expect(between('assign', line('2', 'assigned', toPool), 'david')).toEqual([]);
  });
});

test('a cache is unequal when it holds something else, or its console has not said everything', () => {
  expect(unequalCaches([consoleOf()])).toEqual([]);
  expect(unequalCaches([consoleOf({ state: { ...state, hash: 'other', outbox: 0 } })])).toHaveLength(1);
  expect(unequalCaches([consoleOf({ state: { ...state, seq: null, outbox: 0 } })])).toHaveLength(1);
  expect(unequalCaches([consoleOf({ state: { ...state, outbox: 1 } })])).toHaveLength(1);
});

test('the verdict puts each where it belongs', () => {
  const server = { operations: [operation('2')], entries: [noteLine('2'), noteLine('2')], tickets: [ticket({ holderId: 'bruno' })] };
  const found = verdictOf(evidence([queued('1')], server, consoleOf({ state: { ...state, outbox: 1 } })));
  expect(Object.values(found).map((findings) => findings.length)).toEqual([1, 1, 1, 1]);
});
