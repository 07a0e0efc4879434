/** The mail that says how far a clock of a ticket is, in the reader's language; instants in the local time of the ticket's site. */
import type { AlertMark, Instant, Language, Person, Ticket } from '#shared/domain/model.ts';
import type { ClockName } from '#shared/domain/sla/facts.ts';
import { french } from '#shared/domain/typeset.ts';

export interface AlertMailFacts {
  ticket: Ticket;
  clock: ClockName;
  mark: AlertMark;
  /** Null: the site's calendar never opens that long. */
  dueAt: Instant | null;
  timeZone: string;
  siteName: string;
  /** Null: it waits in the pool. */
  holderName: string | null;
  teamName: string;
  person: Person;
  service: string;
}

const clocks = {
  fr: { takeCharge: 'prise en charge', contact: 'premier contact', resolution: 'résolution' },
  en: { takeCharge: 'taking charge', contact: 'first contact', resolution: 'resolution' },
} as const satisfies Record<Language, Record<ClockName, string>>;
const parts = { half: '50', soon: '80' } as const;

export function alertMail(facts: AlertMailFacts): { subject: string; text: string } {
  return facts.person.language === 'fr' ? inFrench(facts) : inEnglish(facts);
}

function inFrench(facts: AlertMailFacts): { subject: string; text: string } {
  const { ticket, clock, mark, siteName, holderName, teamName, person, service } = facts;
  const number = ticket.number ?? '';
  const what = `${ticket.kind === 'incident' ? 'L’incident' : 'La demande'} ${number}`;
  const name = clocks.fr[clock];
  const due = dateOf(facts, 'fr-FR');
  const state =
    mark === 'breach'
      ? `le délai de ${name} est dépassé`
      : french`${parts[mark]} % du délai de ${name} sont écoulés`.replace(' %', '\u00a0%');
  const lines = [
    french`${what} « ${ticket.title} » : ${state}.`,
    ...(due === null ? [] : [french`Échéance : ${due} (heure de ${siteName}).`]),
    holderName === null ? french`Dans le pot commun de l’équipe ${teamName}.` : french`En charge : ${holderName}.`,
  ];
  const head = mark === 'breach' ? `Délai dépassé (${name})` : `${parts[mark]}\u00a0% du délai (${name})`;
  return {
    subject: `[${number}] ${french`${head} : ${ticket.title}`}`,
    text: `Bonjour ${person.name},\n\n${lines.join('\n')}\n\n${service}\n`,
  };
}

function inEnglish(facts: AlertMailFacts): { subject: string; text: string } {
  const { ticket, clock, mark, siteName, holderName, teamName, person, service } = facts;
  const number = ticket.number ?? '';
  const what = `${ticket.kind === 'incident' ? 'Incident' : 'Request'} ${number} “${ticket.title}”`;
  const name = clocks.en[clock];
  const due = dateOf(facts, 'en-GB');
  const state = mark === 'breach' ? `the deadline for ${name} has passed` : `${parts[mark]}% of the time for ${name} is used up`;
  const lines = [
    `${what}: ${state}.`,
    ...(due === null ? [] : [`Deadline: ${due} (${siteName} time).`]),
    holderName === null ? `Nobody holds it: it waits in the pool of ${teamName}.` : `Held by ${holderName}.`,
  ];
  const head = mark === 'breach' ? `Deadline passed (${name})` : `${parts[mark]}% of the time used up (${name})`;
  return {
    subject: `[${number}] ${head}: ${ticket.title}`,
    text: `Hello ${person.name},\n\n${lines.join('\n')}\n\n${service}\n`,
  };
}

function dateOf({ dueAt, timeZone }: AlertMailFacts, locale: string): string | null {
  if (dueAt === null) return null;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(new Date(dueAt));
}
