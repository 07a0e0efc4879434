/** What main does for each of the window's calls. */
import { join } from 'node:path';
import { app, BrowserWindow, clipboard, dialog, nativeTheme, shell } from 'electron';
import type { HostResult } from '#shared/contract/host.ts';
import type { Language } from '#shared/domain/model.ts';
import { writeWhole } from './atomic-file.ts';
import type { CoreSupervisor } from './core-supervisor.ts';
import { markAsForeign, savedName } from './foreign-file.ts';
import type { HostHandlers } from './host-calls.ts';
import { setMenu } from './menu.ts';
import { dialAddress, outgoingLink } from './outgoing.ts';
import type { Session } from './session.ts';
import type { SettingsFile } from './settings-file.ts';

export interface HandlerParts {
  settings: SettingsFile;
  session: Session;
  core: Pick<CoreSupervisor, 'tellQuiet'>;
  systemLanguage: Language;
  plainTextSecrets: boolean;
}

export function hostHandlers({ settings, session, core, systemLanguage, plainTextSecrets }: HandlerParts): HostHandlers {
  return {
    boot: async () =>
      done({
        settings: settings.read(),
        systemLanguage,
        session: await session.state(),
        version: app.getVersion(),
        platform: process.platform,
        plainTextSecrets,
      }),
    setSettings(part) {
      const before = settings.read();
      const now = settings.change(part);
      if (now.theme !== before.theme) nativeTheme.themeSource = now.theme;
      if (now.language !== before.language) setMenu(now.language ?? systemLanguage);
      core.tellQuiet();
      return done(now);
    },
    chooseServer: (address) => session.chooseServer(address),
    signIn: ({ login, password }) => session.signIn(login, password),
    signOut: () => session.signOut(),
    dial: (number) => handOver(dialAddress(number)),
    openLink: (link) => handOver(outgoingLink(link)),
    copyText(text) {
      clipboard.writeText(text);
      return done(undefined);
    },
    async saveText({ name, text }) {
      const options = { defaultPath: join(app.getPath('documents'), name), filters: [{ name: 'JSON', extensions: ['json'] }] };
      const file = await askWhere(options);
      if (file !== undefined) writeWhole(file, text);
      return done({ saved: file !== undefined });
    },
    async saveFile({ name, bytes }) {
      const file = await askWhere({ defaultPath: join(app.getPath('downloads'), savedName(name)) });
      if (file === undefined) return done({ saved: false });
      writeWhole(file, bytes);
      await markAsForeign(file);
      return done({ saved: true });
    },
  };
}

/** Undefined: the person thought better of it. */
async function askWhere(options: Electron.SaveDialogOptions): Promise<string | undefined> {
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? undefined : filePath;
}

async function handOver(address: HostResult<string>): Promise<HostResult<undefined>> {
  if (!address.ok) return address;
  await shell.openExternal(address.value);
  return done(undefined);
}

function done<T>(value: T): HostResult<T> {
  return { ok: true, value };
}
