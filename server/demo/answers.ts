/**
 * What people solve by hand at the demo desk is answered too: some minutes later its beneficiary signs in, says whether it is solved, and
 * rates it. The log's own tickets are left to the import, and what is for those whose accounts are there to be tried to whoever tries them.
 */
import { PROTOCOL_HEADER, PROTOCOL_VERSION, type PushOperation, PushResponse, SessionTokens } from '#shared/contract/api.ts';
import { Resolution, Ticket } from '#shared/domain/model.ts';
import type { GuichetDatabase } from '../db/database.ts';
import { drawFor, uuidOf } from './draw.ts';
import { makePeople, portalPeople, type Requester } from './people.ts';
import { DEMO_PASSWORD } from './prepare.ts';
import { ratingComments, refusalReasons } from './texts/phrases.ts';

const MINUTE_MS = 60_000;
/** Nobody looks at a solution at once; after an hour the mail is forgotten. */
const SOONEST = 2;
const LATEST = 60;

export interface Answering {
  /** Answers what is due; how many were. */
  round(): Promise<number>;
}

export function answering(database: GuichetDatabase, url: string, clock: () => Date): Answering {
  const { requesters } = makePeople();
  const tried = new Set(portalPeople(requesters).map(({ person }) => person.id));
  const people = new Map(requesters.filter(({ person }) => !tried.has(person.id)).map((one) => [one.person.id, one]));

  return {
    round: async () => {
      let answered = 0;
      for (const { ticket, solution } of await waiting(database)) {
        const person = people.get(ticket.beneficiaryId);
        const operations = person && answerTo(ticket, solution, person, clock());
        if (!operations || operations.length === 0) continue;
        await pushAs(url, ticket.beneficiaryId, operations);
        answered += 1;
      }
      return answered;
    },
  };
}

async function waiting(database: GuichetDatabase): Promise<{ ticket: Ticket; solution: Resolution }[]> {
  const rows = await database.read((db) =>
    db
      .selectFrom('ticket')
      .innerJoin('resolution', 'resolution.ticket_id', 'ticket.id')
      .select(['ticket.doc as ticket', 'resolution.doc as solution'])
      .where('ticket.phase', '=', 'resolved')
      .where('ticket.untouched', '=', 0)
      .where('resolution.undone', '=', 0)
      .orderBy('resolution.at')
      .execute(),
  );
  const latest = new Map<string, { ticket: Ticket; solution: Resolution }>();
  for (const row of rows) {
    const found = { ticket: Ticket.parse(JSON.parse(row.ticket)), solution: Resolution.parse(JSON.parse(row.solution)) };
    latest.set(found.ticket.id, found);
  }
  return [...latest.values()];
}

/** The same for the same solution, whenever it is asked; empty: not yet, too late, or this person never answers. */
function answerTo(ticket: Ticket, solution: Resolution, { person }: Requester, now: Date): PushOperation[] {
  const draw = drawFor(`answer/${solution.id}`);
  const age = (now.getTime() - Date.parse(solution.at)) / MINUTE_MS;
  const after = draw.between(SOONEST, SOONEST + 4);
  const says = draw.weighted({ validate: 0.7, refuse: ticket.counts.refusals === 0 ? 0.2 : 0, nothing: 0.1 });
  if (age < after || age > LATEST || says === 'nothing') return [];
  // The same whenever it is sent: an operation's id stands for all of it.
  const at = new Date(Date.parse(solution.at) + after * MINUTE_MS).toISOString();
  const operation = (name: string, input: Record<string, unknown>): PushOperation => {
    const id = uuidOf(`answer/${solution.id}/${name}`);
    return {
      id,
      name,
      ticketId: ticket.id,
      input: { ...input, resolutionId: solution.id },
      madeAt: at,
      occurredAt: at,
      offline: false,
      after: [],
    };
  };
  const plain = (list: readonly string[]) => draw.of(list.filter((text) => !text.includes('{')));
  if (says === 'refuse') return [operation('refuse', { reason: plain(refusalReasons[person.language]) })];
  const marks = { duration: draw.between(3, 5), answers: draw.between(4, 5), comment: plain(ratingComments.good[person.language]) };
  return [operation('validate', {}), operation('rate', marks)];
}

/** @throws Error when the server cannot be reached or answers an error; sent again it has no second effect */
async function pushAs(url: string, login: string, operations: readonly PushOperation[]): Promise<void> {
  const post = async (path: string, body: unknown, more: Record<string, string> = {}): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', [PROTOCOL_HEADER]: String(PROTOCOL_VERSION), ...more };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const { accessToken } = SessionTokens.parse(await post('/v1/session', { login, password: DEMO_PASSWORD, device: 'demo' }));
  PushResponse.parse(await post('/v1/operations', { operations }, { authorization: `Bearer ${accessToken}` }));
}
