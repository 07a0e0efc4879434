import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { type LiveStreams, liveStreams, STREAMS_PER_SESSION } from '../../server/http/live-streams.ts';

const opened: { server: Server; sockets: Socket[]; streams: LiveStreams }[] = [];
afterEach(async () => {
  for (const { server, sockets, streams } of opened.splice(0)) {
    streams.close();
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** A server whose every request becomes a stream of the session that its address names. */
async function stage() {
  const streams = liveStreams(async (ids) => new Set(ids));
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    responses.push(response);
    streams.add(request.url?.slice(1) ?? '', response, { epoch: 'e', seq: 0 });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const sockets: Socket[] = [];
  opened.push({ server, sockets, streams });
  const { port } = server.address() as AddressInfo;
  const listen = async (session: string): Promise<Socket> => {
    const before = responses.length;
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET /${session} HTTP/1.1\r\nhost: x\r\n\r\n`));
    socket.on('error', () => undefined);
    sockets.push(socket);
    await vi.waitFor(() => expect(responses.length).toBe(before + 1));
    return socket;
  };
  return { streams, responses, listen };
}

test('a change right after a session ended is not written to its stream, which would end the server', async () => {
  const { streams, responses, listen } = await stage();
  await listen('amira');
  const failures: unknown[] = [];
  responses[0]?.on('error', (error) => failures.push(error));
  streams.endSession('amira');
  streams.position({ epoch: 'e', seq: 1 });
  await vi.waitFor(() => expect(responses[0]?.writableFinished).toBe(true));
  expect(failures).toEqual([]);
  expect(streams.sessions()).toEqual([]);
});

test('a stream whose reader went away before it was opened is not kept', async () => {
  const { streams, responses, listen } = await stage();
  const socket = await listen('amira');
  socket.destroy();
  await vi.waitFor(() => expect(responses[0]?.destroyed).toBe(true));
  await vi.waitFor(() => expect(streams.sessions()).toEqual([]));
  streams.add('amira', responses[0] as ServerResponse, { epoch: 'e', seq: 0 });
  expect(streams.sessions()).toEqual([]);
});

test('a reader that does not read is cut off, and does not fill the memory', async () => {
  const { streams, responses, listen } = await stage();
  (await listen('amira')).pause();
  for (let seq = 1; seq < 200_000 && streams.sessions().length > 0; seq += 1) {
    streams.position({ epoch: 'e', seq });
    if (seq % 1_000 === 0) await new Promise((done) => setImmediate(done));
  }
  expect(streams.sessions()).toEqual([]);
  expect(responses[0]?.destroyed).toBe(true);
});

test('a change between the look at the position and the opening of a stream is told to it', async () => {
  const { streams, listen } = await stage();
  streams.position({ epoch: 'e', seq: 7 });
  const socket = await listen('amira');
  const [heard] = (await once(socket, 'data')) as [Buffer];
  expect(String(heard)).toContain('"seq":7');
});

test('a session that opens ever more streams keeps the newest ones', async () => {
  const { streams, responses, listen } = await stage();
  for (let count = 0; count < STREAMS_PER_SESSION + 2; count += 1) await listen('amira');
  await listen('bruno');
  await vi.waitFor(() =>
    expect(responses.map((one) => one.writableEnded)).toEqual([true, true, ...Array(STREAMS_PER_SESSION + 1).fill(false)]),
  );
  expect(streams.sessions()).toEqual(['amira', 'bruno']);
});
