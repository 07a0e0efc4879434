import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiError, UploadState } from '#shared/contract/api.ts';
import { buildServer } from '../../server/app.ts';
import { openFileFolder } from '../../server/files/folder.ts';
import { forgetUploads } from '../../server/files/forget.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { operationOf, people } from './desk-content.ts';
import { announce, put, sha256, uploadFile } from './uploads.ts';

const MIB = 1024 * 1024;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let desk: TestDesk;
let ahead = 0;
const session: Record<string, TestSession> = {};
const of = (login: string): TestSession => session[login] as TestSession;
beforeAll(async () => {
  desk = await startDesk({ env: { MAX_FILE_MIB: '3' }, clock: () => new Date(Date.now() + ahead) });
  for (const login of Object.keys(people)) session[login] = await desk.signIn(login);
});
afterAll(() => desk.close());

const folder = () => join(desk.settings.dataDir, 'files');
const attach = (id: string, visibility = 'internal') => ({ content: { kind: 'file', id }, visibility });
async function download(login: string, id: string): Promise<{ status: number; bytes: Buffer; headers: Headers }> {
  const response = await fetch(`${desk.url}/v1/files/${id}`, { headers: { authorization: `Bearer ${of(login).tokens.accessToken}` } });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
}
const state = async (login: string, id: string) => (await of(login).call<UploadState>('GET', `/v1/uploads/${id}`)).body;

