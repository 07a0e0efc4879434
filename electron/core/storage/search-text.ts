/** Words as the search index sees them (unicode61, accents folded), for queries and for the excerpts of what was found. */
import type { Person } from '#shared/domain/model.ts';
import { fold, wordsOf } from '#shared/domain/words.ts';
import { isOfSeries, phoneQueries, phoneWords, SHORT, type TypedNumber, ticketQueries, typedNumbers } from './number-words.ts';

/** Stands before a beginning that is indexed as a word of its own. */
const BEGINS = '\uE002';

/** Of words that were met before: a desk has many tickets and few words. Emptied when full. */
const knownBeginnings = new Map<string, readonly string[]>();
const KNOWN_WORDS = 20_000;

/** The first letter and the first two of each word, as words of their own. */
export function beginningsOf(text: string): string {
  const made = new Set<string>();
  for (const part of text.split(/\s+/)) {
    let beginnings = knownBeginnings.get(part);
    if (beginnings === undefined) {
      beginnings = wordsOf(part).flatMap(beginningsOfWord);
      if (knownBeginnings.size >= KNOWN_WORDS) knownBeginnings.clear();
      knownBeginnings.set(part, beginnings);
    }
    for (const beginning of beginnings) made.add(beginning);
  }
  return [...made].join(' ');
}
function beginningsOfWord(word: string): string[] {
  const letters = [...word].slice(0, SHORT);
  return letters.map((_, index) => BEGINS + letters.slice(0, index + 1).join(''));
}

const MOST_WORDS = 12;

/**
 * All words must be there, the last one as a prefix; undefined when nothing can be searched for. With one or two letters it is the
 * beginning of a number, a title or a name, or a whole word of anything. What looks like a number may also be a ticket's or a
 * telephone's, in any notation. `country`: of telephone numbers without a prefix.
 */
export function matchAll(text: string, country: string | null): string | undefined {
  return matchParts(text, allWords, (typed) => [...ticketQueries(typed), ...phoneQueries(typed, country)]);
}
function allWords(words: readonly string[], isEnd: boolean): string[] {
  return words.map((word, index) => (isEnd && index === words.length - 1 ? beginning(word) : `"${word}"`));
}
function beginning(word: string): string {
  return [...word].length <= SHORT ? `("${BEGINS}${word}" OR "${word}")` : `"${word}"*`;
}

/** An id that nobody types. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;

/** What a person is found by: name, number, and login, which is what stands before the @ of the address and what most directories use as id. */
export function personWords({ id, name, email, phone }: Pick<Person, 'id' | 'name' | 'email' | 'phone'>): string {
  const logins = new Set([email?.split('@')[0] ?? '', UUID.test(id) ? '' : id]);
  return [name.normalize('NFC'), ...logins, ...(phone === null ? [] : phoneWords(phone))].filter(Boolean).join(' ');
}

/** Every word a prefix, for people: "du mar" finds "Marie Dupont", and "06 12 34" whose number begins so. */
export function matchPeople(text: string, country: string | null): string | undefined {
  return matchParts(
    text,
    (words) => words.map((word) => `"${word}"*`),
    (typed) => phoneQueries(typed, country),
  );
}

/** Words and typed numbers in their order, all of which must be there; a number by its own queries or by its words. */
function matchParts(
  text: string,
  ofWords: (words: readonly string[], isEnd: boolean) => string[],
  ofNumber: (typed: TypedNumber) => string[],
): string | undefined {
  const parts: string[] = [];
  let at = 0;
  const put = (to: number, number?: TypedNumber) => {
    const words = wordsOf(text.slice(at, to)).slice(0, MOST_WORDS);
    // The beginning of a year stands in the number of every ticket: as a prefix it would read all of them.
    const asWords = ofWords(words, wordsOf(text.slice(to)).length === 0 && !(number && isOfSeries(number)));
    if (number) parts.push(`(${[asWords.join(' AND '), ...ofNumber(number)].join(' OR ')})`);
    else parts.push(...asWords);
    at = to;
  };
  for (const number of typedNumbers(text).slice(0, MOST_WORDS)) {
    put(number.start);
    put(number.end, number);
  }
  put(text.length);
  return parts.length === 0 ? undefined : parts.slice(0, MOST_WORDS).join(' AND ');
}

/** Any of the words. */
export function matchAny(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : words.map((word) => `"${word}"`).join(' OR ');
}

const MARK_START = '\uE000';
const MARK_END = '\uE001';

/**
 * A short piece of `text` around the first matched word, matches between U+E000 and U+E001; undefined when no word of the query
 * begins a word of it. `whole`: do not cut (titles, numbers).
 */
export function excerptOf(text: string, query: string, whole: boolean): string | undefined {
  const terms = wordsOf(query);
  if (terms.length === 0) return undefined;
  const last = terms[terms.length - 1];
  const exact = new Set(terms);
  const hits: { start: number; end: number }[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)) {
    const word = fold(match[0]);
    if (exact.has(word)) hits.push({ start: match.index, end: match.index + match[0].length });
    else if (last !== undefined && word.startsWith(last))
      hits.push({ start: match.index, end: match.index + prefixLength(match[0], last.length) });
    if (hits.length >= 8) break;
  }
  const first = hits[0];
  if (!first) return undefined;
  const from = whole || first.start < 40 ? 0 : wordStart(text, first.start - 30);
  const to = whole ? text.length : Math.min(text.length, from + 120);
  let marked = from > 0 ? '…' : '';
  let at = from;
  for (const hit of hits) {
    if (hit.end > to) break;
    marked += `${text.slice(at, hit.start)}${MARK_START}${text.slice(hit.start, hit.end)}${MARK_END}`;
    at = hit.end;
  }
  return `${marked}${text.slice(at, to)}${to < text.length ? '…' : ''}`.replace(/\s+/g, ' ');
}

/**
 * How many code units of `word` make `folded` folded characters (accents may be characters of their own). Each character is folded
 * once: a word may be as long as a text may be.
 */
function prefixLength(word: string, folded: number): number {
  let end = 0;
  let sofar = 0;
  for (const character of word) {
    sofar += fold(character).length;
    if (sofar > folded) break;
    end += character.length;
  }
  return end;
}

function wordStart(text: string, near: number): number {
  const space = text.indexOf(' ', near);
  return space < 0 || space > near + 30 ? near : space + 1;
}
