/** The ticket of the drawing, on its Monday at 11:07, and a core that plays along. */

import type { CallInProgress, Offer, TicketDetail } from '#shared/contract/core.ts';
import type { ClockView, Explanation, WhySummary } from '#shared/contract/sla.ts';
import type { Entry, Person, WaitReason } from '#shared/domain/model.ts';
import { FakeCore } from '../fake-core.ts';
import { makeWorld, me, desk as plainDesk, type World } from '../world.ts';

export const NOW = Date.parse('2026-05-04T11:07:00+02:00');
const at = (local: string) => new Date(`2026-${local}:00+02:00`).toISOString();

const names = (fr: string, en: string) => ({ fr, en });
const person = (id: string, name: string, place = ''): Person => ({
  id,
  name,
  email: `${id}@verdane.example`,
  phone: { typed: '04 65 71 12 08', e164: '+33465711208' },
  siteId: 'lyon',
  place,
  language: 'fr',
  active: true,
  revision: 1,
});
export const sara = person('sara.diallo', 'Sara Diallo', 'bureau B 214');
export const antoine = person('antoine.besson', 'Antoine Besson');
export const thomas = person('thomas.lefevre', 'Thomas Lefèvre');
export const amira = person('amira.haddad', 'Amira Haddad');
export const julien = plainDesk.me;

export const desk: typeof plainDesk = {
  ...plainDesk,
  categories: [
    { id: 'network', names: names('Réseau', 'Network'), revision: 1 },
    { id: 'printing', names: names('Impression', 'Printing'), revision: 1 },
    { id: 'mail', names: names('Messagerie', 'Mail'), revision: 1 },
  ],
  closingCodes: [
    { id: 'replaced', names: names('Matériel remplacé', 'Hardware replaced'), revision: 1 },
    { id: 'settings', names: names('Réglage corrigé', 'Setting corrected'), revision: 1 },
    { id: 'explained', names: names('Explication donnée', 'Explained'), revision: 1 },
  ],
  colleagues: {
    lyon: [
      { id: me, name: 'Julien Morel', role: 'technician' },
      { id: amira.id, name: 'Amira Haddad', role: 'technician' },
      { id: thomas.id, name: 'Thomas Lefèvre', role: 'lead' },
    ],
    paris: [{ id: 'lea', name: 'Léa Fontaine', role: 'technician' }],
  },
};

export const TICKET = '00000000-0000-4000-8000-000000000001';

type Data<K extends Entry['kind']> = Extract<Entry, { kind: K }>['data'];
export function item<K extends Entry['kind']>(
  kind: K,
  author: Person,
  instant: string,
  data: Data<K>,
  extra: Partial<Pick<Entry, 'visibility' | 'offline' | 'undone'>> & { unsent?: boolean } = {},
): TicketDetail['timeline'][number] {
  const { unsent = false, ...rest } = extra;
  const entry = {
    id: `${kind}:${instant}`,
    ticketId: TICKET,
    authorId: author.id,
    at: instant,
    visibility: 'internal',
    offline: false,
    undone: false,
    revision: 1,
    ...rest,
    kind,
    data,
  } as unknown as Entry;
  return { entry, author: author.name, unsent };
}

export function clock(part: Partial<ClockView> & Pick<ClockView, 'clock' | 'state'>): ClockView {
  return {
    targetMinutes: 15,
    usedMs: 0,
    asOf: new Date(NOW).toISOString(),
    open: part.state === 'running',
    dueAt: null,
    soonAt: null,
    endedAt: null,
    breachedAt: null,
    reportedLate: false,
    ...part,
  };
}
const MINUTE = 60_000;

export const poolOffers = ['claim', 'log_call', 'note', 'attach', 'link', 'wait', 'resolve', 'set_urgency', 'set_category', 'edit_contact'];
export const heldOffers = [
  'log_call',
  'note',
  'attach',
  'link',
  'wait',
  'resolve',
  'release',
  'assign',
  'set_urgency',
  'set_category',
  'edit_contact',
];

