import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Keyring, openSecrets } from '../../../electron/main/secrets-file.ts';
import { openSettings } from '../../../electron/main/settings-file.ts';
import { keepBounds, readBounds } from '../../../electron/main/window-bounds.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-profile-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('settings', () => {
  test('a first start has defaults, and a change is there at the next one', () => {
    const file = join(folder, 'settings.json');
    expect(openSettings(file).read()).toMatchObject({ language: null, theme: 'system', guideSeen: false });
    openSettings(file).change({ theme: 'dark', language: undefined });
    expect(openSettings(file).read()).toMatchObject({ language: null, theme: 'dark' });
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  test('a wrong field falls back alone, a broken file falls back whole', () => {
    const file = join(folder, 'settings.json');
    writeFileSync(file, JSON.stringify({ theme: 'pink', density: 'compact', railWidth: 9999, unknown: 1 }));
    expect(openSettings(file).read()).toMatchObject({ theme: 'system', density: 'compact', railWidth: 200 });
    writeFileSync(file, '{"theme":');
    expect(openSettings(file).read()).toMatchObject({ theme: 'system', density: 'comfortable' });
  });

  test('a change out of bounds changes nothing', () => {
    const settings = openSettings(join(folder, 'settings.json'));
    expect(() => settings.change({ railWidth: 5 })).toThrow();
    expect(settings.read().railWidth).toBe(200);
  });
});

describe('secrets', () => {
  const kept = { server: 'https://desk.example.org', service: 'MyService', personId: 'p1', login: 'amira', refreshToken: 'refresh-1' };
  // Stands for the system's keyring: sealed text is bound to the key it was sealed with.
  const keyringOf = (key: number): Keyring => ({
    seal: (text) => Buffer.from([key, ...Buffer.from(text).map((byte) => byte ^ key)]),
    unseal(sealed) {
      if (sealed[0] !== key) throw new Error('another key');
      return Buffer.from(sealed.subarray(1).map((byte) => byte ^ key)).toString();
    },
  });

  test('with a keyring the token is on the disk only sealed, for this user only', () => {
    const file = join(folder, 'session.json');
    const secrets = openSecrets(file, keyringOf(7));
    secrets.write(kept);
    expect(readFileSync(file, 'utf8')).not.toContain('refresh-1');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(openSecrets(file, keyringOf(7)).read()).toEqual(kept);
    expect(secrets.isPlainText).toBe(false);
  });

  test('another keyring, a broken file, or none: nobody is signed in', () => {
    const file = join(folder, 'session.json');
    openSecrets(file, keyringOf(7)).write(kept);
    expect(openSecrets(file, keyringOf(9)).read()).toBeUndefined();
    expect(openSecrets(file, undefined).read()).toBeUndefined();
    writeFileSync(file, '{');
    expect(openSecrets(file, keyringOf(7)).read()).toBeUndefined();
    expect(openSecrets(join(folder, 'none.json'), keyringOf(7)).read()).toBeUndefined();
  });

  test('without a keyring it is kept plainly, for this user only, and says so', () => {
    const file = join(folder, 'session.json');
    const secrets = openSecrets(file, undefined);
    secrets.write(kept);
    expect(secrets.isPlainText).toBe(true);
    expect(openSecrets(file, undefined).read()).toEqual(kept);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    secrets.clear();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('window', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };

  test('size and place are kept', () => {
    const file = join(folder, 'window.json');
    expect(readBounds(file, [screen])).toEqual({ width: 1280, height: 800, maximized: false });
    keepBounds(file, { x: 40, y: 30, width: 1500, height: 900 }, true);
    expect(readBounds(file, [screen])).toEqual({ x: 40, y: 30, width: 1500, height: 900, maximized: true });
  });

  test('a place on a screen that is gone is left to the system, and a tiny size grows', () => {
    const file = join(folder, 'window.json');
    keepBounds(file, { x: 2500, y: 30, width: 300, height: 200 }, false);
    expect(readBounds(file, [screen])).toEqual({ width: 960, height: 640, maximized: false });
  });
});
