/** What each watch answers now. Without a signed-in person everything is empty, nothing fails. */
import type { z } from 'zod';
import type { AlertView } from '#shared/contract/alerts.ts';
import type { Counts, ListQuery, SyncStatus, TicketDetail, Watches, WatchName } from '#shared/contract/core.ts';
import type { Presence } from './sync/presence.ts';
import { deskInfo } from './view/desk-info.ts';
import { listRow } from './view/list-row.ts';
import { outboxItems } from './view/outbox-items.ts';
import { callInProgress, ticketDetail } from './view/ticket-detail.ts';
import type { Workplace } from './workplace.ts';

type Answers = { [K in WatchName]: (input: z.output<Watches[K]['input']>) => z.input<Watches[K]['output']> };
/** Clocks of an unchanged ticket are answered anew this often, because a calendar opens and closes. */
const CLOCKS_MS = 25_000;
const everything = { text: '', teamIds: [], siteIds: [], kinds: [] };

export function answers(
  place: () => Workplace | undefined,
  uploads: (ticketId: string) => TicketDetail['uploads'],
  sync: () => SyncStatus,
  presence: Pick<Presence, 'people' | 'waitingMails'>,
  alerts: () => readonly AlertView[],
): Answers {
  const pins = new Map<string, { asOf: string; madeAt: number; position: number; json: string }>();
  return {
    sync,
    desk: () => withPlace(place(), deskInfo, null),
    counts: () => withPlace(place(), counts, { pool: 0, mine: 0, waiting: 0, callbacksToday: 0 }),
    list: (query) =>
      withPlace(place(), (here) => here.reader.atOneMoment(() => list(here, query)), { total: 0, offset: query.offset, rows: [] }),
    outbox: () => withPlace(place(), outboxItems, []),
    presence: () =>
      withPlace(
        place(),
        ({ desk }) => presence.people().map((one) => ({ ...one, name: desk.person(one.personId)?.name ?? one.personId })),
        [],
      ),
    waitingMails: () => presence.waitingMails(),
    alerts: () => [...alerts()],
    call: () => withPlace(place(), callInProgress, null),
    ticket: (id) => {
      const here = place();
      if (!here) return null;
      const pin = pins.get(id);
      const position = here.outbox.lastPosition();
      // After an own action nothing is as it was: not worth the comparison.
      if (pin?.position === position && performance.now() - pin.madeAt < CLOCKS_MS) {
        const same = ticketDetail(here, id, pin.asOf, uploads(id));
        if (JSON.stringify(same) === pin.json) return same;
      }
      const asOf = here.now();
      const detail = ticketDetail(here, id, asOf, uploads(id));
      if (pins.size > 50) pins.clear();
      pins.set(id, { asOf, madeAt: performance.now(), position, json: JSON.stringify(detail) });
      return detail;
    },
  };
}

function withPlace<T>(place: Workplace | undefined, answer: (place: Workplace) => T, empty: T): T {
  return place ? answer(place) : empty;
}

function asker(place: Workplace) {
  return { personId: place.personId, teamIds: place.teamIds(), country: place.desk.defaultCountry() };
}

function counts(place: Workplace): z.output<typeof Counts> {
  const who = asker(place);
  const overlay = place.view.hasPending();
  const count = (view: 'pool' | 'mine' | 'waiting') => place.lists.count({ view, ...everything }, who, overlay);
  const endOfDay = new Date(place.now());
  endOfDay.setHours(23, 59, 59, 999);
  return {
    pool: count('pool'),
    mine: count('mine'),
    waiting: count('waiting'),
    callbacksToday: place.lists.count({ view: 'callbacks', ...everything, callbackBefore: endOfDay.getTime() }, who, overlay),
  };
}

function list(place: Workplace, query: ListQuery): z.output<Watches['list']['output']> {
  if (!place.desk.isReady()) return { total: 0, offset: query.offset, rows: [] };
  const who = asker(place);
  const overlay = place.view.hasPending();
  const refused = new Set(
    place.outbox
      .rejections(place.personId)
      .filter(({ rejection }) => rejection.name === 'claim')
      .map(({ ticketId }) => ticketId),
  );
  const rows = place.lists.window(query, who, overlay).flatMap((id) => {
    const ticket = place.view.pending(id)?.ticket ?? place.reader.rows.get('ticket', id);
    return ticket ? [listRow(place, ticket, query, refused)] : [];
  });
  return { total: place.lists.count(query, who, overlay), offset: query.offset, rows };
}
