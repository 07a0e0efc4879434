/**
 * The whole window with the ticket of the drawing, on its Monday at 11:07: `npx vite tests/renderer/preview`, then ticket.html.
 * The query chooses what is seen: theme, lang; mine=1, call=1, form=resolve, rejected=1, paused=1, rated=1, page=open_for_caller.
 */
import { createRoot } from 'react-dom/client';
import type { CallInProgress, Rejection, TicketDetail } from '#shared/contract/core.ts';
import { App } from '../../../renderer/App.tsx';
import { core } from '../../../renderer/core/client.ts';
import { useSelection } from '../../../renderer/state/selection.ts';
import { useSession } from '../../../renderer/state/session.ts';
import { fakeHost, signedIn } from '../fake-host.ts';
import { amira, clock, heldTicket, item, julien, NOW, networkTicket, PlayingCore, sara, TICKET } from '../ticket/ticket-world.ts';
import { upToDate } from '../world.ts';

const query = new URLSearchParams(location.search);
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

const rejection: Rejection = {
  operationId: 'r1',
  name: 'claim',
  refusal: { code: 'already_held', holderId: amira.id, holderName: amira.name, since: at(-29) },
  madeAt: at(-26),
  answeredAt: at(-10),
  kept: [
    { operationId: 'k1', name: 'log_call', as: 'log_call', madeAt: at(-23) },
    { operationId: 'k2', name: 'note', as: 'note', madeAt: at(-18) },
    { operationId: 'k3', name: 'resolve', as: 'solution_proposed', madeAt: at(-15) },
  ],
  notApplied: [],
  text: 'Grille d’aération bouchée par un carton.',
};
const call: CallInProgress = {
  id: '22222222-0000-4000-8000-000000000001',
  ticketId: TICKET,
  personId: sara.id,
  personName: sara.name,
  number: { typed: '04 65 71 12 08', e164: '+33465711208' },
  startedAt: at(-3.7),
  note: 'Le voyant de la prise est revenu puis s’est éteint à 9:20. Même chose dans les quatre bureaux côté cour, rien côté rue',
  callbackAt: at(18),
  recovered: query.get('call') === 'recovered',
};

function chosen(): TicketDetail {
  if (query.get('rejected'))
    return networkTicket({
      ticket: { holderId: amira.id, heldSince: at(-29), refusal: null },
      rejections: [rejection],
      offers: [
        ...['log_call', 'note'].map((name) => ({ name, offered: true, claims: false, refusal: null })),
        { name: 'resolve', offered: false, claims: false, refusal: { code: 'not_holder', holderId: amira.id, holderName: amira.name } },
      ],
      timeline: [
        item('opened', sara, at(-69), { channel: 'portal', duringCall: false }, { visibility: 'public' }),
        item('claimed', amira, at(-29), {}),
        item(
          'called',
          julien,
          at(-23),
          { outcome: 'reached', number: '+33465711208', duration: 360, note: '', callbackAt: null },
          { offline: true },
        ),
        item(
          'noted',
          julien,
          at(-18),
          { text: 'Grille d’aération bouchée par un carton, dégagée par Mme Diallo. 41 °C à présent.' },
          { offline: true },
        ),
        item('solution_proposed', julien, at(-15), { text: 'Baie ventilée, à surveiller une heure.', code: null }, { offline: true }),
      ],
    });
  if (query.get('paused'))
    return heldTicket({
      clocks: [
        clock({ clock: 'takeCharge', state: 'met', usedMs: 8 * 60_000 }),
        clock({ clock: 'contact', state: 'paused', targetMinutes: 240, usedMs: 110 * 60_000 }),
        clock({ clock: 'resolution', state: 'paused', targetMinutes: 360, usedMs: 194 * 60_000 }),
      ],
    });
  if (query.get('rated')) {
    const solution = { id: 's1', ticketId: TICKET, by: julien.id, at: at(-90), text: 'Câble de remontée remplacé', code: null };
    const rating = { duration: 4, answers: 5, comment: 'Rapide, et expliqué. Merci !', by: sara.id, at: at(-50) };
    const decision = { kind: 'validated' as const, by: sara.id, at: at(-60), reason: '' };
    return networkTicket({
      ticket: { phase: 'closed', holderId: julien.id, resolvedAt: at(-90), closedAt: at(-60), refusal: null },
      resolutions: [{ ...solution, decision, rating, undone: false, revision: 1 }],
      timeline: [
        ...networkTicket().timeline,
        item('resolved', julien, at(-90), { text: solution.text, code: null }, { visibility: 'public' }),
        item('validated', sara, at(-60), {}, { visibility: 'public' }),
        item('rated', sara, at(-50), { duration: 4, answers: 5, comment: rating.comment }, { visibility: 'public' }),
      ],
      clocks: [],
      why: null,
      offers: [],
    });
  }
  return query.get('mine') ? heldTicket() : networkTicket();
}

const host = fakeHost({
  session: signedIn,
  settings: { theme: query.get('theme') === 'dark' ? 'dark' : 'light', language: query.get('lang') === 'en' ? 'en' : 'fr' },
});
Object.assign(window, { guichet: host });
const fake = new PlayingCore(chosen(), {}, { sync: { ...upToDate, offsetMs: NOW - Date.now() }, call: query.get('call') ? call : null });
core.connect(fake.port);
Object.assign(window, { fake });

const boot = await host.boot(undefined);
const root = document.getElementById('root');
if (boot.ok && root) {
  useSession.getState().begin(boot.value);
  useSelection.getState().select(TICKET);
  const form = query.get('form');
  if (form) useSelection.getState().openForm(form);
  if (query.get('page') === 'open_for_caller') useSelection.getState().goTo('open_for_caller');
  createRoot(root).render(<App />);
}
