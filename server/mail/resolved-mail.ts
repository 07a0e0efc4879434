/** The mail that says a ticket was solved, in the reader's language. */
import type { Person, Resolution, Ticket } from '#shared/domain/model.ts';

export interface ResolvedMailFacts {
  ticket: Ticket;
  resolution: Resolution;
  person: Person;
  service: string;
}

export function resolvedMail({ ticket, resolution, person, service }: ResolvedMailFacts): { subject: string; text: string } {
  const number = ticket.number ?? '';
  if (person.language === 'fr') {
    const what = ticket.kind === 'incident' ? 'Votre incident' : 'Votre demande';
    return {
      subject: `[${number}] Résolu : ${ticket.title}`,
      text: `Bonjour ${person.name},\n\n${what} ${number} « ${ticket.title} » est indiqué comme résolu.\n\n${resolution.text}\n\n${service}\n`,
    };
  }
  const what = ticket.kind === 'incident' ? 'Your incident' : 'Your request';
  return {
    subject: `[${number}] Solved: ${ticket.title}`,
    text: `Hello ${person.name},\n\n${what} ${number} “${ticket.title}” is marked as solved.\n\n${resolution.text}\n\n${service}\n`,
  };
}
