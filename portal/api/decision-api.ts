/** What the link of a mail asks of the server: the link's token is all that it shows, and it opens no session. */
import type { z } from 'zod';
import { DECISION_HEADER, DecisionAnswer, type DecisionRequest, DecisionView, type RatingRequest } from '#shared/contract/portal.ts';
import type { Answer } from './answer.ts';
import { ask, type Line } from './http.ts';

export class DecisionApi {
  readonly #line: Line;
  readonly #headers: Record<string, string>;

  constructor(line: Line, token: string) {
    this.#line = line;
    this.#headers = { [DECISION_HEADER]: token };
  }

  view(): Promise<Answer<DecisionView>> {
    return ask(this.#line, DecisionView, { path: '/v1/decision', headers: this.#headers });
  }
  decide(body: z.input<typeof DecisionRequest>): Promise<Answer<DecisionAnswer>> {
    return ask(this.#line, DecisionAnswer, { method: 'POST', path: '/v1/decision', body, headers: this.#headers });
  }
  rate(body: z.input<typeof RatingRequest>): Promise<Answer<DecisionAnswer>> {
    return ask(this.#line, DecisionAnswer, { method: 'POST', path: '/v1/decision/rating', body, headers: this.#headers });
  }
}
