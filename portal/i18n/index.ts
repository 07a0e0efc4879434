/** Texts in French and English, one JSON file each. The browser's language decides until another one is chosen, which is remembered. */
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Language } from '#shared/domain/model.ts';
import { typesetFrench } from '#shared/domain/typeset.ts';
import en from './en.json';
import fr from './fr.json';

type Texts = { [key: string]: string | Texts };
const CHOICE = 'guichet.language';

function mapTexts(texts: Texts, change: (text: string) => string): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [key, typeof value === 'string' ? change(value) : mapTexts(value, change)]),
  );
}

// An instance of its own: the console has another.
export const i18n = i18next.createInstance();
void i18n.init({
  resources: { fr: { portal: mapTexts(fr, typesetFrench) }, en: { portal: en } },
  lng: 'fr',
  fallbackLng: 'en',
  ns: ['portal'],
  defaultNS: 'portal',
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes
  returnNull: false,
});

/** The language that the page speaks now. */
export function language(): Language {
  return i18n.language === 'en' ? 'en' : 'fr';
}
/** The same as a React value, with the texts. */
export function useWords(): { t: typeof i18n.t; language: Language } {
  const { t } = useTranslation('portal', { i18n });
  return { t, language: language() };
}

/** What was chosen here before, else the first of the browser's languages that there is. */
export function startLanguage(): void {
  const chosen = remembered();
  const wanted = chosen ?? navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'fr' || tag === 'en');
  speak(wanted === 'fr' ? 'fr' : 'en');
}

export function chooseLanguage(to: Language): void {
  try {
    localStorage.setItem(CHOICE, to);
  } catch {
    // A browser that keeps nothing: it holds for this visit.
  }
  speak(to);
}

function speak(to: Language): void {
  document.documentElement.lang = to;
  void i18n.changeLanguage(to);
}

function remembered(): Language | undefined {
  try {
    const chosen = localStorage.getItem(CHOICE);
    return chosen === 'fr' || chosen === 'en' ? chosen : undefined;
  } catch {
    return undefined;
  }
}
