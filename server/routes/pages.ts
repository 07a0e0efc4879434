/** The requesters' pages themselves: one document for every path of theirs, and what it is made of. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { ZodApp } from '../http/zod-app.ts';

const folder = join(import.meta.dirname, '../../out/portal');
const paths = ['/', '/new/incident', '/new/request', '/tickets/:id', '/decide'];

/** Nothing but what comes with the page itself: no script or style of anybody else's, no frame around it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // Mantine writes sizes and colours into style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const headers = {
  'content-security-policy': policy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), microphone=(), camera=(self)',
};
const YEAR_MS = 365 * 24 * 3_600_000;

/** @throws never: where the pages were not built, they say how they are */
export async function pageRoutes(app: ZodApp): Promise<void> {
  const isBuilt = existsSync(join(folder, 'index.html'));
  if (isBuilt) await app.register(fastifyStatic, { root: folder, serve: false });
  const page = (reply: FastifyReply) => {
    reply.headers(headers).header('cache-control', 'no-cache');
    if (!isBuilt) return reply.code(503).type('text/plain').send('The requesters’ pages were not built: npm run build\n');
    return reply.sendFile('index.html', { cacheControl: false });
  };
  for (const path of paths) app.get(path, { schema: { hide: true } }, (_request, reply) => page(reply));
  if (!isBuilt) return;
  // Their names carry a hash of what is in them.
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    immutable: true,
    // Where the build has left a smaller one beside it.
    preCompressed: true,
    maxAge: YEAR_MS,
    index: false,
    schemaHide: true,
    setHeaders: (reply) => reply.header('x-content-type-options', 'nosniff'),
  });
}
