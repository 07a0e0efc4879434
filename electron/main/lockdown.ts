/** What no page may do, whatever runs in it. For every session and every web contents, also those nobody thought of. */
import { app, type Session, session } from 'electron';
import { pageAddress } from './page-files.ts';

/** Before the first window. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', (event) => {
      if (event.url !== pageAddress) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (event.url !== pageAddress) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
  });
  app.on('session-created', denyEverything);
  denyEverything(session.defaultSession);
}

function denyEverything(of: Session): void {
  of.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  of.setPermissionCheckHandler(() => false);
  of.setDevicePermissionHandler(() => false);
  of.on('will-download', (event) => event.preventDefault());
  // The page has no business on the network; DevTools (development only) loads from its own scheme.
  of.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !/^(app|devtools|blob|data):/.test(details.url) }));
}
