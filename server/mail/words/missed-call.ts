/** A call that reached nobody: when it was, and when the next one comes. */
import type { EntryData, Instant } from '#shared/domain/model.ts';
import { french, typesetFrench } from '#shared/domain/typeset.ts';
import { type Draft, type Occasion, text, ticketBlock } from '../draft.ts';
import { dateThere, momentThere, pageLink, timeThere } from '../phrases.ts';

export interface MissedCallFacts {
  at: Instant;
  call: EntryData['called'];
  beneficiaryName: string;
}

export function missedCallDraft(facts: MissedCallFacts, occasion: Occasion): Draft {
  const { ticket, person } = occasion;
  const isFrench = person.language === 'fr';
  const lines = isFrench ? linesInFrench(facts, occasion) : linesInEnglish(facts, occasion);
  return { head: isFrench ? 'Appel manqué' : 'Missed call', blocks: [text(...lines), ticketBlock(ticket), ...pageLink(occasion)] };
}

function linesInFrench({ at, call, beneficiaryName }: MissedCallFacts, occasion: Occasion): string[] {
  const isMine = occasion.ticket.beneficiaryId === occasion.person.id;
  const whom = isMine ? 'vous joindre' : `joindre ${beneficiaryName}`;
  const [time, date] = [timeThere(at, occasion), dateThere(at, occasion)];
  const tried = french`Nous avons essayé de ${whom} à ${time} (${date}, heure de ${occasion.site.name}).`;
  const next = call.callbackAt === null ? [] : [french`Prochain appel : ${momentThere(call.callbackAt, occasion)}.`];
  if (call.outcome === 'wrong_number')
    return [tried, typesetFrench('Le numéro que nous avons ne semble pas être le bon : indiquez-nous un autre numéro.'), ...next];
  return [tried, ...(next.length > 0 ? next : ['Indiquez-nous quand nous pouvons rappeler.'])];
}

function linesInEnglish({ at, call, beneficiaryName }: MissedCallFacts, occasion: Occasion): string[] {
  const isMine = occasion.ticket.beneficiaryId === occasion.person.id;
  const [time, date] = [timeThere(at, occasion), dateThere(at, occasion)];
  const tried = `We tried to reach ${isMine ? 'you' : beneficiaryName} at ${time} (${date}, ${occasion.site.name} time).`;
  const next = call.callbackAt === null ? [] : [`Next call: ${momentThere(call.callbackAt, occasion)}.`];
  if (call.outcome === 'wrong_number') return [tried, 'The number that we have seems to be wrong: please give us another one.', ...next];
  return [tried, ...(next.length > 0 ? next : ['Tell us when we can call again.'])];
}
