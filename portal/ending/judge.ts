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

/** The same content keeps its id, so that what is sent again has no second effect. */
function idsByContent(): (content: unknown) => string {
  const ids = new Map<string, string>();
  return (content) => {
    const text = JSON.stringify(content);
    const id = ids.get(text) ?? newId();
    ids.set(text, id);
    return id;
  };
}

export function judgeByLink(api: DecisionApi): Judge {
  const idOf = idsByContent();
  const judged = async (asked: ReturnType<DecisionApi['decide']>): Promise<Answer<Judged>> => {
    const answer = await asked;
    return answer.ok ? done({ refusal: answer.value.refusal, ending: answer.value.view.ending }) : answer;
  };
  return {
    decide: (decision) => judged(api.decide({ id: idOf(decision), ...decision })),
    rate: (rating) => judged(api.rate({ id: idOf(rating), ...rating })),
  };
}

/** `onJudged`: what is shown of the ticket elsewhere is from before. */
export function judgeSignedIn(api: PortalApi, ticketId: string, resolutionId: string, onJudged: () => void): Judge {
  const idOf = idsByContent();
  const actOf = (name: string, input: Record<string, unknown>): Act => ({ id: idOf([name, input]), ticketId, name, input });
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
      const act =
        decision.decision === 'validate' ? actOf('validate', { resolutionId }) : actOf('refuse', { resolutionId, reason: decision.reason });
      const attach = (id: string): Act => ({
        id,
        ticketId,
        name: 'attach',
        input: { content: { kind: 'file', id }, visibility: 'public' },
      });
      return judged([act, ...files.map(attach)]);
    },
    rate: (rating) => judged([actOf('rate', { resolutionId, ...rating })]),
  };
}
