/** The solution does not solve it: to whoever works on the ticket, and to the leads. */
import { french } from '#shared/domain/typeset.ts';
import { type Draft, type Occasion, quote, text, ticketBlock } from '../draft.ts';
import { inEnglish, inFrench } from '../phrases.ts';

export interface RefusedFacts {
  byName: string;
  reason: string;
  /** So far, this one included. */
  refusals: number;
  /** Null: it waits in the pool. */
  holderName: string | null;
  teamName: string;
}

export function refusedDraft(facts: RefusedFacts, { person, ticket }: Occasion): Draft {
  const { byName, reason, refusals, holderName, teamName } = facts;
  const isMine = ticket.holderId === person.id;
  const middle = [ticketBlock(ticket), ...quote(reason)];
  if (person.language === 'fr') {
    const { of } = inFrench(ticket.kind);
    const said = french`${byName} refuse la solution ${of}.`;
    const again = refusals > 1 && french`C’est le ${String(refusals)}e refus.`;
    const mine = 'Le ticket est de nouveau à votre charge.';
    const other = holderName === null ? french`Dans le pot commun de l’équipe ${teamName}.` : french`En charge : ${holderName}.`;
    return { head: 'Solution refusée', blocks: [text(said), ...middle, text(again, isMine ? mine : other)] };
  }
  const said = `${byName} refuses the solution of the ${inEnglish(ticket.kind)}.`;
  const again = refusals > 1 && `It is refusal number ${refusals}.`;
  const other = holderName === null ? `Nobody holds it: it waits in the pool of ${teamName}.` : `Held by ${holderName}.`;
  return { head: 'Solution refused', blocks: [text(said), ...middle, text(again, isMine ? 'The ticket is yours again.' : other)] };
}

/** It came after somebody else had validated: the ticket stays closed. */
export function refusalLostDraft({ byName, reason }: Pick<RefusedFacts, 'byName' | 'reason'>, { person, ticket }: Occasion): Draft {
  const middle = [ticketBlock(ticket), ...quote(reason)];
  if (person.language === 'fr') {
    const { of, e, The } = inFrench(ticket.kind);
    const said = french`${byName} refuse la solution ${of}, après qu’elle a été validée.`;
    const after = french`${The} reste clos${e}. Vous pouvez rouvrir le ticket.`;
    return { head: 'Refus après validation', blocks: [text(said), ...middle, text(after)] };
  }
  const said = `${byName} refuses the solution of the ${inEnglish(ticket.kind)}, after it was validated.`;
  return {
    head: 'Refused after validation',
    blocks: [text(said), ...middle, text(`The ${inEnglish(ticket.kind)} stays closed. You can reopen it.`)],
  };
}
