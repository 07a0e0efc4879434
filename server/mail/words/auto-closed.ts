/** Nobody answered: the ticket is closed. */
import type { Instant } from '#shared/domain/model.ts';
import { french, typesetFrench } from '#shared/domain/typeset.ts';
import { type Draft, type Occasion, text, ticketBlock } from '../draft.ts';
import { inEnglish, inFrench, momentThere, pageLink } from '../phrases.ts';

export interface AutoClosedFacts {
  at: Instant;
}

export function autoClosedDraft({ at }: AutoClosedFacts, occasion: Occasion): Draft {
  const { ticket, person } = occasion;
  const end = [ticketBlock(ticket)];
  const when = momentThere(at, occasion);
  if (person.language === 'fr') {
    const { your, e } = inFrench(ticket.kind);
    const said = french`Sans réponse de votre part, ${your} a été clos${e} le ${when}.`;
    const after = typesetFrench('Si le problème persiste, dites-le-nous : nous reprendrons le travail.');
    return { head: `Clos${e} sans réponse`, blocks: [text(said), ...end, text(after), ...pageLink(occasion)] };
  }
  const said = `We had no answer from you: your ${inEnglish(ticket.kind)} was closed on ${when}.`;
  return {
    head: 'Closed without an answer',
    blocks: [text(said), ...end, text('If the problem is still there, tell us and we go on.'), ...pageLink(occasion)],
  };
}
