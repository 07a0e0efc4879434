/**
 * Loaded into Electron's main process before the app (`-r`), for the cold start alone: adds a preload of its own that sees the first row
 * painted, and prints what it saw. The app itself is as it is shipped, and no debugger is attached to it.
 */
const { join } = require('node:path');
const { app, ipcMain, session } = require('electron');

ipcMain.on('start-mark', (_event, mark) => process.stdout.write(`start-mark ${JSON.stringify(mark)}\n`));
app.whenReady().then(() => {
  const filePath = join(__dirname, 'start-mark-page.cjs');
  const { defaultSession } = session;
  if (defaultSession.registerPreloadScript) defaultSession.registerPreloadScript({ type: 'frame', filePath });
  else defaultSession.setPreloads([filePath]);
});
