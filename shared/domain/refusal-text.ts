/** Refusals in words: every message names the reason and, where there is one, the person. */
import type { Instant, Language } from './model.ts';
import type { Refusal } from './refusal.ts';
import { refusalWords } from './refusal-words.ts';
import { french, typesetFrench } from './typeset.ts';

export interface RefusalTextOptions {
  /** IANA zone in which instants are read; the machine's own when absent. */
  timeZone?: string | undefined;
  /** When given, an instant of the same local day is shown as a time of day only. */
  now?: Instant | undefined;
}

/** The message for the person whose operation was refused. */
export function refusalText(refusal: Refusal, language: Language, options: RefusalTextOptions = {}): string {
  return language === 'fr' ? inFrench(refusal, options) : inEnglish(refusal, options);
}

function inFrench(refusal: Refusal, options: RefusalTextOptions): string {
  const words = refusalWords.fr;
  switch (refusal.code) {
    case 'already_held':
      return french`Déjà prise en charge par ${refusal.holderName}${refusal.since === null ? '' : ` ${when(refusal.since, 'fr', options)}`}`;
    case 'not_holder':
      if (refusal.holderName === null) return french`Personne n’a pris cette demande en charge : prenez-la d’abord`;
      return french`Réservé à la personne qui traite la demande : ${refusal.holderName}`;
    case 'not_allowed': {
      const team = refusal.teamName === null ? '' : ` (équipe ${refusal.teamName})`;
      return french`Vous n’y êtes pas habilité : réservé ${wordOf(words.needs, refusal.needs)}${team}`;
    }
    case 'wrong_phase':
      return french`Impossible : le ticket est ${words.phase[refusal.phase]}`;
    case 'changed': {
      const subject = wordOf(words.changed, refusal.field);
      return french`${subject} a changé entre-temps : ${value(refusal.current, 'fr')} (vous aviez vu : ${value(refusal.seen, 'fr')})`;
    }
    case 'invalid':
      return french`Saisie à corriger : ${problems(refusal, 'fr')}`;
    case 'not_found':
      return french`Cette demande n’existe pas, ou vous n’y avez pas accès`;
    case 'unknown_reference':
      return french`Inconnu du service : ${wordOf(words.field, refusal.field)}`;
    case 'held_it':
      return french`Vous avez traité cette demande : à une autre personne d’en juger`;
    case 'already_decided':
      return french`${wordOf(words.decision, refusal.decision)}${refusal.by === null ? '' : ` par ${refusal.by}`}`;
    case 'too_late':
      return french`Trop tard : c’était possible jusqu’${instantWords(refusal.limit, 'fr', options)}`;
    case 'undo_impossible':
      return typesetFrench(words.undo[refusal.why]);
    case 'depends_on_rejected':
      return french`Non appliqué : une opération dont celle-ci dépend a été refusée`;
    case 'id_reused':
      return french`Cet identifiant d’opération a déjà servi pour autre chose`;
    case 'file_missing':
      return french`Le serveur n’a pas ce fichier : joignez-le de nouveau`;
    case 'needs_network':
      return french`Le serveur est hors de portée : réessayez une fois la connexion rétablie`;
    default:
      return assertNever(refusal);
  }
}

function inEnglish(refusal: Refusal, options: RefusalTextOptions): string {
  const words = refusalWords.en;
  switch (refusal.code) {
    case 'already_held':
      return `Already taken by ${refusal.holderName}${refusal.since === null ? '' : ` ${when(refusal.since, 'en', options)}`}`;
    case 'not_holder':
      if (refusal.holderName === null) return 'Nobody holds this ticket: take it first';
      return `Only for the person who holds the ticket: ${refusal.holderName}`;
    case 'not_allowed': {
      const team = refusal.teamName === null ? '' : ` (team ${refusal.teamName})`;
      return `You may not do this: only ${wordOf(words.needs, refusal.needs)} may${team}`;
    }
    case 'wrong_phase':
      return `Not possible: the ticket is ${words.phase[refusal.phase]}`;
    case 'changed': {
      const subject = wordOf(words.changed, refusal.field);
      return `${subject} has changed meanwhile: ${value(refusal.current, 'en')} (you had seen: ${value(refusal.seen, 'en')})`;
    }
    case 'invalid':
      return `Please correct: ${problems(refusal, 'en')}`;
    case 'not_found':
      return 'This ticket does not exist, or you have no access to it';
    case 'unknown_reference':
      return `Unknown to the service: ${wordOf(words.field, refusal.field)}`;
    case 'held_it':
      return 'You worked on this ticket: somebody else is to judge it';
    case 'already_decided':
      return `${wordOf(words.decision, refusal.decision)}${refusal.by === null ? '' : ` by ${refusal.by}`}`;
    case 'too_late':
      return `Too late: it was possible until ${instantWords(refusal.limit, 'en', options)}`;
    case 'undo_impossible':
      return words.undo[refusal.why];
    case 'depends_on_rejected':
      return 'Not applied: an operation that this one builds on was refused';
    case 'id_reused':
      return 'This operation id was used before for something else';
    case 'file_missing':
      return 'The server does not have this file: attach it again';
    case 'needs_network':
      return 'The server is out of reach: try again once the connection is back';
    default:
      return assertNever(refusal);
  }
}

/** One field and what is wrong with it, as a form shows it under the field. */
export function problemText(problem: { path: string; message: string }, language: Language): string {
  return wordOf(refusalWords[language].problem, problem.message);
}
function problems({ problems: list }: Extract<Refusal, { code: 'invalid' }>, language: Language): string {
  const { field } = refusalWords[language];
  const one = (problem: (typeof list)[number]) => `${wordOf(field, problem.path)} (${problemText(problem, language)})`;
  return list.map(one).join(', ');
}

/** A code that has no word is shown as it is: better than nothing. */
function wordOf(words: Record<string, string>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}
function value(text: string | null, language: Language): string {
  const words = refusalWords[language];
  return text === null ? words.nobody : wordOf(words.value, text);
}

/** "à 10:38", or "le 24 novembre à 10:38" when it may be another day. */
function when(instant: Instant, language: Language, options: RefusalTextOptions): string {
  const time = format(instant, language, options, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (options.now !== undefined && dayOf(options.now, options) === dayOf(instant, options)) {
    return language === 'fr' ? `à\u00a0${time}` : `at ${time}`;
  }
  const day = format(instant, language, options, { day: 'numeric', month: 'long' });
  return language === 'fr' ? `le ${day} à\u00a0${time}` : `on ${day} at ${time}`;
}
/** After "jusqu’" and "until". What is no instant is shown as it is. */
function instantWords(limit: string, language: Language, options: RefusalTextOptions): string {
  if (Number.isNaN(Date.parse(limit))) return language === 'fr' ? `à ${limit}` : limit;
  const words = when(limit, language, options);
  if (language === 'en') return words.replace(/^(?:on|at) /, '');
  return words.startsWith('le ') ? `au ${words.slice(3)}` : words;
}
function dayOf(instant: Instant, options: RefusalTextOptions): string {
  return format(instant, 'en', options, { year: 'numeric', month: 'numeric', day: 'numeric' });
}
function format(instant: Instant, language: Language, { timeZone }: RefusalTextOptions, shape: Intl.DateTimeFormatOptions): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  return new Intl.DateTimeFormat(locale, timeZone === undefined ? shape : { ...shape, timeZone }).format(new Date(instant));
}

function assertNever(refusal: never): never {
  throw new Error(`no text for the refusal ${JSON.stringify(refusal)}`);
}
