/** Words without accents or case, as people compare them. */

/** Lower case without accents: "Téléphone" → "telephone". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [];
}

/** Whether every word that is typed begins some word of the text, in whatever order: "mar du" fits "Marie Dupont". */
export function beginsWords(text: string, typed: string): boolean {
  const words = wordsOf(text);
  return wordsOf(typed).every((beginning) => words.some((word) => word.startsWith(beginning)));
}
