/** How far a clock of a ticket is: to those who work on it. */
import type { AlertMark, Instant, Language } from '#shared/domain/model.ts';
import type { ClockName } from '#shared/domain/sla/facts.ts';
import { french } from '#shared/domain/typeset.ts';
import { type Draft, type Occasion, text } from '../draft.ts';
import { inEnglish, inFrench, momentThere } from '../phrases.ts';

export interface AlertFacts {
  clock: ClockName;
  mark: AlertMark;
  /** Null: the site's calendar never opens that long. */
  dueAt: Instant | null;
  /** Null: it waits in the pool. */
  holderName: string | null;
  teamName: string;
}

const clocks = {
  fr: { takeCharge: 'prise en charge', contact: 'premier contact', resolution: 'résolution' },
  en: { takeCharge: 'taking charge', contact: 'first contact', resolution: 'resolution' },
} as const satisfies Record<Language, Record<ClockName, string>>;
const parts = { half: '50', soon: '80' } as const;

export function alertDraft(facts: AlertFacts, occasion: Occasion): Draft {
  return occasion.person.language === 'fr' ? inFrenchWords(facts, occasion) : inEnglishWords(facts, occasion);
}

function inFrenchWords({ clock, mark, dueAt, holderName, teamName }: AlertFacts, occasion: Occasion): Draft {
  const { ticket } = occasion;
  const what = `${inFrench(ticket.kind).The} ${ticket.number ?? ''}`;
  const name = clocks.fr[clock];
  const state =
    mark === 'breach'
      ? `le délai de ${name} est dépassé`
      : french`${parts[mark]} % du délai de ${name} sont écoulés`.replace(' %', '\u00a0%');
  const lines = [
    french`${what} « ${ticket.title} » : ${state}.`,
    dueAt !== null && french`Échéance : ${momentThere(dueAt, occasion)}.`,
    holderName === null ? french`Dans le pot commun de l’équipe ${teamName}.` : french`En charge : ${holderName}.`,
  ];
  const head = mark === 'breach' ? `Délai dépassé (${name})` : `${parts[mark]}\u00a0% du délai (${name})`;
  return { head, blocks: [text(...lines)] };
}

function inEnglishWords({ clock, mark, dueAt, holderName, teamName }: AlertFacts, occasion: Occasion): Draft {
  const { ticket } = occasion;
  const what = `${inEnglish(ticket.kind) === 'incident' ? 'Incident' : 'Request'} ${ticket.number ?? ''} “${ticket.title}”`;
  const name = clocks.en[clock];
  const state = mark === 'breach' ? `the deadline for ${name} has passed` : `${parts[mark]}% of the time for ${name} is used up`;
  const lines = [
    `${what}: ${state}.`,
    dueAt !== null && `Deadline: ${momentThere(dueAt, occasion)}.`,
    holderName === null ? `Nobody holds it: it waits in the pool of ${teamName}.` : `Held by ${holderName}.`,
  ];
  const head = mark === 'breach' ? `Deadline passed (${name})` : `${parts[mark]}% of the time used up (${name})`;
  return { head, blocks: [text(...lines)] };
}
