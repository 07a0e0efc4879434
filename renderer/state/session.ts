/** What main told this window: who is signed in where, and the settings, which are applied at once and stored behind. */
import { create } from 'zustand';
import { defaultSettings } from '#shared/contract/default-settings.ts';
import type { HostFailure, HostResult, SessionState, Settings } from '#shared/contract/host.ts';
import type { Language } from '#shared/domain/model.ts';
import { setLanguage } from '../i18n/index.ts';

export interface Boot {
  settings: Settings;
  systemLanguage: Language;
  session: SessionState;
  version: string;
  platform: string;
  plainTextSecrets: boolean;
}

interface SessionStore extends Boot {
  /** The secrets warning was read in this window. */
  secretsWarningSeen: boolean;
  begin(boot: Boot): void;
  setSession(session: SessionState): void;
  change(settings: Partial<Settings>): void;
  hideSecretsWarning(): void;
}

/** The setting, or the system's language where none was chosen. */
export function languageOf({ settings, systemLanguage }: Pick<Boot, 'settings' | 'systemLanguage'>): Language {
  return settings.language ?? systemLanguage;
}

export const useSession = create<SessionStore>()((set, get) => ({
  settings: { ...defaultSettings, guideSeen: true },
  systemLanguage: 'fr',
  session: { state: 'no_server' },
  version: '',
  platform: '',
  plainTextSecrets: false,
  secretsWarningSeen: false,
  begin: (boot) => {
    set(boot);
    void setLanguage(languageOf(boot));
  },
  setSession: (session) => set({ session }),
  change: (settings) => {
    set({ settings: { ...get().settings, ...settings } });
    if ('language' in settings) void setLanguage(languageOf(get()));
    void window.guichet.setSettings(settings);
  },
  hideSecretsWarning: () => set({ secretsWarningSeen: true }),
}));

/** The value, or the failure of a host call that also may break (main gone). */
export async function hostAnswer<T>(call: Promise<HostResult<T>>): Promise<{ value: T } | { failure: HostFailure }> {
  try {
    const result = await call;
    return result.ok ? { value: result.value } : { failure: result.failure };
  } catch (error) {
    return { failure: { kind: 'other', detail: error instanceof Error ? error.message : String(error) } };
  }
}
