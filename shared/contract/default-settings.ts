/** Settings of a person who has chosen none yet. Apart from their schema, so that a window needs no validation library for its first paint. */
import type { Settings } from './host.ts';

export const defaultSettings: Settings = {
  language: null,
  theme: 'system',
  density: 'comfortable',
  railWidth: 200,
  listWidth: 372,
  notifications: true,
  quiet: { hours: null, closedDays: false, calls: true },
  guideSeen: false,
};
