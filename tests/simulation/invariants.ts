/** What must hold whenever everything has come to rest. Each says what differs; nothing said means that it holds. */
import { canonicalLine } from '#shared/contract/canonical.ts';
import type { ListQuery } from '#shared/contract/core.ts';
import { instantOf } from '#shared/domain/instant.ts';
import type { Ticket } from '#shared/domain/model.ts';
import { alertKey } from '#shared/domain/sla/alerts.ts';
import { marksOf } from '../../server/alerts/marks.ts';
import { deskCache } from '../../server/db/desk.ts';
import { actorOf, directoryRowsAsSeen, ticketLines, visibleTickets } from '../../server/feed/sight.ts';
import { stateHash } from '../../server/feed/state-hash.ts';
import type { Device } from './device.ts';
import { cachedRows, type OutboxState, outboxState, type ServerState, serverState } from './state.ts';
import type { World } from './world.ts';

interface Rest {
  world: World;
  server: ServerState;
  outboxes: Map<string, OutboxState>;
}
type Check = (rest: Rest) => string[] | Promise<string[]>;

const waitingStates = ['queued', 'sending', 'stopped'];
const short = (id: string) => id.slice(0, 8);

const queueDrains: Check = ({ outboxes }) =>
  [...outboxes].flatMap(([personId, { operations, offers }]) => {
    const waiting = operations.filter((one) => waitingStates.includes(one.state)).map((one) => `${one.name} ${short(one.id)} ${one.state}`);
    if (offers > 0) waiting.push('what was acknowledged was not offered to the restored server');
    return waiting.map((what) => `${personId}: ${what}`);
  });

/** Nobody claims what somebody holds, as the record of operations tells it; everybody who sees a ticket sees the same holder. */
const oneHolder: Check = ({ world, server }) => {
  const wrong: string[] = [];
  // null: the pool; undefined: what came before does not tell it.
  const holders = new Map<string, string | null | undefined>();
  for (const { id, name, status, ticket_id, author_id, body } of server.operations.values()) {
    if (status !== 'applied') continue;
    const holder = holders.get(ticket_id);
    if (name === 'claim' && holder) wrong.push(`claim ${short(id)} of ${author_id} took ${short(ticket_id)} from ${holder}`);
    if (name === 'claim') holders.set(ticket_id, author_id);
    else if (name === 'release') holders.set(ticket_id, null);
    else if (name === 'assign') holders.set(ticket_id, (JSON.parse(body) as { input: { holderId: string | null } }).input.holderId);
    else if (name === 'undo' || name === 'refuse' || name === 'reopen' || name === 'open') holders.delete(ticket_id);
  }
  const now = new Map(server.tickets.map(({ id, doc }) => [id, doc.holderId]));
  for (const device of world.devices) {
    for (const row of device.look('list', everything).rows) {
      if (row.holderId === now.get(row.id)) continue;
      wrong.push(`${device.personId} sees ${row.holderId} hold ${row.number}, the server ${now.get(row.id)}`);
    }
  }
  return wrong;
};
const everything: ListQuery = {
  view: 'all',
  text: '',
  sort: 'newest',
  teamIds: [],
  siteIds: [],
  kinds: [],
  offset: 0,
  limit: 500,
};

/** By its id, and by the text that only it carries. */
const oneEffect: Check = ({ world, server }) => {
  const wrong: string[] = [];
  const made = new Map<string, number>();
  for (const { operation_id } of server.entries) made.set(operation_id, (made.get(operation_id) ?? 0) + 1);
  for (const [id, count] of made) {
    const operation = server.operations.get(id);
    const most = operation?.name === 'open' ? 2 : 1;
    if (count > most) wrong.push(`${operation?.name} ${short(id)} made ${count} lines`);
    if (!operation) wrong.push(`${count} lines of ${short(id)}, which nobody recorded`);
  }
  const titles = server.tickets.map(({ doc }) => doc.title);
  const all = [...server.entries.map(({ doc }) => doc), ...titles];
  const seen = new Map<string, number>();
  for (const text of all) for (const [mark] of text.matchAll(/<\d+>/g)) seen.set(mark, (seen.get(mark) ?? 0) + 1);
  for (const mark of world.ledger.marks) if ((seen.get(mark) ?? 0) > 1) wrong.push(`${mark} is there ${seen.get(mark)} times`);
  for (const { id, name, mark } of [...world.ledger.promised.values(), ...world.ledger.portal.values()]) {
    const status = server.operations.get(id)?.status;
    if (mark === null || (status !== 'applied' && status !== 'kept') || (seen.get(mark) ?? 0) > 0) continue;
    wrong.push(`${name} ${short(id)} ${status} without a trace of ${mark}`);
  }
  return wrong;
};

