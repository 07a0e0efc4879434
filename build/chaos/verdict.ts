/**
 * What is not as it must be: compares what people were told with what the server and every console hold in the end. No files, no
 * network: everything is an argument.
 */
import type { Entry, Ticket } from '#shared/domain/model.ts';
import type { LedgerLine } from './ledger-line.ts';

export interface RecordedOperation {
  id: string;
  name: string;
  ticketId: string;
  authorId: string;
  status: 'applied' | 'superseded' | 'kept' | 'rejected';
  seq: number;
  /** Taken back by its author. */
  undone: boolean;
}
export interface ServerEvidence {
  operations: readonly RecordedOperation[];
  entries: readonly { operationId: string; entry: Entry }[];
  tickets: readonly Ticket[];
}
/** What `npm run core -- --status` says; `outbox` is how many operations are not acknowledged. */
export interface ConsoleState {
  epoch: string | null;
  seq: number | null;
  tickets: number;
  hash: string;
  outbox: number;
}
export interface ConsoleEvidence {
  login: string;
  state: ConsoleState;
  /** What the server has for the same person. */
  expected: Omit<ConsoleState, 'outbox'>;
  /** Its operations by id, in the words of its outbox. */
  operations: ReadonlyMap<string, string>;
  /** Operations that a banner names as refused. */
  refused: ReadonlySet<string>;
  /** Drafts by ticket: the count in the text. */
  drafts: ReadonlyMap<string, number>;
  /** Confirmed holders by ticket. */
  holders: ReadonlyMap<string, string | null>;
}
export interface Evidence {
  ledger: readonly LedgerLine[];
  server: ServerEvidence;
  consoles: readonly ConsoleEvidence[];
}

export interface Finding {
  /** The operation, ticket or person that it is about. */
  about: string;
  what: string;
}
export interface Verdict {
  lost: Finding[];
  twice: Finding[];
  twoHolders: Finding[];
  unequalCaches: Finding[];
}

export function verdictOf(evidence: Evidence): Verdict {
  return {
    lost: [...lostOperations(evidence), ...lostDrafts(evidence)],
    twice: twice(evidence.server),
    twoHolders: twoHolders(evidence),
    unequalCaches: unequalCaches(evidence.consoles),
  };
}

/** Acknowledged, and nowhere: not decided by the server, not waiting, not taken back, not refused in front of its author. */
export function lostOperations({ ledger, server, consoles }: Evidence): Finding[] {
  const recorded = new Map<string, string[]>();
  for (const { id, status } of server.operations) recorded.set(id, [...(recorded.get(id) ?? []), status]);
  const consoleOf = new Map(consoles.map((one) => [one.login, one]));
  const maybeBack = new Set(ledger.flatMap((line) => (line.kind === 'taking_back' ? line.ids : [])));
  const lost = ledger.flatMap((line): Finding[] => {
    const found = 'id' in line ? recorded.get(line.id) : undefined;
    if (line.kind === 'answered' && !found?.includes(line.status)) {
      return [{ about: nameOfLine(line), what: `it was answered ${line.status}, there is ${found ?? 'no record'}` }];
    }
    if (line.kind === 'taken_back' && found)
      return [{ about: line.id, what: 'it was taken back before it was sent, and the server has it' }];
    if (line.kind !== 'queued') return [];
    const author = consoleOf.get(line.author);
    const state = author?.operations.get(line.id);
    if (!found && !isWaiting(state) && !maybeBack.has(line.id)) {
      return [{ about: nameOfLine(line), what: `the server has no record of it, the outbox says ${state ?? 'nothing'}` }];
    }
    const isUnsaid = found?.includes('rejected') && !author?.refused.has(line.id);
    return isUnsaid ? [{ about: nameOfLine(line), what: 'it was refused, and nothing says so' }] : [];
  });
  const told = new Set(ledger.flatMap((line) => (line.kind === 'queued' ? [line.id] : [])));
  return [...lost, ...forgottenAnswers(consoles, recorded, told), ...withoutEffect(server)];
}

function isWaiting(state: string | undefined): boolean {
  return state === 'queued' || state === 'sending' || state === 'stopped';
}
function nameOfLine({ name, id, author }: { name: string; id: string; author: string }): string {
  return `${name} ${id} of ${author}`;
}

/** What a console was answered, and the server does not know. What is in the ledger (`told`) and nowhere else is found there. */
function forgottenAnswers(
  consoles: readonly ConsoleEvidence[],
  recorded: ReadonlyMap<string, string[]>,
  told: ReadonlySet<string>,
): Finding[] {
  return consoles.flatMap(({ login, operations }) =>
    [...operations].flatMap(([id, state]) => {
      const found = recorded.get(id);
      if (isWaiting(state) || found?.includes(state) || (!found && told.has(id))) return [];
      return [{ about: `${id} of ${login}`, what: `its outbox says ${state}, the server ${found ?? 'no record'}` }];
    }),
  );
}

