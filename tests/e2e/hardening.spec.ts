/** What must hold in the real app whatever its page does: nothing gets in, nothing gets out but by a named call. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type {} from '../../renderer/window.d.ts';
import { type LaunchedApp, launchApp, projectRoot } from './launch.ts';

let launched: LaunchedApp;
test.beforeAll(async () => {
  launched = await launchApp();
});
test.afterAll(async () => {
  await launched.close();
});

test('the page has no Node, and is isolated from preload', async () => {
  const { app, page } = launched;
  const settings = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    return contents.getLastWebPreferences();
  });
  expect(settings).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, webSecurity: true });
  expect(await page.evaluate(() => [typeof globalThis.require, typeof globalThis.process, typeof globalThis.module])).toEqual([
    'undefined',
    'undefined',
    'undefined',
  ]);
});

test('the page runs in Chromium’s own sandbox', async () => {
  test.skip(process.platform !== 'linux' || process.getuid?.() === 0, 'root cannot have it; npm test runs this file again as another user');
  const { app } = launched;
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  // 2: system calls are filtered.
  expect(status).toMatch(/^Seccomp:\s*2$/m);
  expect(await app.evaluate(() => process.argv.concat(process.execArgv).filter((word) => word.includes('no-sandbox')))).toEqual([]);
});

test('the page has exactly the named calls of the contract, and cannot replace them', async () => {
  const { page } = launched;
  expect(await page.evaluate(() => Object.keys(window.guichet).sort())).toEqual([
    'boot',
    'chooseServer',
    'copyText',
    'dial',
    'onSession',
    'onShow',
    'openLink',
    'requestCorePort',
    'saveFile',
    'saveText',
    'setSettings',
    'signIn',
    'signOut',
  ]);
  expect(
    await page.evaluate(() => {
      try {
        (window as unknown as { guichet: unknown }).guichet = {};
      } catch {
        return 'refused';
      }
      return typeof window.guichet.boot;
    }),
  ).toMatch(/refused|function/);
});

test('the policy of the page is sent with it, and an inline script does not run', async () => {
  const { app, page } = launched;
  const policy = await app.evaluate(async ({ net }) => (await net.fetch('app://guichet/')).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.head.append(script);
    return 'intruder' in window;
  });
  expect(ran).toBe(false);
  // In a task of its own: what the debugger evaluates is exempt from the policy.
  const evaluated = await page.evaluate(
    () =>
      new Promise((settle) =>
        setTimeout(() => {
          try {
            settle(new Function('return "ran"')());
          } catch {
            settle('refused');
          }
        }),
      ),
  );
  expect(evaluated).toBe('refused');
});

test('the page reaches no network and no file, not even a server that would let it', async () => {
  const { page } = launched;
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response
      .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'image/svg+xml' })
      .end('<svg xmlns="http://www.w3.org/2000/svg"/>');
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const near = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    for (const address of [near, 'https://example.org/', 'file:///etc/passwd', 'app://other/index.html']) {
      const answers = await page.evaluate(
        (to) =>
          Promise.all([
            fetch(to).then(
              () => 'answered',
              () => 'refused',
            ),
            new Promise((settle) => {
              const image = new Image();
              image.onload = () => settle('answered');
              image.onerror = () => settle('refused');
              image.src = to;
            }),
          ]),
        address,
      );
      expect(answers, address).toEqual(['refused', 'refused']);
    }
    expect(seen).toEqual([]);
  } finally {
    server.close();
  }
});

test('nothing outside the page’s folder is served, whatever the path', async () => {
  const { app } = launched;
  const outside = [
    'app://guichet/../package.json',
    'app://guichet/%2e%2e/%2e%2e/package.json',
    'app://guichet/..%2f..%2fpackage.json',
    'app://guichet/assets/..%5c..%5c..%5cpackage.json',
    'app://guichet//etc/passwd',
    'app://guichet/../main/index.mjs',
    'app://other/index.html',
  ];
  for (const address of outside) {
    const status = await app.evaluate(async ({ net }, to) => (await net.fetch(to)).status, address);
    expect(status, address).toBe(404);
  }
});

test('neither navigation nor a new window nor a webview leaves the page', async () => {
  const { app, page } = launched;
  const folder = mkdtempSync(join(tmpdir(), 'guichet-elsewhere-'));
  const file = join(folder, 'elsewhere.html');
  writeFileSync(file, '<title>elsewhere</title>');
  try {
    for (const address of ['https://example.org/', `file://${file}`, 'data:text/html,elsewhere', 'app://other/']) {
      await page.evaluate((to) => {
        const link = document.createElement('a');
        link.href = to;
        document.body.append(link);
        link.click();
        link.remove();
        location.assign(to);
      }, address);
      expect(await page.evaluate((to) => window.open(to) === null, address), address).toBe(true);
    }
    await page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'https://example.org/');
      document.body.append(view);
    });
    // A denied navigation is dropped at once; a call to main and back is behind it in the same queue.
    await page.evaluate(() => window.guichet.boot(undefined));
    expect(page.url()).toBe('app://guichet/');
    expect(
      await app.evaluate(({ BrowserWindow, webContents }) => [
        BrowserWindow.getAllWindows().length,
        webContents.getAllWebContents().filter((contents) => contents.getType() === 'webview').length,
      ]),
    ).toEqual([1, 0]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('every permission is denied', async () => {
  const { page } = launched;
  const answers = await page.evaluate(async () => {
    const refused = (asked: Promise<unknown>) =>
      asked.then(
        () => 'granted',
        () => 'denied',
      );
    return {
      notifications: await Notification.requestPermission(),
      camera: await refused(navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
      screen: await refused(navigator.mediaDevices.getDisplayMedia()),
      clipboard: await refused(navigator.clipboard.readText()),
      place: await new Promise((settle) =>
        navigator.geolocation.getCurrentPosition(
          () => settle('granted'),
          (error) => settle(error.code === error.PERMISSION_DENIED ? 'denied' : `code ${error.code}`),
        ),
      ),
    };
  });
  expect(answers).toEqual({ notifications: 'denied', camera: 'denied', screen: 'denied', clipboard: 'denied', place: 'denied' });
});

test('main answers the page of the app only: not a foreign window, not a frame inside the page', async () => {
  const { app, page } = launched;
  const foreign = await app.evaluate(
    async ({ BrowserWindow }, preload) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true, contextIsolation: true } });
      try {
        await window.loadURL('about:blank');
        return await window.webContents.executeJavaScript(
          'window.guichet ? window.guichet.boot().then(() => "answered", (error) => String(error)) : "no bridge"',
        );
      } finally {
        window.destroy();
      }
    },
    join(projectRoot, 'out/preload/index.cjs'),
  );
  expect(foreign).toContain('refused: not the page of this app');
  const framed = await page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const has = frame.contentWindow !== null && 'guichet' in frame.contentWindow;
    frame.remove();
    return has;
  });
  expect(framed).toBe(false);
});

test('what is asked of main is parsed: wrong input is answered, and does nothing', async () => {
  const { page } = launched;
  const answers = await page.evaluate(async () => {
    const host = window.guichet as unknown as Record<string, (input: unknown) => Promise<{ ok: boolean }>>;
    const wrong: [string, unknown][] = [
      ['boot', { more: 1 }],
      ['setSettings', { theme: 'pink' }],
      ['setSettings', { unknown: true }],
      ['chooseServer', 5],
      ['chooseServer', 'http://example.org'],
      ['signIn', { login: 'a' }],
      ['signIn', { login: 'a', password: 'b', more: 1 }],
      ['dial', '*21*0465711208#'],
      ['dial', { number: '+33465711208' }],
      ['openLink', 'file:///etc/passwd'],
      ['openLink', 'javascript:alert(1)'],
      ['copyText', 'x'.repeat(100_001)],
      ['saveText', { name: '../../.bashrc', text: 'x' }],
      ['saveText', { name: 'a.json', text: 'x', path: '/etc/passwd' }],
    ];
    return Promise.all(wrong.map(async ([name, input]) => [name, (await host[name]?.(input))?.ok]));
  });
  for (const [name, ok] of answers) expect(ok, String(name)).toBe(false);
});
