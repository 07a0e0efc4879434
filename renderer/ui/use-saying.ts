import type { Language } from '#shared/domain/model.ts';
import { useLanguage } from '../i18n/index.ts';
import type { Saying } from '../time/words.ts';

const sayings: Record<Language, Saying> = { fr: { language: 'fr' }, en: { language: 'en' } };

/** The language of the window, for words of time; renders again when it changes. */
export function useSaying(): Saying {
  return sayings[useLanguage()];
}