function withoutEffect({ operations, entries }: ServerEvidence): Finding[] {
  const effects = new Set(entries.map((one) => one.operationId));
  const done = operations.filter(({ name, status }) => (status === 'applied' && name !== 'undo') || status === 'kept');
  return done
    .filter(({ id }) => !effects.has(id))
    .map(({ id, name, status }) => ({ about: `${name} ${id}`, what: `it is recorded as ${status}, and nothing came of it` }));
}

/** A draft that was kept is there, or a later one of the same author. */
export function lostDrafts({ ledger, consoles }: Evidence): Finding[] {
  const lost: Finding[] = [];
  for (const { login, drafts } of consoles) {
    const kept = new Map(ledger.flatMap((line) => (line.kind === 'draft' && line.author === login ? [[line.ticketId, line.count]] : [])));
    for (const [ticketId, count] of kept) {
      const found = drafts.get(ticketId);
      if (found === undefined || found < count)
        lost.push({ about: `draft of ${login}`, what: `${count} was kept on ${ticketId}, there is ${found ?? 'none'}` });
    }
  }
  return lost;
}

/** More effects than an operation has: lines of a timeline, records, tickets of one opening. */
export function twice({ operations, entries, tickets }: ServerEvidence): Finding[] {
  const found: Finding[] = [];
  const recorded = new Map(operations.map((one) => [one.id, one]));
  for (const [id, count] of countBy(operations, (one) => one.id)) {
    if (count > 1) found.push({ about: `${recorded.get(id)?.name} ${id}`, what: `it is recorded ${count} times` });
  }
  for (const [id, count] of countBy(entries, (one) => one.operationId)) {
    const most = mostEffects(recorded.get(id));
    if (count > most)
      found.push({ about: `${recorded.get(id)?.name ?? 'unrecorded'} ${id}`, what: `${count} lines of a timeline, ${most} at most` });
  }
  for (const [title, count] of countBy(tickets, (one) => one.title)) {
    if (count > 1) found.push({ about: title, what: `${count} tickets of one opening` });
  }
  for (const [number, count] of countBy(tickets, (one) => one.number)) {
    if (count > 1) found.push({ about: `${number}`, what: `${count} tickets have this number` });
  }
  return found;
}

function mostEffects(operation: RecordedOperation | undefined): number {
  if (!operation || operation.status === 'rejected' || operation.status === 'superseded') return 0;
  // Who opens during a call takes it as well.
  return operation.name === 'undo' ? 0 : operation.name === 'open' ? 2 : 1;
}

/** Somebody claimed what another one held, or the history, the ticket and a console do not name the same holder. */
export function twoHolders({ server, consoles }: Evidence): Finding[] {
  const found: Finding[] = [];
  const recorded = new Map(server.operations.map((one) => [one.id, one]));
  const position = (operationId: string) => recorded.get(operationId)?.seq ?? 0;
  const histories = new Map<string, ServerEvidence['entries'][number][]>(server.tickets.map(({ id }) => [id, []]));
  for (const line of server.entries) histories.get(line.entry.ticketId)?.push(line);
  for (const ticket of server.tickets) {
    const history = (histories.get(ticket.id) ?? []).filter(
      ({ operationId, entry }) => !entry.undone && !recorded.get(operationId)?.undone,
    );
    // Lines of one operation are in the order of their ids.
    history.sort((a, b) => position(a.operationId) - position(b.operationId) || (a.entry.id < b.entry.id ? -1 : 1));
    let holder: string | null = null;
    for (const { entry } of history) {
      if (entry.kind === 'claimed' && holder !== null && holder !== entry.authorId) {
        found.push({ about: nameOf(ticket), what: `${entry.authorId} claimed it while ${holder} held it` });
      }
      holder = holderAfter(entry, holder);
    }
    if (holder !== ticket.holderId)
      found.push({ about: nameOf(ticket), what: `its history leads to ${holder}, it says ${ticket.holderId}` });
    for (const { login, holders } of consoles) {
      const shown = holders.get(ticket.id);
      if (shown !== undefined && shown !== ticket.holderId) {
        found.push({ about: nameOf(ticket), what: `${ticket.holderId} holds it, the console of ${login} says ${shown}` });
      }
    }
  }
  return found;
}

function holderAfter(entry: Entry, before: string | null): string | null {
  if (entry.kind === 'claimed') return entry.authorId;
  if (entry.kind === 'released') return null;
  return entry.kind === 'assigned' ? entry.data.toId : before;
}

function nameOf({ number, id }: Ticket): string {
  return `${number ?? 'no number'} (${id})`;
}

/** A console that does not hold what the server has for the same person, or that has not said everything. */
export function unequalCaches(consoles: readonly ConsoleEvidence[]): Finding[] {
  return consoles.flatMap(({ login, state, expected }) => {
    const fields = ['epoch', 'seq', 'tickets', 'hash'] as const;
    const differences = fields
      .filter((field) => state[field] !== expected[field])
      .map((field) => `${field} ${state[field]}, not ${expected[field]}`);
    if (state.outbox > 0) differences.push(`${state.outbox} operations not acknowledged`);
    return differences.length > 0 ? [{ about: `cache of ${login}`, what: differences.join('; ') }] : [];
  });
}

function countBy<T, K>(all: readonly T[], key: (one: T) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}
