/** Finding a command by what one types: every word must begin a word of it, accents and case aside. */

export interface Span {
  text: string;
  match: boolean;
}

/** Lower case without accents, letter for letter: the places stay the same. */
export function fold(text: string): string {
  return Array.from(text, (letter) => {
    const folded = letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return folded.length === letter.length ? folded : letter.toLowerCase().slice(0, letter.length);
  }).join('');
}

/** Where the typed words begin in the text, as spans to draw; null when one of them is not there. Nothing typed matches all. */
export function matchWords(text: string, typed: string): Span[] | null {
  const folded = fold(text);
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const marks: [number, number][] = [];
  for (const word of words) {
    const at = startOf(folded, word);
    if (at < 0) return null;
    marks.push([at, at + word.length]);
  }
  marks.sort((a, b) => a[0] - b[0]);
  const spans: Span[] = [];
  let from = 0;
  for (const [start, end] of marks) {
    if (start < from) continue;
    if (start > from) spans.push({ text: text.slice(from, start), match: false });
    spans.push({ text: text.slice(start, end), match: true });
    from = end;
  }
  if (from < text.length) spans.push({ text: text.slice(from), match: false });
  return spans;
}

function startOf(folded: string, word: string): number {
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1] ?? '')) return at;
  return -1;
}
