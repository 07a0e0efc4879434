/**
 * What a person wrote himself of an answer: without the mail that it answers and the signature. Where it is not certain, nothing is cut:
 * a line too many is read over, one too few is asked for again.
 */

import { cutText } from './plain-text.ts';

/** "-----Message d'origine-----", and what Outlook, Gmail and others write instead. */
const ORIGINAL = /^\s*-{2,}\s*(original message|message d['’]origine|message original|ursprüngliche nachricht)\s*-{2,}\s*$/i;
/** "On Mon, 4 May 2026 at 10:12, X <x@example.org> wrote:", "Le 4 mai 2026 à 10:12, X <x@example.org> a écrit :"; mailers break it into up to three lines. */
const WROTE = /^\s*(on|le)\s.{6,300}\s(wrote|a écrit)\s*:\s*$/i;
const WROTE_LINES = 3;
const FROM = /^\s*\*?(from|de)\s*:\*?\s*\S/i;
const SENT = /^\s*\*?(sent|date|envoyé(\s+le)?)\s*:\*?\s*\S/i;
const SUBJECT = /^\s*\*?(subject|objet)\s*:\*?/i;
/** Outlook's block of headers is so long at most; addresses may fill lines of it. */
const HEADER_LINES = 8;
const RULE = /^\s*_{10,}\s*$/;
const QUOTED = /^\s*>/;
const SIGNATURE = /^--\s?$/;
const MOST_SIGNATURE_LINES = 20;
const DEVICE =
  /^\s*(sent from my \S.{0,40}|envoyé (de|depuis) mon \S.{0,40}|get outlook for \w+.*|(obtenez|télécharger|téléchargez) outlook pour \w+.*)$/i;

/** Nobody answers with more, and each line is looked at in many ways. */
const LONGEST_ANSWER = 250_000;

/** `subject`: of a forwarded mail everything counts. */
export function ownWords(text: string, subject: string): string {
  if (text.length > LONGEST_ANSWER || /^\s*(fwd?|tr|wg)\s*:/i.test(subject)) return text;
  const lines = text.split('\n');
  const answer = lines.slice(0, startOfOriginal(lines));
  return withoutSignature(answer).join('\n').trim() || text;
}

/** The line at which the mail that is answered begins; the number of lines when there is none below the answer. */
function startOfOriginal(lines: readonly string[]): number {
  for (const [index, line] of lines.entries()) {
    if (ORIGINAL.test(line) || isHeaderBlock(lines, index)) {
      return index > 0 && RULE.test(lines[index - 1] ?? '') ? index - 1 : index;
    }
    const length = attributionAt(lines, index);
    if (length > 0) {
      const rest = lines.slice(index + length).filter((one) => one.trim() !== '');
      const quoted = rest.filter((one) => QUOTED.test(one)).length;
      // Some answer below, or between the lines.
      if (
        quoted === rest.length ||
        (quoted === 0 &&
          lines
            .slice(index, index + length)
            .join(' ')
            .includes('@'))
      )
        return index;
      return lines.length;
    }
  }
  return endWithoutQuotes(lines);
}

function attributionAt(lines: readonly string[], index: number): number {
  for (let length = 1; length <= WROTE_LINES; length += 1) {
    if (WROTE.test(lines.slice(index, index + length).join(' '))) return length;
  }
  return 0;
}

function isHeaderBlock(lines: readonly string[], index: number): boolean {
  if (!FROM.test(lines[index] ?? '')) return false;
  const block = lines.slice(index + 1, index + HEADER_LINES);
  return block.some((line) => SENT.test(line)) && block.some((line) => SUBJECT.test(line));
}

function endWithoutQuotes(lines: readonly string[]): number {
  let end = lines.length;
  while (end > 0 && (QUOTED.test(lines[end - 1] ?? '') || (lines[end - 1] ?? '').trim() === '')) end -= 1;
  return end;
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  const mark = lines.findLastIndex((line) => SIGNATURE.test(line));
  const kept = mark >= 0 && lines.length - mark <= MOST_SIGNATURE_LINES ? lines.slice(0, mark) : lines;
  const last = kept.findLastIndex((line) => line.trim() !== '');
  return DEVICE.test(kept[last] ?? '') ? kept.slice(0, last) : kept;
}

const PREFIX = /^\s*((re|ré|rép|rep|fwd?|tr|aw|wg)\s*(\[\d+\])?\s*:|\[[^\]]{1,40}\])\s*/i;

/** A subject as the title of a ticket: without "Re:", "TR :" and tags, and `longest` UTF-16 units at most. */
export function titleOf(subject: string, longest: number): string {
  let title = subject;
  while (PREFIX.test(title)) title = title.replace(PREFIX, '');
  title = title.trim();
  return title.length > longest ? `${cutText(title, longest - 1)}…` : title;
}
