/** The order in which the console starts. Everything else has a file of its own. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { SESSION_CHANNEL } from '#shared/contract/channels.ts';
import { AlertNotifications } from './alert-notifications.ts';
import { languageOf, readCommandLine } from './command-line.ts';
import { coreStarter } from './core-process.ts';
import { CoreSupervisor } from './core-supervisor.ts';
import { serveHostCalls } from './host-calls.ts';
import { hostHandlers } from './host-handlers.ts';
import { systemKeyring } from './keyring.ts';
import { lockDown } from './lockdown.ts';
import { setMenu } from './menu.ts';
import { listPageFiles } from './page-files.ts';
import { declarePageProtocol, servePage } from './page-protocol.ts';
import { soon } from './retry-timer.ts';
import { openSecrets } from './secrets-file.ts';
import { openServerFile } from './server-file.ts';
import { Session } from './session.ts';
import { openSettings } from './settings-file.ts';
import { bringForward, openWindow } from './window.ts';

declarePageProtocol();
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  const profile = app.getPath('userData');
  const inProfile = (name: string) => join(profile, name);
  const commandLine = readCommandLine(process.argv);
  const systemLanguage = commandLine.language ?? languageOf(app.getPreferredSystemLanguages()[0] ?? app.getLocale()) ?? 'en';
  const settings = openSettings(inProfile('settings.json'));
  const secrets = openSecrets(inProfile('session.json'), systemKeyring());

  lockDown();
  servePage(listPageFiles(join(import.meta.dirname, '../renderer')));
  nativeTheme.themeSource = settings.read().theme;
  setMenu(settings.read().language ?? systemLanguage);

  const notifications = new AlertNotifications({ settings, systemLanguage, snooze: (alert) => core.snoozeAlert(alert) });
  const core = new CoreSupervisor(coreStarter(profile), {
    tokenNeeded: () => session.tokenNeeded(),
    quiet: () => settings.read().quiet,
    notifications,
  });
  const session = new Session({
    secrets,
    choice: openServerFile(inProfile('server.json')),
    device: hostname(),
    tellCore: (to) => core.setSession(to),
    tellWindows: (state) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send(SESSION_CHANNEL, state);
    },
    countUnsent: () => core.countUnsent(),
    later: soon,
  });
  core.start();

  serveHostCalls(hostHandlers({ settings, session, core, systemLanguage, plainTextSecrets: secrets.isPlainText }), (to) =>
    core.connect(to),
  );
  const open = () => void openWindow(inProfile('window.json')).webContents.once('did-finish-load', () => session.goOnline());
  session.start(commandLine.server);
  open();

  app.on('second-instance', () => void bringForward());
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.once('will-quit', (event) => {
    event.preventDefault();
    session.stop();
    void core.stop().finally(() => app.exit(0));
  });
}
