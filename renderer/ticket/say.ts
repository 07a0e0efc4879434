/** The ticket pane's texts: keys of the namespace `ticket`, as a plain function that tests and pure modules can be given. */
import { useTranslation } from 'react-i18next';
import type { Language } from '#shared/domain/model.ts';
import { i18n } from '../i18n/index.ts';
import { daysBetween, format, instantWords, type Saying, timeWords } from '../time/words.ts';

export type Say = (key: string, values?: Record<string, unknown>) => string;

export interface Words {
  say: Say;
  saying: Saying;
  language: Language;
}

export function wordsIn(language: Language): Words {
  // A pane asks for some hundred labels each time it is drawn.
  const labels = new Map<string, string>();
  const say: Say = (key, values) => {
    const known = values === undefined ? labels.get(key) : undefined;
    if (known !== undefined) return known;
    const text = i18n.t(`ticket:${key}`, { lng: language, ...values });
    if (values === undefined) labels.set(key, text);
    return text;
  };
  return { language, saying: { language }, say };
}

const wordsOf: Record<Language, Words> = { fr: wordsIn('fr'), en: wordsIn('en') };
/** Renders again when the language changes. */
export function useWords(): Words {
  const { i18n: current } = useTranslation();
  const language = current.language === 'en' ? 'en' : 'fr';
  return wordsOf[language];
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
