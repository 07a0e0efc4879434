/** What the mails of all kinds say in the same words, in the reader's language. */
import type { Instant, Kind, Language } from '#shared/domain/model.ts';
import { french, typesetFrench } from '#shared/domain/typeset.ts';
import type { Block, Occasion } from './draft.ts';

const locales = { fr: 'fr-FR', en: 'en-GB' } as const satisfies Record<Language, string>;

function formatted(at: Instant, { person, site }: Occasion, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locales[person.language], { ...options, timeZone: site.timeZone }).format(new Date(at));
}

/** "jeudi 26 novembre 2026 à 12:00 (heure de Montréal)": where the ticket is. */
export function momentThere(at: Instant, occasion: Occasion): string {
  const moment = formatted(at, occasion, { dateStyle: 'full', timeStyle: 'short' });
  const { name } = occasion.site;
  return occasion.person.language === 'fr' ? `${moment} (heure de ${name})` : `${moment} (${name} time)`;
}
/** "10:42", and the date that goes with it. */
export function timeThere(at: Instant, occasion: Occasion): string {
  return formatted(at, occasion, { timeStyle: 'short' });
}
export function dateThere(at: Instant, occasion: Occasion): string {
  return formatted(at, occasion, { dateStyle: 'full' });
}

/** The ticket in French, by its gender: "votre incident", "l’incident", "il", and the "e" of "résolue". */
export function inFrench(kind: Kind) {
  return kind === 'incident'
    ? { your: 'votre incident', Your: 'Votre incident', the: 'l’incident', The: 'L’incident', of: 'de l’incident', it: 'il', e: '' }
    : { your: 'votre demande', Your: 'Votre demande', the: 'la demande', The: 'La demande', of: 'de la demande', it: 'elle', e: 'e' };
}
export function inEnglish(kind: Kind): 'incident' | 'request' {
  return kind;
}

/** To the ticket's page, for those who have one. */
export function pageLink({ page, person, ticket }: Occasion): Block[] {
  if (page === null) return [];
  const label = person.language === 'fr' ? `Suivre ${inFrench(ticket.kind).the}` : `Follow the ${inEnglish(ticket.kind)}`;
  return [{ kind: 'link', link: { label, href: page } }];
}

export function greeting({ person }: Occasion): string {
  return person.language === 'fr' ? `Bonjour ${person.name},` : `Hello ${person.name},`;
}
/** Whether an answer is read. Nothing to those who work on the ticket: their answers belong into the console. */
export function replyHint({ person, page, canReply }: Occasion): string | null {
  if (page === null) return null;
  if (person.language === 'fr')
    return typesetFrench(
      canReply ? 'Vous pouvez répondre à ce message : nous lisons votre réponse.' : 'Message automatique : les réponses ne sont pas lues.',
    );
  return canReply ? 'You can reply to this message: we read your answer.' : 'This message is automatic: replies are not read.';
}

/** "[I-2026-000123] Résolu : Réseau coupé", on one line whatever people wrote. */
export function subjectOf(head: string, { person, ticket }: Occasion): string {
  const words = person.language === 'fr' ? french`${head} : ${ticket.title}` : `${head}: ${ticket.title}`;
  return oneLine(`[${ticket.number ?? ''}] ${words}`);
}
/** Without line breaks and other control characters, nor marks that turn the direction of what follows. */
export function oneLine(written: string): string {
  return written
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}
