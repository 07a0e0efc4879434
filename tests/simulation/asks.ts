/** What people ask for on the portal: straight to the server, which may die meanwhile and lose it with its disk. */
import type { PushOutcome } from '#shared/contract/api.ts';
import { openInput } from '../server/desk-content.ts';
import { askers, categories, START } from './desk.ts';
import { NoHouse } from './house.ts';
import type { Ask } from './plan.ts';
import { oneOf, type World } from './world.ts';

export async function ask(world: World, { who, what, a, b }: Ask): Promise<void> {
  const { house, ledger } = world;
  const personId = oneOf(askers, who) ?? 'farid';
  if (!house.isUp) return;
  const mark = ledger.mark();
  const phase = what === 'validate' || what === 'refuse' ? 'resolved' : 'open';
  const known = await world.time.during(() =>
    house.database.read((db) => db.selectFrom('ticket').select('id').where('phase', '=', phase).orderBy('id').execute()),
  );
  const ticketId = what === 'open' ? world.chance.uuid() : oneOf(known, a)?.id;
  if (ticketId === undefined) return;
  const inputs = {
    open: openInput(personId, { title: mark, categoryId: oneOf(categories, b) }),
    validate: {},
    refuse: { reason: mark },
    cancel: { reason: mark },
    note: { text: mark, visibility: 'public' },
  };
  const at = new Date(START + world.time.now).toISOString();
  const id = world.chance.uuid();
  const operation = { id, name: what, ticketId, input: inputs[what], madeAt: at, occurredAt: at, offline: false, after: [] };
  try {
    if (!house.isUp) return;
    const { accessToken } = await house.signIn(personId);
    const answer = await house.handle({ method: 'POST', path: '/v1/operations', token: accessToken, body: { operations: [operation] } });
    if (answer.status !== 200) return;
    const [outcome] = (JSON.parse(answer.text) as { outcomes: PushOutcome[] }).outcomes;
    world.say(`${personId}: ${what} ${ticketId.slice(0, 4)} ${outcome?.status}`);
    if (outcome?.status !== 'applied') return;
    ledger.portal.set(id, { id, name: what, ticketId, personId, mark: what === 'validate' ? null : mark, form: null });
    if (what === 'open') ledger.tickets.push(ticketId);
  } catch (error) {
    if (!(error instanceof NoHouse)) throw error;
  }
}
