/** Somebody wrote to those who ask. */
import { french } from '#shared/domain/typeset.ts';
import { type Draft, type Occasion, quote, text, ticketBlock } from '../draft.ts';
import { inEnglish, inFrench, pageLink } from '../phrases.ts';

export interface NotedFacts {
  authorName: string;
  text: string;
}

export function notedDraft({ authorName, text: written }: NotedFacts, occasion: Occasion): Draft {
  const { ticket, person } = occasion;
  const blocks = [ticketBlock(ticket), ...quote(written), ...pageLink(occasion)];
  if (person.language === 'fr') {
    const about = french`${authorName} a écrit au sujet de ${inFrench(ticket.kind).your}.`;
    return { head: french`Message de ${authorName}`, blocks: [text(about), ...blocks] };
  }
  return {
    head: `Message from ${authorName}`,
    blocks: [text(`${authorName} wrote about your ${inEnglish(ticket.kind)}.`), ...blocks],
  };
}
