import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startDesk } from './desk.ts';
import { PASSWORD } from './desk-content.ts';

test('a stop lets the request that runs end, and does not wait for another one on the same connection', async () => {
  const desk = await startDesk();
  const body = JSON.stringify({ login: 'amira', password: PASSWORD, device: 'test' });
  const { hostname, port } = new URL(desk.url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += String(chunk);
  });
  const hears = async (words: RegExp) => {
    while (!words.test(heard)) await new Promise((resolve) => socket.once('data', resolve));
  };
  const headers = ['host: desk', 'content-type: application/json', `content-length: ${body.length}`, 'guichet-protocol: 1'];
  socket.write(`POST /v1/session HTTP/1.1\r\n${headers.join('\r\n')}\r\nexpect: 100-continue\r\n\r\n`);
  // The server has the request, and waits for what belongs to it.
  await hears(/ 100 Continue/);
  const closed = desk.close();
  socket.write(body);
  await hears(/ 200 OK/);
  expect(heard).toMatch(/connection: close/i);
  await closed;
});
