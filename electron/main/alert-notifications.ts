/** Alerts as the system's notifications: few one by one, many as one. Chosen, they bring the window forward with their ticket. */
import { BrowserWindow, Notification } from 'electron';
import type { AlertName, AlertView } from '#shared/contract/alerts.ts';
import { SHOW_CHANNEL } from '#shared/contract/channels.ts';
import type { Language } from '#shared/domain/model.ts';
import { alertText, alertTexts, type NotificationText, summaryText } from './alert-texts.ts';
import type { SettingsFile } from './settings-file.ts';
import { bringForward } from './window.ts';

/** After days away nobody reads forty of them. */
const ONE_BY_ONE = 3;

export interface NotificationParts {
  settings: Pick<SettingsFile, 'read'>;
  systemLanguage: Language;
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
    const { settings, systemLanguage } = this.#parts;
    if (!settings.read().notifications || !Notification.isSupported() || BrowserWindow.getFocusedWindow()) return;
    const language = settings.read().language ?? systemLanguage;
    if (alerts.length > ONE_BY_ONE) {
      this.#show(summaryText(alerts, language), null, []);
      return;
    }
    // Buttons are drawn where the system has them.
    const actions = [{ type: 'button' as const, text: alertTexts[language].snooze }];
    for (const alert of alerts) this.#show(alertText(alert, language), alert, actions);
  }

  clear(): void {
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
  }

  #show(text: NotificationText, alert: AlertView | null, actions: Electron.NotificationAction[]): void {
    const notification = new Notification({ ...text, actions });
    this.#shown.add(notification);
    notification.once('close', () => this.#shown.delete(notification));
    notification.once('click', () => {
      this.#shown.delete(notification);
      bringForward()?.webContents.send(SHOW_CHANNEL, alert?.ticketId ?? null);
    });
    notification.once('action', () => {
      this.#shown.delete(notification);
      if (alert) this.#parts.snooze({ ticketId: alert.ticketId, key: alert.key });
    });
    notification.show();
  }
}