const nothingLost: Check = ({ world: { ledger }, server, outboxes }) => {
  const wrong: string[] = [];
  const known = new Map([...outboxes.values()].flatMap(({ operations }) => operations.map((one) => [one.id, one] as const)));
  const undos = new Map(
    [...known.values()].filter((one) => one.name === 'undo').map((one) => [String(JSON.parse(one.input).operationId), one] as const),
  );
  for (const { id, name, personId, ticketId } of ledger.promised.values()) {
    const label = `${personId}: ${name} ${short(id)} on ${short(ticketId)}`;
    const own = known.get(id);
    const recorded = server.operations.get(id);
    if (!own && !recorded) {
      if (!ledger.takenBack.has(id)) wrong.push(`${label} is nowhere`);
      continue;
    }
    if (!own) {
      wrong.push(`${label} is on the server only`);
      continue;
    }
    if (waitingStates.includes(own.state)) continue;
    if (recorded) {
      if (recorded.status !== own.state) wrong.push(`${label} is ${own.state} here, ${recorded.status} on the server`);
      if (recorded.author_id !== personId || recorded.name !== name) wrong.push(`${label} is recorded as somebody else's`);
      continue;
    }
    // A restored server has forgotten: what was refused stays so, what was undone is not done again.
    const isForgotten = ledger.restores > 0 && (own.state === 'rejected' || own.state === 'superseded' || undos.has(id) || name === 'undo');
    if (!isForgotten) wrong.push(`${label} is ${own.state} here, and unknown to the server`);
  }
  for (const id of ledger.neverSent) {
    const recorded = server.operations.get(id);
    if (recorded)
      wrong.push(`${recorded.author_id}: ${recorded.name} ${short(id)} was taken back before it was sent, and is ${recorded.status}`);
  }
  for (const { id, name, personId } of ledger.portal.values()) {
    if (!server.operations.has(id)) wrong.push(`${personId}: ${name} ${short(id)} is unknown to the server`);
  }
  return wrong;
};

const textKept: Check = ({ world: { ledger, devices }, outboxes }) => {
  const wrong: string[] = [];
  for (const { id, name, personId, mark } of ledger.promised.values()) {
    const outbox = outboxes.get(personId);
    const own = outbox?.operations.find((one) => one.id === id);
    if (own?.state !== 'rejected' || mark === null || ledger.dismissed.size > 0) continue;
    if (!outbox?.givenBack.includes(mark)) wrong.push(`${personId}: the text of ${name} ${short(id)}, ${mark}, was refused and is gone`);
  }
  for (const [key, content] of ledger.drafts) {
    const [personId, ticketId = ''] = key.split(' ');
    const drafts = outboxes.get(personId ?? '')?.givenBack ?? '';
    if (!drafts.includes(JSON.stringify(content)))
      wrong.push(`${personId}: the draft ${JSON.stringify(content)} on ${short(ticketId)} is gone`);
  }
  for (const device of devices) {
    const call = ledger.calls.get(device.personId);
    const found = device.look('call', undefined);
    if (call && (found?.ticketId !== call.ticketId || !found.note.includes(call.note)))
      wrong.push(`${device.personId}: the call in progress is gone`);
  }
  return wrong;
};

/** By both ends' own hash, as an operator would compare them; what differs is told row by row. */
const sameRows: Check = async ({ world }) => {
  const wrong: string[] = [];
  const desks = deskCache();
  for (const device of world.devices) {
    const here = device.core.cacheState();
    const there = await world.time.during(() =>
      world.house.database.read(async (db) => stateHash(db, await desks.in(db), device.personId)),
    );
    if (here?.epoch !== there.epoch || here.seq !== there.seq) {
      wrong.push(`${device.personId} is at ${here?.epoch}:${here?.seq}, the server at ${there.epoch}:${there.seq}`);
    } else if (here.hash !== there.hash) wrong.push(...(await differences(world, device)));
  }
  return wrong;
};

async function differences({ house, time }: World, device: Device): Promise<string[]> {
  const there = new Map<string, string>();
  await time.during(() =>
    house.database.read(async (db) => {
      const desk = await deskCache().in(db);
      const actor = actorOf(desk, device.personId);
      for (const { table, id, row } of directoryRowsAsSeen(desk, actor)) there.set(`${table} ${id}`, canonicalLine(table, id, row));
      const tickets = await visibleTickets(db, actor).selectAll().execute();
      for (const { table, id, doc } of await ticketLines(db, actor, tickets)) {
        if (doc !== null) there.set(`${table} ${id}`, canonicalLine(table, id, JSON.parse(doc)));
      }
    }),
  );
  const here = new Map(cachedRows(device.folder).map(({ table, id, row }) => [`${table} ${id}`, canonicalLine(table, id, row)]));
  const wrong: string[] = [];
  for (const key of new Set([...here.keys(), ...there.keys()])) {
    const [own, other] = [here.get(key), there.get(key)];
    if (own === other) continue;
    const what = own === undefined ? 'lacks' : other === undefined ? 'has, and should not,' : 'has otherwise';
    wrong.push(`${device.personId} ${what} ${key}`);
  }
  return wrong.length > 0 ? wrong : [`${device.personId}: the hash differs, and no row does`];
}

