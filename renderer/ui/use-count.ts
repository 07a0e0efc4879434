import { useCallback } from 'react';
import { useSaying } from './use-saying.ts';

const formats = { fr: new Intl.NumberFormat('fr-FR'), en: new Intl.NumberFormat('en-GB') };

/** Writes a count as the language of the window does: "1 013", "1,013". */
export function useCount(): (count: number) => string {
  const { language } = useSaying();
  return useCallback((count) => formats[language].format(count), [language]);
}
