/** The ticket pane's texts: keys of the namespace `ticket`, as a plain function that tests and pure modules can be given. */
import type { Language } from '#shared/domain/model.ts';
import { say as sayIn, useLanguage } from '../i18n/index.ts';
import { daysBetween, format, instantWords, type Saying, timeWords } from '../time/words.ts';

export type Say = (key: string, values?: Record<string, unknown>) => string;

export interface Words {
  say: Say;
  saying: Saying;
  language: Language;
}

export function wordsIn(language: Language): Words {
  return { language, saying: { language }, say: (key, values) => sayIn(`ticket:${key}`, language, values) };
}

const wordsOf: Record<Language, Words> = { fr: wordsIn('fr'), en: wordsIn('en') };
/** Renders again when the language changes. */
export function useWords(): Words {
  return wordsOf[useLanguage()];
}

/** "à 17:20" the same day as `reference`, "demain 9:20", "jeu. 9:00" otherwise; for the middle of a sentence. */
export function atWords(instant: string | number, reference: number, words: Words): string {
  if (daysBetween(reference, instant, words.saying) === 0) return words.say('at', { time: timeWords(instant, words.saying) });
  return instantWords(instant, reference, words.saying);
}

/** The same of what was planned then: "ven. 9:00", for "demain" would be read as the reader's tomorrow. */
export function plannedWords(instant: string | number, then: number, words: Words): string {
  const days = daysBetween(then, instant, words.saying);
  if (days === 0 || days >= 7) return atWords(instant, then, words);
  return `${format(words.saying, { weekday: 'short' }).format(new Date(instant))} ${timeWords(instant, words.saying)}`;
}

const lists = { fr: new Intl.ListFormat('fr-FR', { type: 'conjunction' }), en: new Intl.ListFormat('en-GB', { type: 'conjunction' }) };
/** "Sara Diallo et Antoine Besson"; each name once. */
export function listWords(parts: readonly string[], language: Language): string {
  return lists[language].format([...new Set(parts)]);
}

/** The first letter in capitals, as at the start of a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
