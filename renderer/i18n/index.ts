/** Texts in French and English: namespaces `shell` and `ticket`, one JSON file each, in this folder. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#shared/domain/model.ts';
import { frenchSpaces } from './french-spaces.ts';

type Texts = { [key: string]: string | Texts };

const files = import.meta.glob<Texts>('./{fr,en}/*.json', { eager: true, import: 'default' });

function mapTexts(texts: Texts, change: (text: string) => string): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [key, typeof value === 'string' ? change(value) : mapTexts(value, change)]),
  );
}

const resources: Record<Language, Record<string, Texts>> = { fr: {}, en: {} };
for (const [path, texts] of Object.entries(files)) {
  const [, language, namespace] = /^\.\/(fr|en)\/(\w+)\.json$/.exec(path) ?? [];
  if (namespace && (language === 'fr' || language === 'en'))
    resources[language][namespace] = language === 'fr' ? mapTexts(texts, frenchSpaces) : texts;
}

void i18next.use(initReactI18next).init({
  resources,
  lng: 'fr',
  fallbackLng: 'en',
  ns: ['shell', 'ticket'],
  defaultNS: 'shell',
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes
  returnNull: false,
});

export const i18n = i18next;

/** The language that the window speaks now. */
export function language(): Language {
  return i18next.language === 'en' ? 'en' : 'fr';
}

/** Changes every text of the window, and the page's `lang` for screen readers. */
export async function setLanguage(to: Language): Promise<void> {
  document.documentElement.lang = to;
  await i18next.changeLanguage(to);
}
