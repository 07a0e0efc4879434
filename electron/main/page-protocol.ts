/** The custom protocol that the window's page is served on. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { contentSecurityPolicy, findPageFile, type PageFiles } from './page-files.ts';

/** Before the app is ready: `app:` gets an origin of its own, like https. */
export function declarePageProtocol(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } }]);
}

export function servePage(files: PageFiles): void {
  const headers = { 'content-security-policy': contentSecurityPolicy, 'x-content-type-options': 'nosniff' };
  protocol.handle('app', async (request) => {
    const found = request.method === 'GET' ? findPageFile(files, request.url) : undefined;
    if (!found) return new Response('not found', { status: 404, headers });
    return new Response(new Uint8Array(await readFile(found.file)), { headers: { ...headers, 'content-type': found.type } });
  });
}
