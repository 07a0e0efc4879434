/** The files that `app://guichet/` serves: those of the built renderer, listed once, and nothing else. */
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

export const pageOrigin = 'app://guichet';
export const pageAddress = `${pageOrigin}/`;

/**
 * No script, style or picture from anywhere but the app, no connection at all: the page talks to main and core by message.
 * 'unsafe-inline' is for styles only: Mantine writes its variables and responsive styles as style elements.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  file: string;
  type: string;
}
/** By path of the address ("/assets/index-x.js"). */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** Lists what is in `folder` now. Files of other types than a page needs (source maps, say) are left out. */
export function listPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const type = types[extname(entry.name)];
    if (entry.isFile() && type !== undefined) files.set(file.slice(folder.length).replaceAll('\\', '/'), { file, type });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

/** A path that is not on the list is not there: nothing of the address is ever joined to a folder. */
export function findPageFile(files: PageFiles, address: string): PageFile | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return `${url.protocol}//${url.host}` === pageOrigin ? files.get(url.pathname) : undefined;
}
