import { useTranslation } from 'react-i18next';
import type { Language } from '#shared/domain/model.ts';
import type { Saying } from '../time/words.ts';

const sayings: Record<Language, Saying> = { fr: { language: 'fr' }, en: { language: 'en' } };

/** The language of the window, for words of time; renders again when it changes. */
export function useSaying(): Saying {
  const { i18n } = useTranslation();
  return sayings[i18n.language === 'en' ? 'en' : 'fr'];
}
