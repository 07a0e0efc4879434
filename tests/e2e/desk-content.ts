/**
 * A small desk that is made for the tests: every kind of row that a list or a ticket can show, with names and titles both short
 * and long. Numbers are from the range that is kept for fiction in France.
 */
import type { ImportOperation } from '#shared/contract/api.ts';

export const password = 'une phrase de passe';
export const logins = {
  julien: 'julien.morel',
  amira: 'amira.haddad',
  thomas: 'thomas.lefevre',
  sara: 'sara.diallo',
  antoine: 'antoine.besson',
  marie: 'marie.vandenbrouck',
  importer: 'reprise',
} as const;
/** Those who ask, and sign in to their pages. */
export const askers = ['sara', 'antoine', 'marie'] as const;

export const teams = [
  { id: 'dispatch', names: { fr: 'Dispatch', en: 'Dispatch' } },
  { id: 'reseau', names: { fr: 'Réseau', en: 'Network' } },
  { id: 'postes', names: { fr: 'Postes de travail', en: 'Workplaces' } },
];
export const sites = [
  { id: 'lyon', name: 'Lyon-Gerland' },
  { id: 'nice', name: 'Nice-Arénas' },
  { id: 'paris', name: 'Paris-Austerlitz' },
];
export const categories = [
  { id: 'reseau', names: { fr: 'Réseau', en: 'Network' } },
  { id: 'poste', names: { fr: 'Poste de travail et périphériques', en: 'Workplace and peripherals' } },
];
export const closingCodes = [
  { id: 'regle', names: { fr: 'Réglé à distance', en: 'Fixed remotely' } },
  { id: 'remplace', names: { fr: 'Matériel remplacé', en: 'Hardware replaced' } },
  { id: 'explique', names: { fr: 'Expliqué à la personne', en: 'Explained to the person' } },
];

interface PersonRow {
  id: string;
  name: string;
  site: string;
  place: string;
  phone: string;
}
export const staff: readonly PersonRow[] = [
  { id: 'julien', name: 'Julien Morel', site: 'lyon', place: 'A 101', phone: '04 65 71 10 01' },
  { id: 'amira', name: 'Amira Haddad', site: 'lyon', place: 'A 102', phone: '04 65 71 10 02' },
  { id: 'thomas', name: 'Thomas Lefèvre', site: 'paris', place: 'C 310', phone: '01 99 00 10 03' },
];
export const requesters: readonly PersonRow[] = [
  { id: 'sara', name: 'Sara Diallo', site: 'lyon', place: 'bureau B 214', phone: '04 65 71 12 08' },
  { id: 'antoine', name: 'Antoine Besson', site: 'lyon', place: 'bureau B 215', phone: '04 65 71 12 09' },
  { id: 'paul', name: 'Paul Martin', site: 'paris', place: '', phone: '01 99 00 22 31' },
  {
    id: 'marie',
    name: 'Marie-Christine Vandenbrouck-Delahaye',
    site: 'nice',
    place: 'entrepôt 4, quai de réception',
    phone: '04 65 71 30 12',
  },
  { id: 'kevin', name: 'Kevin Maillard', site: 'nice', place: 'hall', phone: '+33 4 65 71 44 10' },
];

/** What happened to a ticket: minutes ago, by whom, what. */
type Step = readonly [ago: number, by: string, name: string, input?: Record<string, unknown>];
interface Told {
  title: string;
  description?: string;
  by?: string;
  kind?: 'incident' | 'request';
  category?: string;
  impact?: readonly [importance: string, relevance: string];
  ago: number;
  since?: readonly Step[];
}

const long =
  'Depuis ce matin plus personne n’a Internet ni les dossiers partagés au 2e étage. Le voyant de la prise murale est éteint dans tous les bureaux, et le redémarrage des postes n’y change rien.';
const call = (outcome: string, ago: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  outcome,
  number: '+33465711208',
  startedAt: minutesAgo(ago),
  duration: outcome === 'reached' ? 130 : 0,
  note: '',
  callbackAt: null,
  ...more,
});

function deskOf<Key extends string>(tickets: Record<Key, Told>): Record<Key, Told> {
  return tickets;
}

