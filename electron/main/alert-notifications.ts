/** Alerts as the system's notifications: few one by one, many as one. Chosen, they bring the window forward with their ticket. */
import { BrowserWindow, Notification } from 'electron';
import type { AlertName, AlertView } from '#shared/contract/alerts.ts';
import { SHOW_CHANNEL } from '#shared/contract/channels.ts';
import type { Language } from '#shared/domain/model.ts';
import { alertText, alertTexts, type NotificationText, summaryText } from './alert-texts.ts';

/** After days away nobody reads forty of them. */
const ONE_BY_ONE = 3;

export interface NotificationParts {
  language(): Language;
  isWanted(): boolean;
  snooze(alert: AlertName): void;
}

export class AlertNotifications {
  readonly #parts: NotificationParts;
  /** Kept while they are on screen: one that is collected loses its click. */
  readonly #shown = new Set<Notification>();

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /** All that came at once. Nothing while the window has the focus: its banner says it. */
  show(alerts: readonly AlertView[]): void {
    if (!this.#parts.isWanted() || !Notification.isSupported() || BrowserWindow.getFocusedWindow()) return;
    const language = this.#parts.language();
    if (alerts.length > ONE_BY_ONE) {
      this.#show(summaryText(alerts, language), null);
      return;
    }
    for (const alert of alerts) this.#show(alertText(alert, language), alert);
  }

  #show(text: NotificationText, alert: AlertView | null): void {
    // Buttons are drawn where the system has them.
    const actions = alert ? [{ type: 'button' as const, text: alertTexts[this.#parts.language()].snooze }] : [];
    const notification = new Notification({ ...text, actions });
    this.#shown.add(notification);
    notification.once('close', () => this.#shown.delete(notification));
    notification.once('click', () => {
      this.#shown.delete(notification);
      bringForward(alert?.ticketId ?? null);
    });
    notification.once('action', () => {
      this.#shown.delete(notification);
      if (alert) this.#parts.snooze({ ticketId: alert.ticketId, key: alert.key });
    });
    notification.show();
  }
}

function bringForward(ticketId: string | null): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  window.webContents.send(SHOW_CHANNEL, ticketId);
}
