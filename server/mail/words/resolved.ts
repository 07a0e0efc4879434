/** It is said to be solved, and whoever may judge it answers with a button; the same once more when nobody has answered. */
import type { Instant, Resolution } from '#shared/domain/model.ts';
import { french } from '#shared/domain/typeset.ts';
import { type Block, type Draft, type Link, type Occasion, quote, text, ticketBlock } from '../draft.ts';
import { inEnglish, inFrench, momentThere, pageLink } from '../phrases.ts';

export interface ResolvedFacts {
  resolution: Resolution;
  byName: string;
  /** Null: the calendar never opens that long. */
  closesAt: Instant | null;
  /** Where the reader decides; null: he may not, or it is decided already. */
  decide: { yes: string; no: string } | null;
  isReminder: boolean;
}

export function resolvedDraft(facts: ResolvedFacts, occasion: Occasion): Draft {
  const { ticket, person } = occasion;
  const isFrench = person.language === 'fr';
  const { head, said } = isFrench ? saidInFrench(facts, occasion) : saidInEnglish(facts, occasion);
  const question = isFrench ? questionInFrench(facts, occasion) : questionInEnglish(facts, occasion);
  return { head, blocks: [text(said), ticketBlock(ticket), ...quote(facts.resolution.text), ...question, ...pageLink(occasion)] };
}

function saidInFrench({ resolution, byName, isReminder }: ResolvedFacts, occasion: Occasion): { head: string; said: string } {
  const { Your, e } = inFrench(occasion.ticket.kind);
  if (!isReminder) return { head: `Résolu${e}`, said: french`${Your} est indiqué${e} comme résolu${e} par ${byName}.` };
  const since = momentThere(resolution.at, occasion);
  const said = french`${Your} est indiqué${e} comme résolu${e} par ${byName} depuis le ${since}. Nous n’avons pas encore votre réponse.`;
  return { head: 'Votre réponse est attendue', said };
}
function questionInFrench({ decide, closesAt }: ResolvedFacts, occasion: Occasion): Block[] {
  if (decide === null) return [];
  const { The, the, it, e } = inFrench(occasion.ticket.kind);
  const [yes, no]: Link[] = [
    { label: 'C’est résolu', href: decide.yes },
    { label: 'Ce n’est pas résolu', href: decide.no },
  ];
  const close = closesAt && french`Sans réponse de votre part, ${the} sera clos${e} le ${momentThere(closesAt, occasion)}.`;
  return choice(french`${The} est-${it} résolu${e} pour vous ?`, yes, no, close);
}

function saidInEnglish({ resolution, byName, isReminder }: ResolvedFacts, occasion: Occasion): { head: string; said: string } {
  const what = inEnglish(occasion.ticket.kind);
  if (!isReminder) return { head: 'Solved', said: `Your ${what} is marked as solved by ${byName}.` };
  const since = momentThere(resolution.at, occasion);
  return {
    head: 'We are waiting for your answer',
    said: `Your ${what} has been marked as solved by ${byName} since ${since}. We do not have your answer yet.`,
  };
}
function questionInEnglish({ decide, closesAt }: ResolvedFacts, occasion: Occasion): Block[] {
  if (decide === null) return [];
  const [yes, no]: Link[] = [
    { label: 'It is solved', href: decide.yes },
    { label: 'It is not solved', href: decide.no },
  ];
  const close = closesAt && `Without an answer from you it is closed on ${momentThere(closesAt, occasion)}.`;
  return choice(`Is the ${inEnglish(occasion.ticket.kind)} solved for you?`, yes, no, close);
}

function choice(question: string, yes: Link | undefined, no: Link | undefined, close: string | null): Block[] {
  if (!yes || !no) return [];
  return [text(question), { kind: 'choice', yes, no }, ...(close === null ? [] : [text(close)])];
}
