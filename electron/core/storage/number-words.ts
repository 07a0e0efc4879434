/**
 * Telephone and ticket numbers as the search index knows them: without their notation, each one word that can be asked for from its
 * beginning, and a telephone number also from its end ("…5678").
 */
import type { Phone } from '#shared/domain/model.ts';
import { formatPhone, internationalDigits } from '#shared/domain/phone.ts';

/** Stand before such words, so that no text of a ticket is taken for a number. */
const FROM_START = '\uE003';
const FROM_END = '\uE004';
/** Fewer digits are the beginning or the end of too many telephone numbers. */
const FEWEST = 4;
/** E.164 allows fifteen; with what may stand before them. */
const MOST = 20;

const digitsOf = (text: string) => text.replace(/\D/g, '');
const reversed = (digits: string) => [...digits].reverse().join('');

/** Index words of a telephone number. One that was not understood (an extension) is also a word as it is. */
export function phoneWords({ e164, typed }: Phone): string[] {
  const digits = digitsOf(e164 ?? typed);
  if (digits === '') return [];
  return [FROM_START + digits, FROM_END + reversed(digits), ...(e164 === null ? [digits] : [])];
}

/** Before the number in its series without the zeros that fill it up, and before its first digits with and without them. */
const IS = `${FROM_START}n`;
const BEGINS = `${FROM_START}b`;
/** So many letters or digits are a word of their own in the index: as prefixes they would match half of a desk's vocabulary. */
export const SHORT = 2;
const beginningsUpTo = (most: number, text: string) =>
  Array.from({ length: Math.min(most, text.length) }, (_, index) => text.slice(0, index + 1));

/** Index words for a ticket number: "I-2026-000123" is one of "i", of "i2" up to "i2026", number 123, and begins with 1, 12, 0 and 00. */
export function ticketWords(number: string): string[] {
  const [kind = '', year = '', padded = ''] = number.toLowerCase().split('-');
  const short = padded.replace(/^0+/, '');
  const begins = [...beginningsUpTo(SHORT, short), ...beginningsUpTo(SHORT, padded)];
  return [
    ...['', ...beginningsUpTo(year.length, year)].map((of) => FROM_START + kind + of),
    IS + short,
    ...new Set(begins.map((digits) => BEGINS + digits)),
  ];
}

/** What was typed like a number: a run of digits and what may stand between them, perhaps with the letter of a ticket's kind before it. */
export interface TypedNumber {
  start: number;
  end: number;
  /** The run as typed, without the letter. */
  text: string;
  kind: string;
  digits: string;
}