describe('an upload', () => {
  test('goes in pieces, is attached, and comes back byte for byte as an attachment that nothing may sniff', async () => {
    const bytes = Buffer.concat([PNG, randomBytes(2 * MIB)]);
    const ticketId = await of('farid').open();
    const id = await uploadFile(of('amira'), 'écran « B2 ».png', bytes);
    await of('amira').must('attach', ticketId, attach(id));
    const { entries } = await of('bruno').ticket(ticketId);
    expect(entries.find((entry) => entry.kind === 'attached')?.data).toEqual({
      attachment: { kind: 'file', id, name: 'écran « B2 ».png', size: bytes.length, type: 'image/png' },
    });
    const got = await download('bruno', id);
    expect(sha256(got.bytes)).toBe(sha256(bytes));
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent('écran « B2 ».png')}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  test('is called by its content, not by its name', async () => {
    const ticketId = await of('farid').open();
    const id = await uploadFile(of('amira'), 'picture.png', Buffer.from('<html><script>alert(1)</script>'));
    await of('amira').must('attach', ticketId, attach(id));
    expect((await download('amira', id)).headers.get('content-type')).toBe('application/octet-stream');
  });

  test('goes on where it was after the server was started anew in its middle, without a piece twice', async () => {
    const bytes = randomBytes(3 * MIB);
    const { body } = await announce(of('amira'), 'long.bin', bytes);
    expect((await put(of('amira'), body.id, bytes, 0)).body.received).toBe(MIB);
    expect((await put(of('amira'), body.id, bytes, MIB)).body.received).toBe(2 * MIB);
    await desk.restart();
    expect(await state('amira', body.id)).toMatchObject({ received: 2 * MIB, finished: false });
    // Announced again, as after a kill of the console: the same upload.
    const again = await announce(of('amira'), 'long.bin', bytes, { id: body.id });
    expect(again.body).toMatchObject({ id: body.id, received: 2 * MIB });
    await put(of('amira'), body.id, bytes, 2 * MIB);
    const finished = await of('amira').call<UploadState>('POST', `/v1/uploads/${body.id}/finish`);
    expect(finished.body).toMatchObject({ received: 3 * MIB, finished: true });
    const ticketId = await of('farid').open();
    await of('amira').must('attach', ticketId, attach(body.id));
    expect(sha256((await download('amira', body.id)).bytes)).toBe(sha256(bytes));
  });

  test('a piece whose answer was lost is answered again and changes nothing; one that leaves a gap is refused', async () => {
    const bytes = randomBytes(2 * MIB + 5);
    const { body } = await announce(of('amira'), 'a.bin', bytes);
    await put(of('amira'), body.id, bytes, 0);
    expect(await put(of('amira'), body.id, bytes, 0)).toMatchObject({ status: 200, body: { received: MIB } });
    for (const [offset, length] of [
      [2 * MIB, 5],
      [MIB, 7],
      [MIB + 1, MIB],
      [5, MIB],
    ] as const) {
      const answer = await of('amira').call('PUT', `/v1/uploads/${body.id}?offset=${offset}`, bytes.subarray(offset, offset + length));
      expect(answer, `${offset}+${length}`).toMatchObject({ status: 409, body: { error: 'wrong_offset' } });
    }
    expect(await of('amira').call('POST', `/v1/uploads/${body.id}/finish`)).toMatchObject({ status: 409, body: { error: 'wrong_offset' } });
    expect(await state('amira', body.id)).toMatchObject({ received: MIB });
  });

  test('with another hash than announced is refused, and starts over', async () => {
    const bytes = randomBytes(1000);
    const { body } = await announce(of('amira'), 'a.bin', bytes);
    await of('amira').call('PUT', `/v1/uploads/${body.id}?offset=0`, randomBytes(1000));
    const wrong = await of('amira').call<ApiError>('POST', `/v1/uploads/${body.id}/finish`);
    expect(wrong).toMatchObject({ status: 422, body: { error: 'wrong_hash', message: 'The file arrived damaged: send it again.' } });
    const ticketId = await of('farid').open();
    expect(await of('amira').do('attach', ticketId, attach(body.id))).toMatchObject({ refusal: { code: 'file_missing' } });
    expect(await state('amira', body.id)).toMatchObject({ received: 0, finished: false });
    await put(of('amira'), body.id, bytes, 0);
    expect((await of('amira').call('POST', `/v1/uploads/${body.id}/finish`)).status).toBe(200);
    await of('amira').must('attach', ticketId, attach(body.id));
    expect((await download('amira', body.id)).bytes).toEqual(bytes);
  });

  test('too large or empty is refused at once, in the language asked for', async () => {
    const ask = (size: number, language: string) =>
      desk.call<ApiError>('POST', '/v1/uploads', {
        token: of('amira').tokens.accessToken,
        headers: { 'accept-language': language },
        body: { id: randomUUID(), name: 'a', size, sha256: sha256(PNG) },
      });
    expect(await ask(3 * MIB + 1, 'fr')).toMatchObject({
      status: 413,
      body: { error: 'too_large', limit: 3 * MIB, message: 'Le fichier est trop volumineux : 3 Mo au plus.' },
    });
    expect((await ask(3 * MIB + 1, 'en')).body.message).toBe('The file is too large: 3 MB at most.');
    expect(await ask(0, 'fr')).toMatchObject({ status: 400, body: { error: 'empty_file', message: 'Le fichier est vide.' } });
    expect((await ask(3 * MIB, 'en')).status).toBe(200);
  });

  test('two at once stay apart, and so do two requests for the same piece', async () => {
    const [a, b] = [randomBytes(2 * MIB), randomBytes(2 * MIB)];
    const [one, two] = [await announce(of('amira'), 'a', a), await announce(of('amira'), 'b', b)];
    for (const offset of [0, MIB]) {
      const answers = await Promise.all([
        put(of('amira'), one.body.id, a, offset),
        put(of('amira'), one.body.id, a, offset),
        put(of('amira'), two.body.id, b, offset),
      ]);
      expect(answers.map((answer) => answer.body.received)).toEqual([offset + MIB, offset + MIB, offset + MIB]);
    }
    const finish = (id: string) => of('amira').call<UploadState>('POST', `/v1/uploads/${id}/finish`);
    const finished = await Promise.all([finish(one.body.id), finish(one.body.id), finish(two.body.id)]);
    expect(finished.map((answer) => answer.body.finished)).toEqual([true, true, true]);
    const ticketId = await of('farid').open();
    for (const { body } of [one, two]) await of('amira').must('attach', ticketId, attach(body.id));
    expect((await download('amira', one.body.id)).bytes.equals(a)).toBe(true);
    expect((await download('amira', two.body.id)).bytes.equals(b)).toBe(true);
  });

  test('two server processes on one database and one folder take its pieces in turn', async () => {
    const other = await buildServer(desk.settings);
    try {
      const url = await other.listen();
      const bytes = randomBytes(2 * MIB + 9);
      const { body } = await announce(of('amira'), 'turns', bytes);
      const headers = { authorization: `Bearer ${of('amira').tokens.accessToken}`, 'content-type': 'application/octet-stream' };
      await put(of('amira'), body.id, bytes, 0);
      const there = await fetch(`${url}/v1/uploads/${body.id}?offset=${MIB}`, {
        method: 'PUT',
        headers,
        body: bytes.subarray(MIB, 2 * MIB),
      });
      expect(await there.json()).toMatchObject({ received: 2 * MIB });
      await put(of('amira'), body.id, bytes, 2 * MIB);
      const { authorization } = headers;
      const finished = await fetch(`${url}/v1/uploads/${body.id}/finish`, { method: 'POST', headers: { authorization } });
      expect(await finished.json()).toMatchObject({ finished: true });
      const ticketId = await of('farid').open();
      await of('amira').must('attach', ticketId, attach(body.id));
      expect((await download('amira', body.id)).bytes.equals(bytes)).toBe(true);
    } finally {
      await other.close();
    }
  });
});

describe('rights', () => {
  test('an upload is its uploader’s: to nobody else does its id or its hash mean anything', async () => {
    const bytes = randomBytes(2 * MIB);
    const { body } = await announce(of('amira'), 'mine.bin', bytes);
    await put(of('amira'), body.id, bytes, 0);
    for (const login of ['bruno', 'chloe', 'farid', 'hugo']) {
      for (const [method, path, sent] of [
        ['GET', `/v1/uploads/${body.id}`, undefined],
        ['PUT', `/v1/uploads/${body.id}?offset=${MIB}`, bytes.subarray(MIB)],
        ['POST', `/v1/uploads/${body.id}/finish`, undefined],
        ['GET', `/v1/files/${body.id}`, undefined],
      ] as const) {
        expect(await of(login).call(method, path, sent), `${login} ${method}`).toMatchObject({ status: 404, body: { error: 'not_found' } });
      }
      const same = { id: body.id, name: 'mine.bin', size: bytes.length, sha256: sha256(bytes) };
      expect(await of(login).call('POST', '/v1/uploads', same)).toMatchObject({ status: 409, body: { error: 'id_reused' } });
      // The same content under an id of his own has to be sent like any other.
      expect((await announce(of(login), 'mine.bin', bytes)).body.received).toBe(0);
    }
    await put(of('amira'), body.id, bytes, MIB);
    await of('amira').call('POST', `/v1/uploads/${body.id}/finish`);
    const ticketId = await of('farid').open();
    for (const login of ['bruno', 'farid']) {
      expect(await of(login).do('attach', ticketId, attach(body.id))).toMatchObject({ refusal: { code: 'file_missing' } });
    }
    // Not even to its uploader before it is attached, and only once.
    expect((await download('amira', body.id)).status).toBe(404);
    await of('amira').must('attach', ticketId, attach(body.id));
    expect(await of('amira').do('attach', ticketId, attach(body.id))).toMatchObject({ refusal: { code: 'file_missing' } });
  });

  test('bytes are for whoever sees the entry: by role, by ticket and by its visibility', async () => {
    const ticketId = await of('farid').open({ beneficiaryId: 'gina' });
    const ids: Record<string, string> = {};
    for (const visibility of ['internal', 'public']) {
      const id = await uploadFile(of('amira'), `${visibility}.txt`, randomBytes(10));
      await of('amira').must('attach', ticketId, attach(id, visibility));
      ids[visibility] = id;
    }
    const theirs = await uploadFile(of('gina'), 'gina.txt', randomBytes(10));
    await of('gina').must('attach', ticketId, attach(theirs, 'internal'));
    const may: Record<string, boolean[]> = {};
    for (const login of Object.keys(people)) {
      may[login] = [];
      for (const id of [ids.internal, ids.public, theirs]) may[login].push((await download(login, String(id))).status === 200);
    }
    const [team, concerned, nobody] = [
      [true, true, true],
      [false, true, true],
      [false, false, false],
    ];
    expect(may).toEqual({
      amira: team,
      bruno: team,
      chloe: team,
      farid: concerned,
      gina: concerned,
      david: nobody,
      emma: nobody,
      leo: nobody,
      hugo: nobody,
      ines: nobody,
    });
    await of('chloe').must('assign', ticketId, { teamId: 'workplace', holderId: null, reason: 'r', seenHolderId: null });
    expect((await download('david', String(ids.internal))).status).toBe(200);
    expect((await download('amira', String(ids.internal))).status).toBe(404);
  });

  test('a link to another ticket needs sight of both', async () => {
    const [here, seen, hidden] = [await of('farid').open(), await of('farid').open(), await of('gina').open({ categoryId: 'laptop' })];
    await of('amira').must('link', here, { otherId: seen, as: 'duplicate_of' });
    for (const otherId of [hidden, randomUUID()]) {
      const outcome = await of('amira').do('link', here, { otherId, as: 'related' });
      expect(outcome).toMatchObject({ refusal: { code: 'unknown_reference', field: 'otherId' } });
    }
    const linked = (await of('bruno').ticket(here)).entries.filter((entry) => entry.kind === 'linked');
    expect(linked).toMatchObject([{ visibility: 'internal', data: { as: 'duplicate_of', ticketId: seen, number: expect.any(String) } }]);
    expect((await of('farid').ticket(here)).entries.some((entry) => entry.kind === 'linked')).toBe(false);
  });
});

describe('what is kept', () => {
  test.skipIf(process.platform === 'win32')(
    'lies outside of what is served, under names of the server’s choice, its owner’s alone',
    async () => {
      const id = await uploadFile(of('amira'), 'named.txt', randomBytes(10));
      expect((statSync(folder()).mode & 0o777).toString(8)).toBe('700');
      const files = readdirSync(folder());
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        expect(file).toMatch(/^[0-9a-f-]{36}(?:\.part)?$/);
        expect(file).not.toContain(id);
        expect((statSync(join(folder(), file)).mode & 0o777).toString(8)).toBe('600');
      }
    },
  );

  test('what nothing came of goes, with its file: half of one after a week, a whole one after a month; what is attached stays', async () => {
    const own = await startDesk({ clock: () => new Date(Date.now() + ahead) });
    try {
      const farid = await own.signIn('farid');
      const ticketId = await farid.open();
      const kept = await uploadFile(farid, 'kept', randomBytes(10));
      await farid.must('attach', ticketId, attach(kept));
      const finished = await uploadFile(farid, 'finished', randomBytes(10));
      const begun = await announce(farid, 'begun', randomBytes(2 * MIB));
      await put(farid, begun.body.id, randomBytes(2 * MIB), 0);
      const files = join(own.settings.dataDir, 'files');
      expect(readdirSync(files)).toHaveLength(3);
      const services = {
        database: own.server.database,
        files: openFileFolder(own.settings.dataDir),
        clock: () => new Date(Date.now() + ahead),
      };
      ahead = 6 * 24 * 3_600_000;
      expect(await forgetUploads(services)).toBe(0);
      ahead = 8 * 24 * 3_600_000;
      expect(await forgetUploads(services)).toBe(1);
      ahead = 29 * 24 * 3_600_000;
      expect(await forgetUploads(services)).toBe(0);
      ahead = 31 * 24 * 3_600_000;
      expect(await forgetUploads(services)).toBe(1);
      expect(readdirSync(files)).toHaveLength(1);
      const again = await own.signIn('farid');
      expect(await again.do('attach', ticketId, attach(finished))).toMatchObject({ refusal: { code: 'file_missing' } });
      expect((await again.call('GET', `/v1/uploads/${begun.body.id}`)).status).toBe(404);
      expect((await again.call('GET', `/v1/files/${kept}`)).status).toBe(200);
    } finally {
      ahead = 0;
      await own.close();
    }
  });

  test('one person cannot fill the disk with what he attaches nowhere', async () => {
    const announced: number[] = [];
    for (let n = 0; n < 25; n++) announced.push((await announce(of('leo'), `${n}`, Buffer.alloc(3 * MIB))).status);
    expect(announced.filter((status) => status === 200)).toHaveLength(20);
    const refused = await announce(of('leo'), 'one more', Buffer.alloc(3 * MIB));
    expect(refused).toMatchObject({ status: 429, body: { error: 'too_many_uploads', retryAfter: 600 } });
    expect(refused.headers.get('retry-after')).toBe('600');
    expect((await announce(of('bruno'), 'of somebody else', Buffer.alloc(3 * MIB))).status).toBe(200);
  });

  test('a database that was restored without its files says so, and takes them again', async () => {
    const bytes = randomBytes(MIB + 10);
    const ticketId = await of('farid').open();
    const attached = await uploadFile(of('amira'), 'attached', bytes);
    await of('amira').must('attach', ticketId, attach(attached));
    const finished = await uploadFile(of('amira'), 'finished', bytes);
    const half = (await announce(of('amira'), 'half', bytes)).body.id;
    await put(of('amira'), half, bytes, 0);
    const aside = mkdtempSync(join(tmpdir(), 'guichet-aside-'));
    try {
      await desk.restart(() => renameSync(folder(), join(aside, 'files')));
      expect(await of('amira').call<ApiError>('GET', `/v1/files/${attached}`)).toMatchObject({
        status: 404,
        body: { message: 'The server no longer has this file: its folder was not restored with the database.' },
      });
      expect(await of('amira').do('attach', ticketId, attach(finished))).toMatchObject({ refusal: { code: 'file_missing' } });
      expect(await state('amira', finished)).toMatchObject({ received: 0, finished: false });
      // What is missing of a half is found out by its next piece.
      expect(await put(of('amira'), half, bytes, MIB)).toMatchObject({ status: 409, body: { error: 'wrong_offset' } });
      for (const id of [finished, half]) {
        expect(await state('amira', id)).toMatchObject({ received: 0 });
        for (const offset of [0, MIB]) await put(of('amira'), id, bytes, offset);
        await of('amira').call('POST', `/v1/uploads/${id}/finish`);
        await of('amira').must('attach', ticketId, attach(id));
        expect((await download('bruno', id)).bytes.equals(bytes)).toBe(true);
      }
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  });

  test('a part that is shorter than the database believes is received once more', async () => {
    const bytes = randomBytes(2 * MIB);
    const { body } = await announce(of('amira'), 'cut', bytes);
    const before = new Set(readdirSync(folder()));
    await put(of('amira'), body.id, bytes, 0);
    const [part] = readdirSync(folder()).filter((file) => !before.has(file));
    truncateSync(join(folder(), String(part)), 1000);
    expect(await put(of('amira'), body.id, bytes, MIB)).toMatchObject({ status: 409 });
    expect(await state('amira', body.id)).toMatchObject({ received: 0 });
  });
});

test('an operation that was refused for want of its file is not tried under its id again', async () => {
  const ticketId = await of('farid').open();
  const bytes = randomBytes(10);
  const { body } = await announce(of('amira'), 'late', bytes);
  const operation = operationOf('attach', ticketId, attach(body.id));
  expect(await of('amira').push(operation)).toMatchObject([{ status: 'rejected', refusal: { code: 'file_missing' } }]);
  await put(of('amira'), body.id, bytes, 0);
  await of('amira').call('POST', `/v1/uploads/${body.id}/finish`);
  expect(await of('amira').push(operation)).toMatchObject([{ status: 'rejected', refusal: { code: 'file_missing' } }]);
  await of('amira').must('attach', ticketId, attach(body.id));
});
