/** Main as a window sees it: remembers what it was asked, answers what the test says. */
import { defaultSettings } from '#shared/contract/default-settings.ts';
import type { HostApi, HostFailure, HostResult, SessionState, Settings } from '#shared/contract/host.ts';

export const settings: Settings = { ...defaultSettings, theme: 'light', guideSeen: true };
export const signedIn: SessionState = {
  state: 'signed_in',
  server: 'https://guichet.verdane.example',
  service: 'Maison Verdane',
  personId: 'julien.morel',
  login: 'julien.morel',
};

export interface FakeHost extends HostApi {
  asked: { name: string; input: unknown }[];
  /** Set to make the next such call fail. */
  failures: Partial<Record<keyof HostApi, HostFailure>>;
  sessions: Partial<Record<'chooseServer' | 'signIn' | 'signOut', SessionState>>;
}

export function fakeHost(boot: { session?: SessionState; settings?: Partial<Settings> } = {}): FakeHost {
  const asked: FakeHost['asked'] = [];
  const failures: FakeHost['failures'] = {};
  const sessions: FakeHost['sessions'] = {};
  let kept = { ...settings, ...boot.settings };
  function answer<T>(name: keyof HostApi, input: unknown, value: () => T): Promise<HostResult<T>> {
    asked.push({ name, input });
    const failure = failures[name];
    return Promise.resolve(failure ? { ok: false, failure } : { ok: true, value: value() });
  }
  return {
    asked,
    failures,
    sessions,
    boot: (input) =>
      answer('boot', input, () => ({
        settings: kept,
        systemLanguage: 'fr',
        session: boot.session ?? signedIn,
        version: '0.1.0',
        platform: 'linux',
        plainTextSecrets: false,
      })),
    setSettings: (input) =>
      answer('setSettings', input, () => {
        kept = { ...kept, ...(input as Partial<Settings>) };
        return kept;
      }),
    chooseServer: (input) => answer('chooseServer', input, () => sessions.chooseServer ?? signedIn),
    signIn: (input) => answer('signIn', input, () => sessions.signIn ?? signedIn),
    signOut: (input) => answer('signOut', input, () => sessions.signOut ?? { state: 'no_server' as const }),
    dial: (input) => answer('dial', input, () => undefined),
    openLink: (input) => answer('openLink', input, () => undefined),
    copyText: (input) => answer('copyText', input, () => undefined),
    saveFile: (input) => answer('saveFile', input, () => ({ saved: true })),
    saveText: (input) => answer('saveText', input, () => ({ saved: true })),
    onSession: () => () => undefined,
    onShow: () => () => undefined,
    requestCorePort: () => undefined,
  };
}
