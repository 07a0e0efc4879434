// Stands in for Electron's own default_app in the fallback runtime: `electron path/to/app` loads that app. Never shipped.
// A module with a top-level await: Electron is not ready before it has ended, so the app may still declare its protocols.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const asked = [];
let target;
const words = process.argv.slice(1);
while (words.length > 0 && target === undefined) {
  const word = words.shift();
  if (word === '-r' || word === '--require') asked.push(words.shift());
  else if (word === '-v' || word === '--version') {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  } else if (!word.startsWith('-')) target = path.resolve(word);
}
for (const module of asked) require(module);
if (target === undefined) {
  process.stderr.write('usage: electron path/to/app\n');
  process.exit(1);
}
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });

let entry = target;
if (fs.statSync(target).isDirectory()) {
  const description = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  if (description.version) app.setVersion(description.version);
  app.name = description.productName || description.name;
  app.setDesktopName(description.desktopName || `${app.name}.desktop`);
  app.setAppPath(target);
  entry = path.join(target, description.main || 'index.js');
} else app.setAppPath(path.dirname(target));

try {
  await import(pathToFileURL(entry).href);
} catch (error) {
  process.stderr.write(`The app threw an error while it loaded\n${error.stack || error}\n`);
  process.exit(1);
}
