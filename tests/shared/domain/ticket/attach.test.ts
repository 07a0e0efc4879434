import { expect, test } from 'vitest';
import { cleanFileName, FileName } from '#shared/domain/file-name.ts';
import { heldByAmira, inPool, resolvedByAmira, UPLOAD_ID } from '../story.ts';

const file = { kind: 'file', id: UPLOAD_ID };
const link = (url: string) => ({ content: { kind: 'link', url, title: '' }, visibility: 'internal' });

test('who sees the ticket attaches, at any phase', () => {
  const story = resolvedByAmira();
  for (const who of ['amira', 'bruno', 'lea', 'remi', 'bea']) story.do(who, 'attach', { content: file, visibility: 'public' }, '12:00');
  expect(story.refused('zoe', 'attach', { content: file, visibility: 'public' }, '12:00')).toEqual({ code: 'not_found' });
});

test('name, size and type are those of the upload', () => {
  const story = heldByAmira();
  story.do('amira', 'attach', { content: file, visibility: 'internal' }, '10:00');
  expect(story.entries.at(-1)).toMatchObject({
    kind: 'attached',
    visibility: 'internal',
    data: { attachment: { kind: 'file', id: UPLOAD_ID, name: 'photo.png', size: 1200, type: 'image/png' } },
  });
});

test('what a requester attaches is public, whatever he asks for', () => {
  const story = heldByAmira();
  for (const who of ['remi', 'bea']) {
    story.do(who, 'attach', { content: file, visibility: 'internal' }, '10:00');
    expect(story.entries.at(-1)?.visibility).toBe('public');
  }
});

test('without its upload there is nothing to attach', () => {
  const missing = { content: { ...file, id: '00000000-0000-4000-8000-0000000000f2' }, visibility: 'internal' };
  expect(heldByAmira().refused('amira', 'attach', missing, '10:00')).toEqual({ code: 'file_missing' });
  const imported = { now: '2026-05-04T10:00:00.000Z', imported: true };
  expect(heldByAmira().refused('amira', 'attach', missing, imported)).toEqual({ code: 'file_missing' });
});

test.each(['https://example.org/a?b=c#d', 'https://[::1]:8443/x', 'mailto:a.b@example.org'])('the link %s may be attached', (url) => {
  const story = heldByAmira();
  story.do('amira', 'attach', link(url), '10:00');
  expect(story.entries.at(-1)).toMatchObject({ data: { attachment: { kind: 'link', url } } });
});
test.each([
  'http://example.org',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'https://',
  'https://a b',
  'https://user:secret@example.org',
  'mailto:a@example.org?attach=/etc/passwd',
  'mailto:a@example.org,b@example.org',
  ' https://example.org',
  `https://example.org/${'a'.repeat(2_000)}`,
])('the link %s may not', (url) => {
  const refusal = heldByAmira().refused('amira', 'attach', link(url), '10:00');
  expect(refusal).toMatchObject({ code: 'invalid', problems: [{ path: 'content.url' }] });
});

test('on a pool ticket it is work that claims first, and by itself claims nothing', () => {
  expect(inPool().offer('amira', 'attach')).toMatchObject({ offered: true, claims: true });
  const story = inPool();
  story.do('amira', 'attach', { content: file, visibility: 'internal' }, '10:00');
  expect(story.now.holderId).toBeNull();
});

test('it stays once it was sent', () => {
  const story = heldByAmira();
  story.do('amira', 'attach', { content: file, visibility: 'internal' }, '10:00');
  expect(story.refused('amira', 'undo', { operationId: story.lastId }, '10:00')).toEqual({ code: 'undo_impossible', why: 'kind' });
});

test.each([
  ['photo.png', 'photo.png'],
  ['C:\\Users\\me\\photo.png', 'photo.png'],
  ['../../etc/passwd', 'passwd'],
  ['invoice\u202egpj.exe', 'invoicegpj.exe'],
  ['a\u0000b\n.txt', 'ab.txt'],
  ['  ', 'file'],
  ['..', 'file'],
  ['\ud800', 'file'],
])('the name %j is made %j', (name, clean) => {
  expect(cleanFileName(name, 'file')).toBe(clean);
  expect(FileName.safeParse(clean).success).toBe(true);
});
test('a long name is cut before its ending', () => {
  for (const name of [`${'a'.repeat(400)}.png`, `${'🙂'.repeat(150)}.png`, 'b'.repeat(400)]) {
    const clean = cleanFileName(name, 'file');
    expect(FileName.safeParse(clean).success, clean).toBe(true);
    expect(clean.length).toBeLessThanOrEqual(200);
    if (name.endsWith('.png')) expect(clean).toMatch(/…\.png$/);
  }
});