/** `claims`: the ones that put a claim before them on a pool ticket. */
export function offers(names_: readonly string[], inPool: boolean): Offer[] {
  return names_.map((name) => ({ name, offered: true, claims: inPool && !['claim', 'log_call', 'link'].includes(name), refusal: null }));
}

/** In the pool, the last resolution refused, contact due in eight minutes. */
export function networkTicket(
  change: { ticket?: Partial<TicketDetail['ticket']> } & Partial<Omit<TicketDetail, 'ticket'>> = {},
): TicketDetail {
  const { ticket, ...rest } = change;
  return {
    ticket: {
      id: TICKET,
      number: 'I-2026-004211',
      kind: 'incident',
      title: 'Plus de réseau au 2e étage, bâtiment B',
      description:
        'Depuis ce matin plus personne n’a Internet ni les dossiers partagés au 2e étage. Le voyant de la prise murale est éteint dans tous les bureaux.',
      requesterId: antoine.id,
      beneficiaryId: sara.id,
      openedBy: antoine.id,
      openedAt: at('04-30T16:42'),
      phone: { typed: '04 65 71 12 08', e164: '+33465711208' },
      place: 'bureau B 214',
      siteId: 'lyon',
      categoryId: 'network',
      importance: 'site',
      relevance: 'blocked',
      urgency: 'high',
      urgencyOverride: null,
      teamId: 'lyon',
      phase: 'open',
      holderId: null,
      heldSince: null,
      wait: null,
      callback: null,
      resolvedAt: null,
      closedAt: null,
      closingCode: null,
      refusal: { by: sara.id, at: at('05-04T09:26'), reason: 'Revenu dix minutes, puis plus rien. Tout l’étage est arrêté.' },
      counts: { routes: 0, reopens: 0, waits: 1, refusals: 1 },
      sla: {
        rounds: [{ startedAt: at('04-30T16:42'), resolvedAt: null, contactFrom: null, contactMetAt: null, attempts: 1 }],
        poolStays: [],
        pauses: [{ from: at('04-30T17:25'), to: at('04-30T17:50'), reason: 'beneficiary', pausesContact: true }],
        endedAt: null,
      },
      updatedAt: at('05-04T09:52'),
      revision: 1,
      ...ticket,
    },
    people: Object.fromEntries([sara, antoine, thomas, amira, julien].map((one) => [one.id, one])),
    site: desk.sites[0] ?? null,
    siteHours: { timeZone: 'Europe/Paris', openNow: true, changesAt: at('05-04T18:00') },
    team: desk.teams[0] ?? null,
    category: desk.categories[0] ?? null,
    timeline: [
      item('opened', antoine, at('04-30T16:42'), { channel: 'portal', duringCall: false }, { visibility: 'public' }),
      item('called', thomas, at('04-30T17:02'), {
        outcome: 'no_answer',
        number: '+33465711208',
        duration: 0,
        note: '',
        callbackAt: at('04-30T17:20'),
      }),
      item('waiting', thomas, at('04-30T17:25'), { reason: 'beneficiary', detail: '', wakeAt: null }),
      item('noted', thomas, at('05-04T08:36'), {
        text: 'Port Gi1/0/14 du commutateur B2 en erreur, réactivé à distance. S’il retombe : câble de remontée à changer sur place.',
      }),
      item('resolved', thomas, at('05-04T08:40'), { text: 'Port réactivé à distance', code: null }),
      item('released', thomas, at('05-04T09:52'), { reason: 'je pars sur site' }),
    ],
    resolutions: [],
    clocks: [
      clock({ clock: 'takeCharge', state: 'met', usedMs: 8 * MINUTE }),
      clock({
        clock: 'contact',
        state: 'running',
        targetMinutes: 240,
        usedMs: 232 * MINUTE,
        dueAt: at('05-04T11:15'),
        soonAt: at('05-04T10:27'),
      }),
      clock({
        clock: 'resolution',
        state: 'running',
        targetMinutes: 360,
        usedMs: 194 * MINUTE,
        dueAt: at('05-04T14:53'),
        soonAt: at('05-04T13:41'),
      }),
    ],
    why: resolutionInShort,
    offers: offers(poolOffers, true),
    unsent: false,
    toConfirm: false,
    rejections: [],
    uploads: {},
    drafts: {},
    call: null,
    ...rest,
  };
}

