/** Texts in French and English: namespaces `shell` and `ticket`, one JSON file each, in this folder. */
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#shared/domain/model.ts';
import { typesetFrench } from '#shared/domain/typeset.ts';
import { remembered } from './remembered.ts';

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
    resources[language][namespace] = language === 'fr' ? mapTexts(texts, typesetFrench) : texts;
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

/** The same as a React value. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, language);
}
function onLanguage(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

const said = new Map<string, string>();
const KEPT_LENGTH = 300;
/** A text by its key ("ticket:head.yours") in a language; made once for the same values. */
export function say(key: string, language: Language, values: Record<string, unknown> = {}): string {
  const make = () => i18next.t(key, { lng: language, ...values });
  const parts = `${language} ${key} ${JSON.stringify(values)}`;
  // What people wrote is long, and said once.
  return parts.length > KEPT_LENGTH ? make() : remembered(said, parts, make);
}

const shells: Record<Language, (key: string, values?: Record<string, unknown>) => string> = {
  fr: (key, values) => say(`shell:${key}`, 'fr', values),
  en: (key, values) => say(`shell:${key}`, 'en', values),
};
/** Texts of the namespace `shell`, for what is drawn by the dozen: a translation of its own for each is slow. */
export function useShellWords(): (key: string, values?: Record<string, unknown>) => string {
  return shells[useLanguage()];
}

/** Changes every text of the window, and the page's `lang` for screen readers. */
export async function setLanguage(to: Language): Promise<void> {
  document.documentElement.lang = to;
  await i18next.changeLanguage(to);
}
