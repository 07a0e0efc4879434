/** Words of the system's notifications: they are drawn outside the page and its translations. */
import type { AlertView } from '#shared/contract/alerts.ts';
import type { Language } from '#shared/domain/model.ts';

const en = {
  clock: { takeCharge: 'Take charge', contact: 'Contact', resolution: 'Resolution' },
  mark: { half: 'half of the time is used up', soon: '80 % of the time is used up', breach: 'deadline passed' },
  refused: (name: string) => `Resolution refused by ${name}`,
  due: (at: string) => `due ${at}`,
  was: (at: string) => `was due ${at}`,
  several: (count: number) => `${count} tickets need you`,
  counts: (refused: number, late: number, near: number) =>
    [refused > 0 ? `${refused} refused` : '', late > 0 ? `${late} overdue` : '', near > 0 ? `${near} due soon` : '']
      .filter(Boolean)
      .join(', '),
  snooze: 'In 10 minutes',
};

const fr: typeof en = {
  clock: { takeCharge: 'Prise en charge', contact: 'Contact', resolution: 'Résolution' },
  mark: { half: 'la moitié du temps est écoulée', soon: '80 % du temps est écoulé', breach: 'échéance dépassée' },
  refused: (name) => `Résolution refusée par ${name}`,
  due: (at) => `à faire avant ${at}`,
  was: (at) => `échéance : ${at}`,
  several: (count) => `${count} tickets vous attendent`,
  counts: (refused, late, near) =>
    [
      refused > 1 ? `${refused} refusés` : refused > 0 ? '1 refusé' : '',
      late > 0 ? `${late} en retard` : '',
      near > 0 ? `${near} bientôt à échéance` : '',
    ]
      .filter(Boolean)
      .join(', '),
  snooze: 'Dans 10 minutes',
};

export const alertTexts: Record<Language, typeof en> = { en, fr };

export interface NotificationText {
  title: string;
  body: string;
}

/** One ticket's. Instants are told in the machine's own zone. */
export function alertText(alert: AlertView, language: Language): NotificationText {
  const say = alertTexts[language];
  const title = alert.number === null ? alert.title : `${alert.number} · ${alert.title}`;
  if (alert.about === 'refusal') return { title, body: say.refused(alert.by) };
  const at = new Date(alert.dueAt).toLocaleString(language, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const due = alert.mark === 'breach' ? say.was(at) : say.due(at);
  return { title, body: `${say.clock[alert.clock]}${language === 'fr' ? '\u202f' : ''}: ${say.mark[alert.mark]} (${due})` };
}

/** Of many at once, in one; each ticket is counted once, by what presses most. */
export function summaryText(alerts: readonly AlertView[], language: Language): NotificationText {
  const say = alertTexts[language];
  const tickets = new Set(alerts.map(({ ticketId }) => ticketId));
  const refused = new Set(alerts.filter(({ about }) => about === 'refusal').map(({ ticketId }) => ticketId));
  const late = new Set(
    alerts.flatMap((one) => (one.about === 'clock' && one.mark === 'breach' && !refused.has(one.ticketId) ? one.ticketId : [])),
  );
  return { title: say.several(tickets.size), body: say.counts(refused.size, late.size, tickets.size - refused.size - late.size) };
}
