/** A bare listener to the server's event stream, as small as one can be: the limit of what a console can know, and when. */
import { createParser } from 'eventsource-parser';
import { LivePosition, PROTOCOL_HEADER, PROTOCOL_VERSION, SessionTokens } from '#shared/contract/api.ts';

export class PositionStream {
  readonly #abort = new AbortController();
  #seq = -1;
  #heard: () => void = () => undefined;

  static async open(url: string, login: string, password: string): Promise<PositionStream> {
    const headers = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) };
    const answer = await fetch(`${url}/v1/session`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ login, password, device: 'bench' }),
    });
    if (!answer.ok) throw new Error(`sign-in of ${login}: ${answer.status}`);
    const { accessToken } = SessionTokens.parse(await answer.json());
    const stream = new PositionStream();
    const events = await fetch(`${url}/v1/events`, {
      headers: { ...headers, authorization: `Bearer ${accessToken}` },
      signal: stream.#abort.signal,
    });
    if (!events.body) throw new Error(`no events: ${events.status}`);
    void stream.#read(events.body).catch(() => undefined);
    return stream;
  }

  /** Resolves when the server has told of this position, or a later one. */
  async reached(seq: number): Promise<void> {
    while (this.#seq < seq) {
      await new Promise<void>((heard) => {
        this.#heard = heard;
      });
    }
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const parser = createParser({
      onEvent: ({ event, data }) => {
        if (event !== 'position') return;
        this.#seq = Math.max(this.#seq, LivePosition.parse(JSON.parse(data)).seq);
        this.#heard();
      },
    });
    const decoder = new TextDecoder();
    for await (const chunk of body) parser.feed(decoder.decode(chunk, { stream: true }));
  }
}