/** The same, mine. */
export const heldTicket = (change: Parameters<typeof networkTicket>[0] = {}): TicketDetail =>
  networkTicket({ offers: offers(heldOffers, false), ...change, ticket: { holderId: me, heldSince: at('05-04T11:00'), ...change.ticket } });

const segment = (
  from: string,
  to: string,
  kind: Explanation['segments'][number]['kind'],
  reason: WaitReason | null = null,
): Explanation['segments'][number] => ({
  from: at(from),
  to: at(to),
  kind,
  reason,
  openMs: kind === 'closed' || kind === 'holiday' ? 0 : Date.parse(at(to)) - Date.parse(at(from)),
});

/** Why the resolution is due at 14:53. */
export const resolutionExplained: Explanation = {
  clock: 'resolution',
  targetMinutes: 360,
  dueAt: at('05-04T14:53'),
  segments: [
    segment('04-30T16:42', '04-30T17:25', 'open'),
    segment('04-30T17:25', '04-30T17:50', 'pause', 'beneficiary'),
    segment('04-30T17:50', '04-30T18:00', 'open'),
    segment('04-30T18:00', '05-01T00:00', 'closed'),
    segment('05-01T00:00', '05-02T00:00', 'holiday'),
    segment('05-02T00:00', '05-04T08:00', 'closed'),
    segment('05-04T08:00', '05-04T08:40', 'open'),
    segment('05-04T08:40', '05-04T09:26', 'resolved'),
    segment('05-04T09:26', '05-04T12:00', 'open'),
    segment('05-04T12:00', '05-04T13:00', 'closed'),
    segment('05-04T13:00', '05-04T14:53', 'open'),
  ],
};

/** The same in short. */
export const resolutionInShort: WhySummary = {
  targetMinutes: 360,
  from: at('04-30T16:42'),
  pausedMs: 25 * 60_000,
  resolvedMs: 46 * 60_000,
  holidays: [at('05-01T00:00')],
};

export const similar = [
  {
    ticketId: '00000000-0000-4000-8000-000000001001',
    number: 'I-2026-003120',
    title: 'RESEAU HS 2EME ETAGE',
    solution: 'Câble de remontée entre B2 et B0 remplacé.',
    code: 'replaced',
    at: at('03-12T10:00'),
  },
  {
    ticketId: '00000000-0000-4000-8000-000000001002',
    number: 'I-2026-002954',
    title: 'Prise réseau muette au 2e étage',
    solution: 'Port désactivé par erreur, réactivé.',
    code: 'settings',
    at: at('02-03T10:00'),
  },
];

export const earlier = {
  thisYear: 2,
  tickets: [
    {
      ticketId: '00000000-0000-4000-8000-000000001003',
      kind: 'incident' as const,
      title: 'Téléphone fixe sans tonalité',
      urgency: 'medium' as const,
      state: 'confirmed' as const,
      held: true,
      at: at('04-12T10:00'),
      rating: { duration: 4, answers: 5 },
    },
    {
      ticketId: '00000000-0000-4000-8000-000000001004',
      kind: 'request' as const,
      title: 'Casque pour la visioconférence',
      urgency: 'low' as const,
      state: 'unanswered' as const,
      held: true,
      at: at('01-20T10:00'),
      rating: null,
    },
  ],
};

