/** What a window may ask of core, one handler a call; a missing one does not compile. */
import type { z } from 'zod';
import { SNOOZE_MINUTES } from '#shared/contract/alerts.ts';
import type { CoreCallName, CoreCalls } from '#shared/contract/core.ts';
import { explain } from '#shared/domain/sla/explain.ts';
import type { Alerts } from './alerts/alerts.ts';
import type { Files } from './files/files.ts';
import type { Presence } from './sync/presence.ts';
import type { ServerApi } from './sync/server-api.ts';
import { earlierTickets } from './view/earlier.ts';
import { exportOutbox } from './view/export-outbox.ts';
import { findPeople } from './view/people.ts';
import { similarTickets } from './view/similar.ts';
import { endCall, startCall, updateCall } from './work/call.ts';
import { perform, type SendNow } from './work/perform.ts';
import { repeatRejected } from './work/repeat.ts';
import { undo } from './work/undo.ts';
import type { Workplace } from './workplace.ts';

export interface CallContext {
  place: Workplace;
  files: Files;
  alerts: Alerts;
  api: ServerApi;
  presence: Pick<Presence, 'noteWaitingMails'>;
  sendNow: SendNow;
  retryNow(): void;
  dismissNotice(): void;
}
type Handler<K extends CoreCallName> = (
  input: z.output<CoreCalls[K]['input']>,
  context: CallContext,
) => z.input<CoreCalls[K]['output']> | Promise<z.input<CoreCalls[K]['output']>>;

export const callHandlers: { [K in CoreCallName]: Handler<K> } = {
  perform: (input, { place, sendNow }) => perform(place, input, sendNow),
  undo: (ids, { place }) => undo(place, ids),
  saveDraft: ({ ticketId, form, content }, { place }) => {
    const { outbox, personId } = place;
    outbox.transaction(() => {
      if (content === null) outbox.dropDraft(personId, ticketId, form);
      else outbox.saveDraft(personId, ticketId, { form, content }, place.now());
    });
    return undefined;
  },
  readDraft: ({ ticketId, form }, { place }) => {
    const found = place.outbox.drafts(place.personId, ticketId).find((draft) => draft.form === form);
    return found ? { content: found.content, savedAt: found.savedAt } : null;
  },
  beginFile: ({ ticketId, name, size }, { files }) => files.begin(ticketId, name, size),
  addPiece: async ({ id, bytes }, { files }) => {
    await files.add(id, bytes);
    return undefined;
  },
  endFile: ({ id, visibility }, { files, sendNow }) => files.end(id, visibility, sendNow),
  dropFile: async (id, { files }) => {
    await files.drop(id);
    return undefined;
  },
  readFile: ({ ticketId, fileId, offset }, { files }) => files.read(ticketId, fileId, offset),
  explain: ({ ticketId, clock }, { place }) => {
    const { ticket } = place.view.state(ticketId);
    if (!ticket || !place.desk.isReady()) return null;
    return explain(ticket, clock, place.desk.policy(), place.desk.calendar(ticket.siteId), place.now());
  },
  startCall: (input, { place }) => startCall(place, input),
  updateCall: (input, { place }) => {
    updateCall(place, input);
    return undefined;
  },
  endCall: (input, { place, sendNow }) => endCall(place, input, sendNow),
  repeatRejected: (operationId, { place, sendNow }) => repeatRejected(place, operationId, sendNow),
  dismissRejection: (operationId, { place }) => {
    place.outbox.dismissRejection(place.personId, operationId);
    return undefined;
  },
  snoozeAlerts: (names, { alerts }) => {
    alerts.snooze(names, SNOOZE_MINUTES);
    return undefined;
  },
  dismissAlerts: (names, { alerts }) => {
    alerts.dismiss(names);
    return undefined;
  },
  dismissNotice: (_input, { dismissNotice }) => {
    dismissNotice();
    return undefined;
  },
  retryNow: (_input, { retryNow }) => {
    retryNow();
    return undefined;
  },
  exportOutbox: (_input, { place }) => exportOutbox(place),
  listMails: async (_input, { api, presence }) => {
    const mails = await api.waitingMails();
    presence.noteWaitingMails(mails.total);
    return mails;
  },
  readMail: (id, { api }) => api.waitingMail(id),
  handleMail: ({ id, action }, { api }) => api.handleMail(id, action),
  findPeople: (text, { place }) => findPeople(place, text),
  earlier: (input, { place }) => earlierTickets(place, input),
  similar: (ticketId, { place }) => similarTickets(place, ticketId),
};

/** Calls that change nothing that a watch shows. */
export const asksOnly: ReadonlySet<CoreCallName> = new Set([
  'explain',
  'similar',
  'listMails',
  'readMail',
  'handleMail',
  'earlier',
  'findPeople',
  'readDraft',
  'retryNow',
  'exportOutbox',
  'beginFile',
  'addPiece',
  'dropFile',
  'readFile',
]);
