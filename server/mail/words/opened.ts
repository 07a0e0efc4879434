/** We have your ticket: to who asked, and to whom it is for. */
import type { Instant } from '#shared/domain/model.ts';
import { french } from '#shared/domain/typeset.ts';
import { type Draft, type Occasion, text, ticketBlock } from '../draft.ts';
import { inEnglish, inFrench, momentThere, pageLink } from '../phrases.ts';

export interface OpenedFacts {
  requesterName: string;
  beneficiaryName: string;
  /** Null: it waits in the pool. */
  holderName: string | null;
  /** When somebody takes it at the latest; null: that clock does not run, or has no end. */
  takenBy: Instant | null;
}

export function openedDraft(facts: OpenedFacts, occasion: Occasion): Draft {
  const { ticket, person } = occasion;
  const isFrench = person.language === 'fr';
  const received = isFrench ? receivedInFrench(facts, occasion) : receivedInEnglish(facts, occasion);
  const next = isFrench ? nextInFrench(facts, occasion) : nextInEnglish(facts, occasion);
  return {
    head: isFrench ? `Bien reçu${inFrench(ticket.kind).e}` : 'Received',
    blocks: [text(received), ticketBlock(ticket), ...(next === null ? [] : [text(next)]), ...pageLink(occasion)],
  };
}

function receivedInFrench({ requesterName, beneficiaryName }: OpenedFacts, { ticket, person }: Occasion): string {
  const isIncident = ticket.kind === 'incident';
  if (ticket.requesterId !== person.id)
    return isIncident ? french`${requesterName} a signalé un incident pour vous.` : french`${requesterName} a fait une demande pour vous.`;
  const { your } = inFrench(ticket.kind);
  return ticket.beneficiaryId === person.id
    ? french`Nous avons bien reçu ${your}.`
    : french`Nous avons bien reçu ${your} pour ${beneficiaryName}.`;
}
function nextInFrench({ holderName, takenBy }: OpenedFacts, occasion: Occasion): string | null {
  if (holderName !== null) return french`${holderName} s’en occupe.`;
  return takenBy === null ? null : french`Prise en charge par un technicien au plus tard le ${momentThere(takenBy, occasion)}.`;
}

function receivedInEnglish({ requesterName, beneficiaryName }: OpenedFacts, { ticket, person }: Occasion): string {
  const what = inEnglish(ticket.kind);
  if (ticket.requesterId !== person.id)
    return what === 'incident' ? `${requesterName} reported an incident for you.` : `${requesterName} made a request for you.`;
  return ticket.beneficiaryId === person.id ? `We have received your ${what}.` : `We have received your ${what} for ${beneficiaryName}.`;
}
function nextInEnglish({ holderName, takenBy }: OpenedFacts, occasion: Occasion): string | null {
  if (holderName !== null) return `${holderName} is dealing with it.`;
  return takenBy === null ? null : `A technician will take it by ${momentThere(takenBy, occasion)}.`;
}
