import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.close());

test.each(['/', '/new/incident', '/new/request', '/tickets/00000000-0000-4000-8000-000000000000', '/decide?answer=yes'])(
  'the page %s is one document for everybody, which runs nothing that is not its own',
  async (path) => {
    const { status, headers } = await desk.call('GET', path);
    // Not built where only the sources are.
    expect([200, 503]).toContain(status);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('set-cookie')).toBeNull();
  },
);

test.each([
  '/assets/../../package.json',
  '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
  '/assets/',
  '/index.html',
  '/package.json',
  '/new',
  '/v1/portal/x',
])('nothing else of the disk is served: %s', async (path) => {
  const { status, body } = await desk.call('GET', path);
  expect(status).toBe(404);
  expect(JSON.stringify(body)).not.toContain('"guichet"');
});
