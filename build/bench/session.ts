/** A signed-in person over HTTP, without a console: one connection that is kept, times taken around the whole answer. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { PROTOCOL_HEADER, PROTOCOL_VERSION, SessionTokens } from '#shared/contract/api.ts';

export interface Answer {
  status: number;
  text: string;
  /** From the first byte sent to the last one received, ms. */
  ms: number;
}

export class HttpSession {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #token: string | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /** @throws Error when the server refuses it */
  async signIn(login: string, password: string): Promise<SessionTokens> {
    const answer = await this.post('/v1/session', { login, password, device: 'bench' });
    if (answer.status !== 200) throw new Error(`sign-in of ${login}: ${answer.status} ${answer.text}`);
    const tokens = SessionTokens.parse(JSON.parse(answer.text));
    this.#token = tokens.accessToken;
    return tokens;
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.#send('POST', path, JSON.stringify(body));
  }
  get(path: string): Promise<Answer> {
    return this.#send('GET', path);
  }
  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, body?: string): Promise<Answer> {
    const headers = {
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    };
    return new Promise((resolve, reject) => {
      const from = performance.now();
      const sent = request(this.#url + path, { method, headers, agent: this.#agent }, (response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString(), ms: performance.now() - from }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
