/** The line between a console and the server: an HTTP proxy on a fixed port that can be cut, repeat a request, lose an answer, or be slow. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * pass: as it is. lose_request: cut before the server sees it. lose_answer: the server did it, the console is not told.
 * cut_answer: half of it comes. repeat: the server gets it twice, the console the second answer. delay: passes after some ms.
 * stall: the server did it, the answer comes after some ms. hold: nothing is ever answered.
 * status: answered here, the server sees nothing.
 */
export type Fate =
  | 'pass'
  | 'lose_request'
  | 'lose_answer'
  | 'cut_answer'
  | 'repeat'
  | 'hold'
  | { delay: number }
  | { stall: number }
  | { status: number; error: string; retryAfter?: number };

/** A request that was not answered to its end. */
export interface UnderWay {
  /** "POST /v1/operations" */
  readonly what: string;
  /** Handed on to the server, which has not answered to the end. */
  atServer: boolean;
}

export class Line {
  /** Decides each request's fate. */
  fate: (request: { method: string; path: string; body: string }) => Fate = () => 'pass';
  /** "POST /v1/operations" of every request that came. */
  readonly seen: string[] = [];
  readonly underWay = new Set<UnderWay>();
  #target: () => string;
  #server: Server | undefined;
  #port = 0;
  #sockets = new Set<Socket>();

  constructor(target: () => string) {
    this.#target = target;
  }
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async up(): Promise<void> {
    if (this.#server) return;
    const server = createServer((incoming, outgoing) => void this.#pass(incoming, outgoing).catch(() => outgoing.destroy()));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Connections end, new ones are refused. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const method = incoming.method ?? 'GET';
    const path = incoming.url ?? '/';
    const what = `${method} ${path.split('?')[0]}`;
    const underWay: UnderWay = { what, atServer: false };
    this.underWay.add(underWay);
    outgoing.on('close', () => this.underWay.delete(underWay));
    const body = await buffer(incoming);
    this.seen.push(what);
    const fate = this.fate({ method, path, body: String(body) });
    if (fate === 'hold') return;
    if (fate === 'lose_request') {
      outgoing.destroy();
      return;
    }
    if (typeof fate === 'object' && 'status' in fate) {
      const { status, error, retryAfter } = fate;
      const headers = { 'content-type': 'application/json', ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) };
      outgoing.writeHead(status, headers).end(JSON.stringify({ error, message: error }));
      return;
    }
    if (typeof fate === 'object' && 'delay' in fate) await milliseconds(fate.delay);
    underWay.atServer = true;
    if (fate === 'repeat') (await this.#forward(incoming, body)).resume();
    const answer = await this.#forward(incoming, body);
    answer.on('close', () => {
      underWay.atServer = false;
    });
    if (fate === 'lose_answer') {
      // The server has done all of it before the console learns that it learns nothing.
      answer.on('close', () => outgoing.destroy()).resume();
      return;
    }
    if (fate === 'cut_answer') {
      const whole = await buffer(answer);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.write(whole.subarray(0, whole.length / 2), () => outgoing.destroy());
      return;
    }
    if (typeof fate === 'object' && 'stall' in fate) {
      const whole = await buffer(answer);
      await milliseconds(fate.stall);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(whole);
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    answer.on('error', () => outgoing.destroy());
    answer.on('close', () => {
      if (!answer.complete) outgoing.destroy();
    });
    outgoing.on('close', () => answer.destroy());
    answer.pipe(outgoing);
  }

  #forward(incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const { host: _host, ...headers } = incoming.headers;
    return new Promise((resolve, reject) => {
      const onward = request(new URL(incoming.url ?? '/', this.#target()), { method: incoming.method, headers, agent: false }, resolve);
      onward.on('error', reject);
      onward.end(body);
    });
  }
}

function milliseconds(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