/** By the names under which tests know them. */
const told = deskOf({
  network: { title: 'Plus de réseau au 2e étage, bâtiment B', description: long, by: 'antoine', impact: ['team', 'blocked'], ago: 9 },
  printer: { title: 'Imprimante du 3e étage hors service', by: 'paul', impact: ['team', 'hindered'], ago: 12 },
  payment: {
    title: 'Caisse 4 : le terminal de paiement ne démarre plus depuis la mise à jour de cette nuit, file d’attente au magasin',
    by: 'kevin',
    impact: ['site', 'blocked'],
    ago: 14,
    since: [[5, 'amira', 'log_call', call('no_answer', 5)]],
  },
  folder: { title: 'Accès au dossier RH refusé depuis la migration', by: 'marie', impact: ['person', 'hindered'], ago: 20 },
  vpn: { title: 'VPN : déconnexion toutes les dix minutes', by: 'paul', impact: ['person', 'hindered'], ago: 25 },
  screen: { title: 'Écran qui clignote à la sortie de veille', by: 'sara', impact: ['person', 'nuisance'], ago: 40 },
  newcomer: { title: 'Poste pour une nouvelle arrivante', by: 'marie', kind: 'request', impact: ['person', 'hindered'], ago: 60 },
  share: { title: 'Partage réseau très lent, plans de l’atelier', by: 'kevin', impact: ['team', 'hindered'], ago: 70 },
  signature: { title: 'Signature de courriel à mettre à jour', by: 'paul', kind: 'request', impact: ['person', 'nuisance'], ago: 80 },
  payroll: { title: 'Logiciel de paie : erreur 412 à l’impression', by: 'marie', impact: ['person', 'hindered'], ago: 90 },
  mailbox: { title: 'Boîte partagée qui n’indexe plus', by: 'sara', impact: ['person', 'nuisance'], ago: 100 },
  phone: { title: 'Téléphone fixe de l’accueil sans tonalité', by: 'kevin', impact: ['person', 'nuisance'], ago: 110 },
  rights: { title: 'Droits temporaires pour une mise à jour', by: 'antoine', kind: 'request', impact: ['person', 'hindered'], ago: 120 },
  badge: { title: 'Badge non reconnu à la porte nord', by: 'sara', impact: ['person', 'nuisance'], ago: 130 },
  wifi: { title: 'Wi-Fi absent en salle de réunion', by: 'antoine', impact: ['team', 'hindered'], ago: 140 },
  keyboard: { title: 'Clavier ergonomique', by: 'paul', kind: 'request', impact: ['person', 'nuisance'], ago: 150 },
  camera: { title: 'Caméra de visioconférence muette', by: 'kevin', impact: ['person', 'nuisance'], ago: 155 },
  dock: { title: 'Station d’accueil, deuxième essai', by: 'marie', kind: 'request', impact: ['person', 'nuisance'], ago: 160 },
  tablet: {
    title: 'Tablette de l’entrepôt : Wi-Fi refusé',
    by: 'kevin',
    impact: ['team', 'hindered'],
    ago: 240,
    since: [
      [230, 'julien', 'claim'],
      [225, 'julien', 'log_call', call('voicemail', 225, { callbackAt: minutesAgo(-30) })],
      [
        220,
        'julien',
        'note',
        {
          text: 'Port Gi1/0/14 du commutateur B2 en erreur, réactivé à distance. S’il retombe : câble de remontée à changer sur place.',
          visibility: 'internal',
        },
      ],
    ],
  },
  refused: {
    title: 'Switch de l’étage 1 en surchauffe',
    description: 'Le local technique du 1er est brûlant et le commutateur souffle très fort.',
    by: 'sara',
    impact: ['team', 'blocked'],
    ago: 300,
    since: [
      [290, 'julien', 'claim'],
      [285, 'julien', 'log_call', call('reached', 285)],
      [200, 'julien', 'resolve', { text: 'Grille d’aération dégagée.', code: 'regle' }],
      [180, 'sara', 'refuse', { reason: 'Revenu dix minutes, puis plus rien. Tout l’étage est arrêté.' }],
    ],
  },
  laptop: {
    title: 'Batterie gonflée, portable remplacé',
    by: 'antoine',
    impact: ['person', 'hindered'],
    ago: 400,
    since: [
      [390, 'julien', 'claim'],
      [380, 'julien', 'log_call', call('reached', 380)],
      [370, 'julien', 'wait', { reason: 'supplier', detail: 'Portable commandé', wakeAt: null }],
    ],
  },
  amiras: { title: 'Borne d’accueil figée', by: 'kevin', impact: ['person', 'hindered'], ago: 350, since: [[340, 'amira', 'claim']] },
  solved: {
    title: 'Plus de réseau dans la salle des plans',
    by: 'antoine',
    impact: ['team', 'hindered'],
    ago: 2000,
    since: [
      [1990, 'amira', 'claim'],
      [1980, 'amira', 'log_call', call('reached', 1980)],
      [
        1900,
        'amira',
        'resolve',
        {
          text: 'Port du commutateur réactivé, câble de remontée remplacé, puis une heure de trafic sans une seule perte mesurée avec la personne.',
          code: 'remplace',
        },
      ],
      [1800, 'antoine', 'validate'],
      [1790, 'antoine', 'rate', { duration: 4, answers: 5, comment: 'Rapide, et bien expliqué.' }],
    ],
  },
});

export type TicketKey = keyof typeof told;
const keys = Object.keys(told) as TicketKey[];

export const titleOf = (key: TicketKey): string => told[key].title;
export const idOf = (key: TicketKey): string => `00000000-0000-4000-8000-${String(keys.indexOf(key) + 1).padStart(12, '0')}`;

function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

/** The whole history, oldest first. */
export function history(): ImportOperation[] {
  let step = 0;
  const id = () => `00000000-0000-4000-9000-${String(++step).padStart(12, '0')}`;
  const operations: ImportOperation[] = [];
  for (const key of keys) {
    const ticket = told[key];
    const person = requesters.find((one) => one.id === (ticket.by ?? 'sara'));
    if (!person) throw new Error(`nobody is called ${ticket.by}`);
    const ticketId = idOf(key);
    const [importance, relevance] = ticket.impact ?? ['person', 'nuisance'];
    const input = {
      kind: ticket.kind ?? 'incident',
      title: ticket.title,
      description: ticket.description ?? 'Constaté ce matin.',
      requesterId: person.id,
      beneficiaryId: key === 'network' ? 'sara' : person.id,
      phone: key === 'network' ? '04 65 71 12 08' : person.phone,
      place: person.place,
      siteId: person.site,
      categoryId: 'reseau',
      importance,
      relevance,
      duringCall: false,
      channel: 'portal',
    };
    operations.push({ id: id(), name: 'open', ticketId, actorId: person.id, at: minutesAgo(ticket.ago), input });
    let resolutionId = '';
    for (const [ago, by, name, more] of ticket.since ?? []) {
      const own = id();
      if (name === 'resolve') resolutionId = own;
      const input = name === 'rate' ? { ...more, resolutionId } : (more ?? {});
      operations.push({ id: own, name, ticketId, actorId: by, at: minutesAgo(ago), input });
    }
  }
  return operations.sort((a, b) => a.at.localeCompare(b.at));
}