const TYPED = /(?<![\p{L}\p{N}])(?:([id])[-\s]?)?([+(]*\d(?:[\s()./\-\u2010-\u2015]*\d)*)(?![\p{L}\p{N}])/giu;

export function typedNumbers(text: string): TypedNumber[] {
  return [...text.matchAll(TYPED)].map((match) => {
    const run = match[2] ?? '';
    return {
      start: match.index,
      end: match.index + match[0].length,
      text: run,
      kind: (match[1] ?? '').toLowerCase(),
      digits: digitsOf(run),
    };
  });
}

/** Digits with which a telephone number may begin or end, given what was typed of it. `country`: of numbers without a prefix. */
interface PhoneEnds {
  starts: readonly string[];
  ends: readonly string[];
}
function phoneEnds({ text, digits, kind }: TypedNumber, country: string | null): PhoneEnds {
  if (kind !== '' || digits.length < FEWEST || digits.length > MOST) return { starts: [], ends: [] };
  const starts = [digits, digits.replace(/^00/, ''), internationalDigits(text, country) ?? ''];
  // A number from abroad that was typed as it is written there has lost its 0 in the international form.
  const ends = text.startsWith('+') ? [] : [digits, digits.replace(/^0/, '')];
  const long = (all: readonly string[]) => [...new Set(all)].filter((one) => one.length >= FEWEST);
  return { starts: long(starts), ends: long(ends) };
}

/** Queries of the search index that find a telephone number, in FTS5's words. */
export function phoneQueries(typed: TypedNumber, country: string | null): string[] {
  const { starts, ends } = phoneEnds(typed, country);
  return [...starts.map((digits) => `"${FROM_START}${digits}"*`), ...ends.map((digits) => `"${FROM_END}${reversed(digits)}"*`)];
}

/** So many digits a ticket number is filled up to with zeros. */
const PADDED = 6;

/** The letter of a kind, and no more than a year or the beginning of one. */
export function isOfSeries({ kind, digits }: TypedNumber): boolean {
  return kind !== '' && /^2(0\d{0,2})?$/.test(digits);
}

interface TicketForm {
  year: string;
  /** Digits with which the number begins, filled up or not. */
  begins: string;
  /** The whole number, typed with some of the zeros that fill it up; null: it was not. */
  is: string | null;
}
/** The year, where one was typed, and the digits after it. */
function ticketForms({ digits, kind }: TypedNumber): TicketForm[] {
  const [, year, after] = /^(20\d\d)(\d{0,9})$/.exec(digits) ?? [];
  const forms = digits.length <= 9 ? [{ year: '', begins: digits }] : [];
  if (year !== undefined && after !== undefined && (after !== '' || kind !== '')) forms.push({ year, begins: after });
  // Typed to its last digit it is that ticket, and no other.
  return forms.map((form) => ({ ...form, is: form.begins.length < PADDED ? (/^0+([1-9]\d*)$/.exec(form.begins)?.[1] ?? null) : null }));
}

/** Queries that find a ticket by its number however it was typed: "i2026 123", "I2026000123", "2026123", "00123". */
export function ticketQueries(typed: TypedNumber): string[] {
  if (isOfSeries(typed)) return [`"${FROM_START}${typed.kind}${typed.digits}"`];
  return ticketForms(typed).flatMap(({ year, begins, is }) => {
    const series = typed.kind === '' ? year : FROM_START + typed.kind + year;
    const number = [
      // What was typed is looked for as a word in any case; a zero, with which every number begins, as no more than that.
      ...(begins !== '' && (series !== '' || /^[1-9]\d?$/.test(begins)) ? [beginning(begins)] : []),
      ...(is === null ? [] : [`"${IS}${is}"`]),
    ];
    const parts = [...(series === '' ? [] : [`"${series}"`]), ...(number.length > 0 ? [`(${number.join(' OR ')})`] : [])];
    return parts.length === 0 ? [] : [`(${parts.join(' AND ')})`];
  });
}
function beginning(digits: string): string {
  return digits.length <= SHORT ? `"${BEGINS}${digits}"` : `"${digits}"*`;
}

const MARK_START = '\uE000';
const MARK_END = '\uE001';

/** The ticket number with what was typed of it marked; undefined when it is another one. */
export function markedTicketNumber(number: string, typed: TypedNumber): string | undefined {
  const [kind = '', year = '', padded = ''] = number.split('-');
  if (typed.kind !== '' && typed.kind !== kind.toLowerCase()) return undefined;
  const short = padded.replace(/^0+/, '');
  if (isOfSeries(typed)) return year.startsWith(typed.digits) ? marked(number, 0, kind.length + 1 + typed.digits.length) : undefined;
  for (const form of ticketForms(typed)) {
    if (form.year !== '' && form.year !== year) continue;
    for (const digits of [form.begins, ...(form.is === short ? [short] : [])]) {
      const at = padded.startsWith(digits) ? 0 : short.startsWith(digits) ? padded.length - short.length : -1;
      if (at < 0) continue;
      const from = typed.kind !== '' ? 0 : form.year !== '' ? kind.length + 1 : number.length - padded.length + at;
      return marked(number, from, number.length - padded.length + at + digits.length);
    }
  }
  return undefined;
}

/** The telephone number as people write it, with the digits that were typed marked; undefined when it is another one. */
export function markedPhone(phone: Phone, typed: TypedNumber, country: string | null): string | undefined {
  const digits = digitsOf(phone.e164 ?? phone.typed);
  const { starts, ends } = phoneEnds(typed, country);
  const shown = formatPhone(phone, country);
  // Counted from the end, which is the same in every notation.
  const place = (left: number) => [...shown.matchAll(/\d/g)].at(-left - 1)?.index ?? -1;
  const begun = starts.find((one) => digits.startsWith(one));
  if (begun !== undefined) return marked(shown, 0, place(digits.length - begun.length) + 1);
  const ended = ends.find((one) => digits.endsWith(one));
  return ended === undefined ? undefined : marked(shown, place(ended.length - 1), place(0) + 1);
}

function marked(text: string, from: number, to: number): string {
  return `${text.slice(0, from)}${MARK_START}${text.slice(from, to)}${MARK_END}${text.slice(to)}`;
}
