/**
 * `npm start`: the demo desk on a server of this machine, and the console open on it. Where there is no display it plays the
 * tour in a virtual one instead, and ends with its exit code.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildWhenStale } from './app.mjs';
import { hasDisplay, ownEnvironment, ownNode, root } from './place.mjs';
import { run, runOnDisplay, sandboxWords } from './run.mjs';
import { setUp } from './setup.mjs';

const firstPort = 8465;
const stopPatience = 10_000; // ms

await setUp();
const built = await buildWhenStale();
if (built !== 0) process.exit(built);
process.exitCode = hasDisplay() ? await openDesk() : await playTour();

function playTour() {
  console.log('There is no display: playing the tour in a virtual one.');
  return runOnDisplay(ownNode, ['build/tour.mjs']);
}

async function openDesk() {
  const already = `http://127.0.0.1:${firstPort}`;
  if (await isGuichet(already)) {
    console.log(`A demo server is running already on ${already}.`);
    return openConsole(already);
  }
  const server = await startServer(await freePort(firstPort));
  // Ctrl+C reaches the console and the server too; this script outlives them to tidy up.
  process.on('SIGINT', () => undefined);
  try {
    return await openConsole(server.url);
  } finally {
    await server.stop();
  }
}

function openConsole(url) {
  console.log(`Opening the console on ${url} (close its window to stop everything).`);
  const words = ['.', `--user-data-dir=${join(root, 'data', 'console')}`, `--server=${url}`, ...sandboxWords()];
  return run('electron', words);
}

/** Starts the demo server and passes on what it says; resolves once its desk is ready. */
function startServer(port) {
  console.log('Starting the demo server (the first time it makes its desk: some 15 s).');
  const child = spawn(ownNode, ['server/demo/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: ownEnvironment({ HOST: '127.0.0.1', PORT: String(port), DATA_DIR: join(root, 'data', 'demo'), LOG_LEVEL: 'warn' }),
  });
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopPatience);
    await ended;
    clearTimeout(timer);
  };
  process.once('SIGTERM', () => void stop().then(() => process.exit(143)));
  return new Promise((resolve, reject) => {
    let url;
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(line);
      url ??= line.match(/^Guichet server listening on (http:\S+)/)?.[1];
      if (line.startsWith('demo desk ready') && url) resolve({ url, stop });
    });
    child.once('error', reject);
    void ended.then((code) => reject(new Error(`The demo server ended before it was ready (exit ${code}).`)));
  });
}

async function isGuichet(url) {
  try {
    const hello = await (await fetch(`${url}/v1/hello`, { signal: AbortSignal.timeout(1_000) })).json();
    return typeof hello.service === 'string' && Array.isArray(hello.protocols);
  } catch {
    return false;
  }
}

function freePort(from) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => (from >= firstPort + 50 ? reject(new Error('no free port')) : freePort(from + 1).then(resolve, reject)));
    probe.listen(from, '127.0.0.1', () => probe.close(() => resolve(from)));
  });
}
