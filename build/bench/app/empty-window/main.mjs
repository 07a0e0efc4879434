/**
 * An app that is only a window: the physical limit of a start, of a key and of an idle event loop. It opens its page as the console does
 * (own protocol with code cache, sandbox, shown when its first frame is there) and does nothing else. `--page=FOLDER`: the built page.
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { app, BrowserWindow, Menu, protocol } from 'electron';

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const folder = process.argv.find((word) => word.startsWith('--page='))?.slice('--page='.length) ?? '';

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } }]);
void app.whenReady().then(() => {
  protocol.handle('app', async (request) => {
    const { pathname } = new URL(request.url);
    const file = pathname === '/' ? '/index.html' : pathname;
    return new Response(new Uint8Array(await readFile(join(folder, file))), { headers: { 'content-type': types[extname(file)] ?? '' } });
  });
  Menu.setApplicationMenu(null);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    backgroundColor: '#FFFFFF',
    // It stands behind the console while both are watched.
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false, backgroundThrottling: false },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('app://empty/');
});
app.on('window-all-closed', () => app.quit());