/** A rule of its own: what a role, or being asker, beneficiary or opener, lets one see. */
const nothingForbidden: Check = ({ world, server }) => {
  const wrong: string[] = [];
  for (const { personId, folder } of world.devices) {
    const own = new Set(server.roles.filter((one) => one.personId === personId && one.role !== 'importer').map((one) => one.teamId));
    const rows = cachedRows(folder);
    const whole = new Set<string>();
    const open = new Set<string>();
    for (const { table, id, row } of rows) {
      if (table !== 'ticket') continue;
      if (own.has(String(row.teamId))) whole.add(id);
      else if ([row.requesterId, row.beneficiaryId, row.openedBy].includes(personId)) open.add(id);
      else wrong.push(`${personId} has the ticket ${short(id)} of ${row.teamId}`);
    }
    for (const { table, id, row } of rows) {
      if (table !== 'entry' || whole.has(String(row.ticketId))) continue;
      if (!open.has(String(row.ticketId)) || row.visibility !== 'public')
        wrong.push(`${personId} has the ${row.visibility} line ${short(id)}`);
    }
  }
  return wrong;
};

/** Nothing is shown over what is confirmed, and nothing is said to be on its way. */
const nothingPending: Check = ({ world, server }) =>
  world.devices.flatMap((device) => {
    const { rows, total } = device.look('list', everything);
    const wrong = rows.filter((row) => row.unsent || row.toConfirm).map((row) => `${row.number} is still to be confirmed`);
    const seen = cachedRows(device.folder).filter((one) => one.table === 'ticket');
    if (total !== seen.length) wrong.push(`a list of ${total} tickets, of ${seen.length}`);
    for (const row of rows) {
      const ticket = server.tickets.find((one) => one.id === row.id)?.doc;
      if (row.phase !== ticket?.phase || row.title !== ticket.title || row.urgency !== ticket.urgency || row.number !== ticket.number) {
        wrong.push(`${row.number} is shown as ${row.phase} ${row.urgency}, and is ${ticket?.phase} ${ticket?.urgency}`);
      }
    }
    return wrong.map((what) => `${device.personId}: ${what}`);
  });

/** Whatever was done to a ticket, away from the server or on it: every mark that is not told will be looked at in time. */
const noAlertMissed: Check = ({ world: { house, time } }) =>
  time.during(() =>
    house.database.read(async (db) => {
      const desk = await deskCache().in(db);
      const told = new Set(
        (await db.selectFrom('alert').select(['ticket_id', 'key']).execute()).map((row) => `${row.ticket_id} ${row.key}`),
      );
      const rows = await db.selectFrom('ticket').select(['id', 'doc', 'next_alert_at']).where('untouched', '=', 0).execute();
      return rows.flatMap(({ id, doc, next_alert_at }) =>
        marksOf(JSON.parse(doc) as Ticket, desk).flatMap((alert) => {
          if (told.has(`${id} ${alertKey(alert)}`)) return [];
          const at = instantOf(alert.at);
          if (next_alert_at !== null && next_alert_at <= at) return [];
          return [`${alertKey(alert)} of ${short(id)} at ${at} is looked at ${next_alert_at ?? 'never'}`];
        }),
      );
    }),
  );

const noFault: Check = ({ world }) => world.house.faults.map((fault) => `the server failed: ${fault}`);

export const invariants: Readonly<Record<string, Check>> = {
  'the queue drains': queueDrains,
  'one holder a ticket': oneHolder,
  'one effect an operation': oneEffect,
  'every acknowledged operation is applied, refused or waiting': nothingLost,
  'confirmed rows are those of the server': sameRows,
  'no row that he may not see': nothingForbidden,
  'the window shows what is confirmed': nothingPending,
  'no text is lost': textKept,
  'no alert is missed': noAlertMissed,
  'the server never fails': noFault,
};

/** One line a violation, the invariant's name first. */
export async function violations(world: World): Promise<string[]> {
  const outboxes = new Map(world.devices.map((device) => [device.personId, outboxState(device.folder)]));
  const rest = { world, server: serverState(world.house.folder), outboxes };
  const found: string[] = [];
  for (const [name, check] of Object.entries(invariants)) for (const what of await check(rest)) found.push(`${name}: ${what}`);
  return found;
}
