import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { openInput, operationOf } from './desk-content.ts';
import { onPostgresql } from './storage.ts';

let desk: TestDesk;
let farid: TestSession;
let amira: TestSession;
let bruno: TestSession;
beforeAll(async () => {
  desk = await startDesk();
  [farid, amira, bruno] = await Promise.all([desk.signIn('farid'), desk.signIn('amira'), desk.signIn('bruno')]);
});
afterAll(() => desk.close());

describe('two sessions at the same instant', () => {
  test('many times both claim one ticket: one holds it, the other is told who', async () => {
    // PostgreSQL takes longer over one, and has a race of two processes besides.
    const tickets = Array.from({ length: onPostgresql ? 30 : 200 }, () => randomUUID());
    for (let start = 0; start < tickets.length; start += 50) {
      await farid.push(...tickets.slice(start, start + 50).map((id) => operationOf('open', id, openInput('farid'))));
    }
    const winners = new Set<string>();
    for (const ticketId of tickets) {
      const outcomes = await Promise.all([amira.do('claim', ticketId), bruno.do('claim', ticketId)]);
      const { holderId } = (await amira.ticket(ticketId)).ticket;
      const applied = outcomes.filter((one) => one.status === 'applied');
      const rejected = outcomes.filter((one) => one.status === 'rejected');
      expect(applied).toHaveLength(1);
      expect(rejected).toHaveLength(1);
      const winner = outcomes[0]?.status === 'applied' ? amira : bruno;
      expect(holderId).toBe(winner.id);
      expect(rejected[0]).toMatchObject({
        refusal: { code: 'already_held', holderId: winner.id, holderName: winner.tokens.person.name },
        ticket: { id: ticketId, holderId: winner.id },
      });
      winners.add(winner.id);
    }
    expect(winners.size).toBeGreaterThan(0);
  });

  test('one operation sent twice at once has one effect and one answer', async () => {
    for (let round = 0; round < (onPostgresql ? 20 : 50); round += 1) {
      const ticketId = await farid.open();
      const note = operationOf('note', ticketId, { text: `Note ${round}`, visibility: 'public' });
      const [[first], [second]] = await Promise.all([farid.push(note), farid.push(note)]);
      expect(first).toEqual(second);
      expect(first?.status).toBe('applied');
      const { entries, ticket } = await farid.ticket(ticketId);
      expect(entries.filter((entry) => entry.kind === 'noted')).toHaveLength(1);
      expect(ticket.revision).toBe(2);
    }
  });

  test('numbers are given once each, in both series', async () => {
    const ids = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 ? farid : amira).open({ kind: index % 3 === 0 ? 'request' : 'incident' })),
    );
    const year = new Date().getUTCFullYear();
    const numbers = await Promise.all(ids.map(async (id) => (await amira.ticket(id)).ticket));
    expect(new Set(numbers.map((ticket) => ticket.number)).size).toBe(ids.length);
    for (const ticket of numbers) {
      expect(ticket.number).toMatch(ticket.kind === 'request' ? new RegExp(`^D-${year}-\\d{6}$`) : new RegExp(`^I-${year}-\\d{6}$`));
    }
  });
});
