/** The words of a mail before they are laid out: its text and its HTML are made of the same draft, so that they say the same. */
import type { Person, Ticket } from '#shared/domain/model.ts';

export interface Link {
  label: string;
  href: string;
}
export type Block =
  | { kind: 'text'; lines: readonly string[] }
  | { kind: 'ticket'; number: string; title: string }
  /** What a person wrote, as he wrote it. */
  | { kind: 'quote'; text: string }
  | { kind: 'choice'; yes: Link; no: Link }
  | { kind: 'link'; link: Link };

/** `head`: what its subject begins with, before the ticket's title. */
export interface Draft {
  head: string;
  blocks: readonly Block[];
}

/** What every mail is written with. */
export interface Occasion {
  person: Person;
  ticket: Ticket;
  service: string;
  /** Of the ticket: instants are told in its local time. */
  site: { name: string; timeZone: string };
  /** Of the ticket on the portal, for those who ask; null for those who work on it. */
  page: string | null;
  /** Answers are read. */
  canReply: boolean;
}

export const text = (...lines: (string | false | null)[]): Block => ({
  kind: 'text',
  lines: lines.filter((line): line is string => typeof line === 'string'),
});
export const ticketBlock = ({ number, title }: Ticket): Block => ({ kind: 'ticket', number: number ?? '', title });
export const quote = (written: string): Block[] => (written.trim() === '' ? [] : [{ kind: 'quote', text: written.trim() }]);
