/** A desk on a Monday morning, as core would show it: the tickets of the drawing, and more of their kind. */

import type { z } from 'zod';
import type { AlertView } from '#shared/contract/alerts.ts';
import type { CallInProgress, Colleague, Counts, DeskInfo, ListRow, OutboxItem, SyncStatus, TicketDetail } from '#shared/contract/core.ts';
import type { Due } from '#shared/contract/sla.ts';

export interface World {
  rows: readonly ListRow[];
  sync: SyncStatus;
  desk: DeskInfo | null;
  counts: z.infer<typeof Counts>;
  outbox: readonly OutboxItem[];
  call: CallInProgress | null;
  presence: readonly Colleague[];
  waitingMails: number;
  alerts: readonly AlertView[];
  ticket(id: string, world: World): TicketDetail | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const iso = (ms: number) => new Date(ms).toISOString();

export const upToDate: SyncStatus = {
  state: 'up_to_date',
  offlineSince: null,
  waiting: 0,
  nextTryAt: null,
  progress: null,
  position: 'e:1:t',
  offsetMs: 0,
  sleeps: 0,
  detail: null,
  reason: null,
  notice: null,
};

export const me = 'julien.morel';
const person = (id: string, name: string, place = '') => ({
  id,
  name,
  email: `${id}@verdane.example`,
  phone: { typed: '04 65 71 12 08', e164: '+33465711208' },
  siteId: 'lyon',
  place,
  language: 'fr' as const,
  active: true,
  revision: 1,
});
const names = (fr: string, en: string) => ({ fr, en });

export const desk: DeskInfo = {
  me: person(me, 'Julien Morel'),
  memberships: [{ id: 'm1', personId: me, teamId: 'lyon', role: 'technician', revision: 1 }],
  service: 'Maison Verdane',
  defaultCountry: 'FR',
  teams: [
    { id: 'lyon', names: names('Support Lyon', 'Lyon support'), revision: 1 },
    { id: 'paris', names: names('Support Paris', 'Paris support'), revision: 1 },
  ],
  sites: ['Lyon-Gerland', 'Paris-Austerlitz', 'Nice-Arénas', 'Lille-Fives', 'Nantes', 'Télétravail'].map((name) => ({
    id: name.split('-')[0]?.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase() ?? name,
    name,
    calendarId: null,
    revision: 1,
  })),
  categories: [{ id: 'network', names: names('Réseau', 'Network'), revision: 1 }],
  closingCodes: [{ id: 'replaced', names: names('Matériel remplacé', 'Hardware replaced'), revision: 1 }],
  colleagues: { lyon: [{ id: me, name: 'Julien Morel', role: 'technician' }], paris: [] },
};

const running = (now: number, minutes: number): Due => ({
  state: 'running',
  clock: 'takeCharge',
  dueAt: iso(now + minutes * MINUTE),
  soonAt: iso(now + minutes * MINUTE - 32 * MINUTE),
});

type Sketch = [urgency: ListRow['urgency'], title: string, who: string, site: string, due: number | 'paused', extra?: Partial<ListRow>];
const drawn: Sketch[] = [
  ['high', 'Messagerie bloquée pour toute la comptabilité', 'Paul Martin', 'Paris-Austerlitz', -12],
  ['high', 'Plus de réseau au 2e étage, bâtiment B', 'Sara Diallo', 'Lyon-Gerland', 8, { attempted: true, refused: true }],
  ['medium', 'Imprimante du 3e étage hors service', 'Pauline Masson', 'Paris-Austerlitz', 24],
  ['high', 'Caisse 4 : le terminal de paiement ne démarre plus', 'Mehdi Ouali', 'Nice-Arénas', 31, { attempted: true }],
  ['medium', 'Accès au dossier RH refusé depuis la migration', 'Nadège Roy', 'Nice-Arénas', 48],
  ['medium', 'VPN : déconnexion toutes les dix minutes', 'Hélène Aubry', 'Télétravail', 65],
  ['medium', 'Compte verrouillé après changement de mot de passe', 'Bastien Leroy', 'Lille-Fives', 80],
  ['low', 'Écran qui clignote à la sortie de veille', 'Claire Dumont', 'Lyon-Gerland', 100],
  ['medium', 'Poste pour une nouvelle arrivante le 11 mai', 'Louis Petit', 'Nantes', 140, { kind: 'request' }],
  ['medium', 'Partage réseau très lent, plans de l’atelier', 'Farid Amrani', 'Lyon-Gerland', 180],
  ['low', 'Signature de courriel à mettre à jour', 'Anne Vidal', 'Paris-Austerlitz', 210, { kind: 'request' }],
  ['medium', 'Logiciel de paie : erreur 412 à l’impression', 'Odile Faure', 'Lille-Fives', 1294],
  ['low', 'Boîte partagée qui n’indexe plus', 'Gaëlle Perrin', 'Nantes', 1334],
  ['low', 'Téléphone fixe de l’accueil sans tonalité', 'Yves Collin', 'Nice-Arénas', 1379],
  ['medium', 'Droits temporaires pour une mise à jour', 'Rémi Carré', 'Lille-Fives', 1614, { kind: 'request' }],
  ['low', 'Deuxième écran pour le poste de planification', 'Inès Bodin', 'Nantes', 2754, { kind: 'request' }],
  ['medium', 'Batterie gonflée, portable remplacé', 'Fatou Ndiaye', 'Lyon-Gerland', 'paused'],
  ['low', 'Clavier ergonomique', 'Marc Tessier', 'Paris-Austerlitz', 'paused', { kind: 'request' }],
];
const held: Sketch[] = [
  ['medium', 'Tablette de l’entrepôt : Wi-Fi refusé', 'Kevin Maillard', 'Lille-Fives', 52],
  ['medium', 'Badge non reconnu à la porte nord', 'Sonia Lambert', 'Lyon-Gerland', 75],
  ['low', 'Photocopieur : numérisation vers dossier', 'Joëlle Renard', 'Nantes', 160],
  ['medium', 'Installation du logiciel de dessin', 'Éric Pons', 'Lyon-Gerland', 1440, { kind: 'request' }],
  ['medium', 'Caméra de visioconférence muette', 'Lucie Blanc', 'Paris-Austerlitz', 'paused', { phase: 'waiting' }],
];

export function makeRow(now: number, index: number, sketch: Sketch, extra: Partial<ListRow> = {}): ListRow {
  const [urgency, title, beneficiary, site, due, more] = sketch;
  return {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    number: `${more?.kind === 'request' ? 'D' : 'I'}-2026-${String(4200 + index).padStart(6, '0')}`,
    kind: 'incident',
    title,
    urgency,
    phase: 'open',
    beneficiary,
    site,
    holderId: null,
    holder: null,
    due: due === 'paused' ? { state: 'paused', remainingMs: 130 * MINUTE } : running(now, due),
    attempted: false,
    refused: false,
    callbackAt: null,
    unsent: false,
    toConfirm: false,
    claimRefused: false,
    found: null,
    ...more,
    ...extra,
  };
}

/** Rows of the drawing, then as many again as asked, with callbacks on those that somebody holds. */
export function makeRows(now: number, count: number): ListRow[] {
  const rows = drawn.map((sketch, index) => makeRow(now, index, sketch));
  const callbacks: (number | null)[] = [-17 * MINUTE, 68 * MINUTE, 26 * HOUR, 3 * 24 * HOUR, null];
  held.forEach((sketch, index) => {
    const at = callbacks[index] ?? null;
    rows.push(makeRow(now, 100 + index, sketch, { holderId: me, holder: 'Julien Morel', callbackAt: at === null ? null : iso(now + at) }));
  });
  for (let index = 0; rows.length < count; index++) {
    const sketch = drawn[(index * 7 + 5) % drawn.length] as Sketch;
    const due = index % 9 === 0 ? 'paused' : 2800 + index * 35;
    const closed = index % 3 === 0;
    rows.push(
      makeRow(now, 1000 + index, [sketch[0], `${sketch[1]} (${index + 2})`, sketch[2], sketch[3], due], {
        kind: sketch[5]?.kind ?? 'incident',
        ...(closed ? { phase: 'closed', holderId: 'amira', holder: 'Amira Haddad', due: { state: 'none' } } : {}),
      }),
    );
  }
  return rows;
}

/** A ticket with a day of history behind its row. */
export function makeTicket(id: string, world: World): TicketDetail | null {
  const row = world.rows.find((candidate) => candidate.id === id);
  if (!row) return null;
  const openedAt = Date.now() - 26 * HOUR;
  const site = desk.sites.find(({ name }) => name === row.site) ?? null;
  const siteId = site?.id ?? 'lyon';
  const beneficiary = { ...person('sara.diallo', row.beneficiary, 'bureau B 214'), siteId };
  const due = row.due;
  const clock = (
    name: TicketDetail['clocks'][number]['clock'],
    target: number,
    usedMinutes: number,
    dueAt: number | null,
    state: 'met' | 'running',
  ) => ({
    clock: name,
    state,
    targetMinutes: target,
    usedMs: usedMinutes * MINUTE,
    asOf: iso(Date.now()),
    open: state === 'running',
    dueAt: dueAt === null ? null : iso(dueAt),
    soonAt: dueAt === null ? null : iso(dueAt - 30 * MINUTE),
    endedAt: state === 'met' ? iso(openedAt + usedMinutes * MINUTE) : null,
    breachedAt: null,
    reportedLate: false,
  });
  const entry = { ticketId: id, visibility: 'internal' as const, offline: false, undone: false, revision: 1 };
  const offered = ['claim', 'log_call', 'note', 'wait', 'resolve', 'release', 'set_urgency', 'set_category', 'edit_contact'];
  return {
    ticket: {
      id,
      number: row.number,
      kind: row.kind,
      title: row.title,
      description: 'Depuis ce matin plus personne n’a Internet ni les dossiers partagés au 2e étage.',
      requesterId: 'antoine.besson',
      beneficiaryId: beneficiary.id,
      openedBy: 'antoine.besson',
      openedAt: iso(openedAt),
      phone: { typed: '04 65 71 12 08', e164: '+33465711208' },
      place: 'bureau B 214',
      siteId,
      categoryId: 'network',
      importance: 'team',
      relevance: 'blocked',
      urgency: row.urgency,
      urgencyOverride: null,
      teamId: 'lyon',
      phase: row.phase,
      holderId: row.holderId,
      heldSince: row.holderId === null ? null : iso(openedAt + HOUR),
      wait: null,
      callback: row.callbackAt === null ? null : { at: row.callbackAt, by: me },
      resolvedAt: null,
      closedAt: null,
      closingCode: null,
      refusal: row.refused
        ? { by: beneficiary.id, at: iso(openedAt + 5 * HOUR), reason: 'Revenu dix minutes, puis plus rien. Tout l’étage est arrêté.' }
        : null,
      counts: { routes: 1, reopens: 0, waits: 1, refusals: row.refused ? 1 : 0 },
      sla: {
        rounds: [{ startedAt: iso(openedAt), resolvedAt: null, contactFrom: null, contactMetAt: null, attempts: row.attempted ? 1 : 0 }],
        poolStays: [{ from: iso(openedAt), to: null }],
        pauses: [],
        endedAt: null,
      },
      updatedAt: iso(openedAt),
      revision: 1,
    },
    people: { [beneficiary.id]: beneficiary, 'antoine.besson': person('antoine.besson', 'Antoine Besson'), [me]: desk.me },
    site,
    siteHours: { timeZone: 'Europe/Paris', openNow: true, changesAt: iso(Date.now() + 5 * HOUR) },
    team: desk.teams[0] ?? null,
    category: desk.categories[0] ?? null,
    timeline: [
      {
        entry: {
          ...entry,
          id: `${id}:1`,
          authorId: 'antoine.besson',
          at: iso(openedAt),
          kind: 'opened',
          data: { channel: 'portal', duringCall: false },
        },
        author: 'Antoine Besson',
        unsent: false,
      },
      {
        entry: {
          ...entry,
          id: `${id}:2`,
          authorId: me,
          at: iso(openedAt + HOUR),
          kind: 'called',
          data: { outcome: 'no_answer', number: '+33465711208', duration: 0, note: '', callbackAt: null },
        },
        author: 'Thomas Lefèvre',
        unsent: false,
      },
      {
        entry: {
          ...entry,
          id: `${id}:3`,
          authorId: me,
          at: iso(openedAt + 2 * HOUR),
          kind: 'noted',
          data: {
            text: 'Port Gi1/0/14 du commutateur B2 en erreur, réactivé à distance. S’il retombe : câble de remontée à changer sur place.',
          },
        },
        author: 'Thomas Lefèvre',
        unsent: false,
      },
    ],
    resolutions: [],
    clocks: [
      clock('takeCharge', 15, 8, null, 'met'),
      clock('contact', 240, 232, due.state === 'running' ? Date.parse(due.dueAt) : Date.now() + HOUR, 'running'),
      clock('resolution', 480, 300, Date.now() + 166 * MINUTE, 'running'),
    ],
    why: null,
    offers: [
      ...offered.map((name) => ({ name, offered: true, claims: name !== 'claim' && row.holderId === null, refusal: null })),
      { name: 'assign', offered: false, claims: false, refusal: { code: 'not_holder' as const, holderId: null, holderName: null } },
    ],
    unsent: row.unsent,
    toConfirm: row.toConfirm,
    rejections: [],
    uploads: {},
    drafts: {},
    call: null,
  };
}

export function makeWorld(now = Date.now(), count = 200): World {
  const rows = makeRows(now, count);
  return {
    rows,
    sync: upToDate,
    desk,
    counts: {
      pool: rows.filter((row) => row.holderId === null && row.phase === 'open').length,
      mine: held.length,
      waiting: 1,
      callbacksToday: 2,
    },
    outbox: [],
    call: null,
    presence: [],
    waitingMails: 0,
    alerts: [],
    ticket: makeTicket,
  };
}

/** Four actions made away from the network. */
export function makeOutbox(now = Date.now()): OutboxItem[] {
  const item = (index: number, name: string, ticket: ListRow, minutes: number, extra: Partial<OutboxItem> = {}): OutboxItem => ({
    id: `11111111-0000-4000-8000-00000000000${index}`,
    name,
    ticketId: ticket.id,
    ticketNumber: ticket.number,
    ticketTitle: ticket.title,
    madeAt: iso(now - minutes * MINUTE),
    state: 'queued',
    tentative: false,
    refusal: null,
    text: '',
    after: [],
    inSight: true,
    rejection: null,
    ...extra,
  });
  const till = makeRow(now, 3, drawn[3] as Sketch);
  const tablet = makeRow(now, 100, held[0] as Sketch);
  return [
    item(1, 'claim', till, 8, { tentative: true }),
    item(2, 'log_call', till, 6),
    item(3, 'note', tablet, 4),
    item(4, 'wait', makeRow(now, 101, held[1] as Sketch), 2),
  ];
}
