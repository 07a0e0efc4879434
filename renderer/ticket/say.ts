/** The ticket pane's texts: keys of the namespace `ticket`, as a plain function that tests and pure modules can be given. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '#shared/domain/model.ts';
import { i18n } from '../i18n/index.ts';
import { daysBetween, instantWords, type Saying, timeWords } from '../time/words.ts';

export type Say = (key: string, values?: Record<string, unknown>) => string;

export interface Words {
  say: Say;
  saying: Saying;
  language: Language;
}

export function wordsIn(language: Language): Words {
  return { language, saying: { language }, say: (key, values) => i18n.t(`ticket:${key}`, { lng: language, ...values }) };
}

/** Renders again when the language changes. */
export function useWords(): Words {
  const { i18n: current } = useTranslation();
  const language = current.language === 'en' ? 'en' : 'fr';
  return useMemo(() => wordsIn(language), [language]);
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
  const weekday = new Intl.DateTimeFormat(words.language === 'fr' ? 'fr-FR' : 'en-GB', { weekday: 'short' });
  return `${weekday.format(new Date(instant))} ${timeWords(instant, words.saying)}`;
}

/** "Sara Diallo et Antoine Besson"; each name once. */
export function listWords(parts: readonly string[], language: Language): string {
  return new Intl.ListFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { type: 'conjunction' }).format([...new Set(parts)]);
}

/** The first letter in capitals, as at the start of a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
