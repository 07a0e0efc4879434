/** Who answers whether it is solved: somebody who is signed in, or who came by a mail's link. What follows is the same. */
import type { z } from 'zod';
import type { PortalTicketView, RatingRequest } from '#shared/contract/portal.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { type Answer, done } from '../api/answer.ts';
import type { DecisionApi } from '../api/decision-api.ts';
import type { Act, PortalApi } from '../api/portal-api.ts';
import { newId } from '../kept/new-id.ts';

export type Ending = PortalTicketView['ending'];
export type Decision = { decision: 'validate' } | { decision: 'refuse'; reason: string };
export type Rating = Omit<z.input<typeof RatingRequest>, 'id'>;

/** `ending`: as it is afterwards. `refusal`: why nothing was done. */
export interface Judged {
  refusal: Refusal | null;
  ending: Ending;
}
export interface Judge {
  /** `files`: finished uploads. */
  decide(decision: Decision, files: readonly string[]): Promise<Answer<Judged>>;
  rate(rating: Rating): Promise<Answer<Judged>>;
}

/**
 * What is sent again because no answer came is the same, under the same id, and has no second effect. Once it was answered, or something else
 * was sent, it is another: marks may be changed, and changed back.
 */
function underOneId<T>(): (content: unknown, send: (id: string) => Promise<Answer<T>>) => Promise<Answer<T>> {
  let unanswered: { text: string; id: string } | undefined;
  return async (content, send) => {
    const text = JSON.stringify(content);
    if (unanswered?.text !== text) unanswered = { text, id: newId() };
    const answer = await send(unanswered.id);
    if (answer.ok) unanswered = undefined;
    return answer;
  };
}

export function judgeByLink(api: DecisionApi): Judge {
  const sending = underOneId<Judged>();
  const judged = async (asked: ReturnType<DecisionApi['decide']>): Promise<Answer<Judged>> => {
    const answer = await asked;
    return answer.ok ? done({ refusal: answer.value.refusal, ending: answer.value.view.ending }) : answer;
  };
  return {
    decide: (decision) => sending(decision, (id) => judged(api.decide({ id, ...decision }))),
    rate: (rating) => sending(rating, (id) => judged(api.rate({ id, ...rating }))),
  };
}

/** `onJudged`: what is shown of the ticket elsewhere is from before. */
export function judgeSignedIn(api: PortalApi, ticketId: string, resolutionId: string, onJudged: () => void): Judge {
  const sending = underOneId<Judged>();
  async function judged(acts: Act[]): Promise<Answer<Judged>> {
    const pushed = await api.push(acts);
    if (!pushed.ok) return pushed;
    onJudged();
    const view = await api.ticket(ticketId);
    if (!view.ok) return view;
    const [first] = pushed.value;
    return done({ refusal: first?.status === 'rejected' ? first.refusal : null, ending: view.value.ending });
  }
  return {
    decide(decision, files) {
      // A newer solution than the one on the page is not judged by accident.
      const { decision: name, ...said } = decision;
      const input = { resolutionId, ...said };
      const attach = (id: string): Act => ({
        id,
        ticketId,
        name: 'attach',
        input: { content: { kind: 'file', id }, visibility: 'public' },
      });
      return sending(decision, (id) => judged([{ id, ticketId, name, input }, ...files.map(attach)]));
    },
    rate: (rating) => sending(rating, (id) => judged([{ id, ticketId, name: 'rate', input: { resolutionId, ...rating } }])),
  };
}