type Draft = { content: Record<string, unknown>; savedAt: string };

/** A core that does as it is told: claims, notes, drafts and calls change the ticket as the real one would. */
export class PlayingCore extends FakeCore {
  detail: TicketDetail;
  readonly #nextId = { count: 0 };

  constructor(detail: TicketDetail, answers: ConstructorParameters<typeof FakeCore>[1] = {}, world: Partial<World> = {}) {
    super({ ...makeWorld(NOW, 40), desk, ...world, ticket: (id) => (id === this.detail.ticket.id ? this.detail : null) }, {});
    this.detail = detail;
    Object.assign(this.answers, {
      explain: ({ clock: name }: { clock: string }) => ({ ...resolutionExplained, clock: name }),
      similar: () => similar,
      earlier: () => earlier,
      readDraft: () => null,
      findPeople: () => [sara, antoine],
      saveDraft: ({ ticketId, form, content }: { ticketId: string; form: string; content: Record<string, unknown> | null }) => {
        if (ticketId === this.detail.ticket.id) this.#keep(form, content && { content, savedAt: new Date(NOW).toISOString() });
      },
      perform: (input: { name: string; input: Record<string, unknown>; draft: string | null }) => this.#perform(input),
      undo: () => ({ ok: true, operationIds: [this.#id()], claimed: false, undoable: false }),
      startCall: (input: Pick<CallInProgress, 'ticketId' | 'personId' | 'number'>) => {
        const call: CallInProgress = {
          ...input,
          id: this.#id(),
          personName: 'Sara Diallo',
          startedAt: new Date(NOW).toISOString(),
          note: '',
          callbackAt: null,
          recovered: false,
        };
        this.show({ call }, { call });
        return call;
      },
      updateCall: (change: Pick<CallInProgress, 'note' | 'callbackAt'>) => {
        if (this.world.call) this.show({ call: { ...this.world.call, ...change } });
      },
      endCall: ({ outcome }: { outcome: string | null }) => {
        this.show({ call: null }, { call: null });
        return outcome === null ? null : { ok: true, operationIds: [this.#id()], claimed: false, undoable: true };
      },
      dismissRejection: (id: string) =>
        this.show({}, { rejections: this.detail.rejections.filter((rejection) => rejection.operationId !== id) }),
      ...answers,
    });
  }

  #id(): string {
    this.#nextId.count++;
    return `99999999-0000-4000-8000-${String(this.#nextId.count).padStart(12, '0')}`;
  }

  #keep(form: string, draft: Draft | null): void {
    const { [form]: _gone, ...others } = this.detail.drafts;
    this.show({}, { drafts: draft ? { ...others, [form]: draft } : others });
  }

  #perform({ name, input, draft }: { name: string; input: Record<string, unknown>; draft: string | null }): unknown {
    const claims = this.detail.offers.find((offer) => offer.name === name)?.claims ?? false;
    if (draft) this.#keep(draft, null);
    if (claims || name === 'claim') {
      const { offers: _offers, ...held } = this.detail;
      this.show({}, { ...heldTicket({ ...held, ticket: { ...held.ticket, holderId: me } }) });
    }
    if (name === 'note')
      this.show(
        {},
        {
          timeline: [
            ...this.detail.timeline,
            item(
              'noted',
              julien,
              new Date(NOW).toISOString(),
              { text: String(input.text) },
              { unsent: true, visibility: input.visibility as 'internal' },
            ),
          ],
        },
      );
    return { ok: true, operationIds: claims ? [this.#id(), this.#id()] : [this.#id()], claimed: claims, undoable: true };
  }

  /** Changes the world and the ticket, and answers every watch again. */
  show(world: Partial<World>, detail: Partial<TicketDetail> = {}): void {
    this.detail = { ...this.detail, ...detail };
    this.change(world);
  }

  /** Inputs of the calls of one name, in order. */
  asks(name: string): unknown[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.input);
  }
}
