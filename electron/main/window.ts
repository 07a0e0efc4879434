/** The console's one window. */
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { pageAddress } from './page-files.ts';
import { keepBounds, readBounds, smallest } from './window-bounds.ts';

/** The page's own ground, so that nothing flashes before its first paint. */
const ground = () => (nativeTheme.shouldUseDarkColors ? '#191C22' : '#FFFFFF');

/** `boundsFile`: where size and place are kept. */
export function openWindow(boundsFile: string): BrowserWindow {
  const { maximized, ...bounds } = readBounds(
    boundsFile,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: app.getName(),
    backgroundColor: ground(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: !app.isPackaged,
      // The dictionaries would be fetched from a public server.
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => keepBounds(boundsFile, window.getNormalBounds(), window.isMaximized()));
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(ground());
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    console.error(`the page's process ended: ${reason}`);
    reviveSoon(window);
  });
  void window.loadURL(pageAddress);
  return window;
}

/** The window before all others, if there is one. */
export function bringForward(): BrowserWindow | undefined {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
  return window;
}

/** Nothing typed is lost with the page: drafts and work are core's. Not at once, should it die of its own start. */
function reviveSoon(window: BrowserWindow): void {
  setTimeout(() => {
    if (!window.isDestroyed()) window.webContents.reload();
  }, 1_000);
}
