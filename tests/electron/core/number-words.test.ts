import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalisePhone } from '#shared/domain/phone.ts';
import { markedPhone, markedTicketNumber, phoneWords, ticketWords, typedNumbers } from '../../../electron/core/storage/number-words.ts';
import { matchAll, matchPeople } from '../../../electron/core/storage/search-text.ts';

/** The index as the cache has it, with one column for what is indexed of numbers. */
function indexOf(texts: readonly string[]) {
  const db = new Database(':memory:');
  db.exec("CREATE VIRTUAL TABLE search USING fts5(text, content='', detail=none, tokenize='unicode61 remove_diacritics 2')");
  texts.forEach((text, index) => {
    db.prepare('INSERT INTO search(rowid, text) VALUES (?, ?)').run(index + 1, text);
  });
  const find = db.prepare('SELECT rowid FROM search WHERE search MATCH ?').pluck();
  return (query: string | undefined) => (query === undefined ? [] : find.all(query));
}
const phoneText = (typed: string, country = 'FR') => phoneWords(normalisePhone(typed, country)).join(' ');
const marks = (text: string | undefined) => [...(text ?? '').matchAll(/\uE000([^\uE001]*)\uE001/g)].map((match) => match[1]).join('|');

const separators = fc.constantFrom('', ' ', '.', '-', ' - ', '\u00a0', '\u202f', '/', ') (');
/** Digits written with anything between them. */
const noted = (digits: string) =>
  fc
    .array(separators, { minLength: digits.length, maxLength: digits.length })
    .map((between) => [...digits].map((digit, index) => digit + (index < digits.length - 1 ? between[index] : '')).join(''));
/** French numbers that exist; some that are dialled like them belong to countries of their own (0262…: Réunion, +262). */
const national = fc
  .tuple(fc.constantFrom('1', '2', '4', '6', '7'), fc.integer({ min: 30_000_000, max: 69_999_999 }))
  .map(([first, rest]) => `0${first}${rest}`)
  .filter((number) => normalisePhone(number, 'FR').e164?.startsWith('+33') === true);

test('a telephone number is found in any notation: whole, from its beginning, and by its last four digits or more', () => {
  const notation = national.chain((number) => {
    const own = number.slice(1);
    const cut = fc.integer({ min: 4, max: number.length });
    const whole = fc.constantFrom(number, `+33${own}`, `0033${own}`, `33${own}`, `+33 (0)${own}`, `(0)${own}`);
    const typed = fc.oneof(
      whole.chain((digits) => noted(digits.replace(/[+()]/g, '')).map((text) => (digits.startsWith('+') ? `+${text}` : text))),
      whole,
      cut.chain((length) => noted(number.slice(0, length))),
      cut.chain((length) => noted(number.slice(-length))),
      fc.integer({ min: 2, max: 9 }).map((length) => `+33 ${own.slice(0, length)}`),
    );
    return fc.tuple(fc.constant(number), typed);
  });
  fc.assert(
    fc.property(notation, fc.constantFrom('06 99 00 12 34', '0612 345678', '+33 6-12-34-56-78'), ([number, typed], other) => {
      const found = indexOf([phoneText(number), phoneText(other)]);
      expect(found(matchAll(typed, 'FR')), typed).toContain(1);
      expect(found(matchPeople(typed, 'FR')), typed).toContain(1);
      expect(found(matchAll(`imprimante ${typed}`, 'FR'))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('another number is not found, whatever its notation', () => {
  const found = indexOf([phoneText('06 12 34 56 78')]);
  for (const typed of ['06 12 34 56 79', '+33 6 12 34 56 7 9', '+32 612 34 56 78', '0033 7', '07 12', '5679', '345', '678', '61', '+33'])
    expect(found(matchAll(typed, 'FR')), typed).toEqual([]);
});

test('numbers from abroad and short ones are found as they are written there', () => {
  const found = indexOf([phoneText('+32 470 12 34 56'), phoneText('412'), phoneText('06 1234 5678', 'IT')]);
  for (const typed of ['0470 12 34 56', '+32470', '0032 470', '470.12.34.56', '3456'])
    expect(found(matchAll(typed, 'FR')), typed).toEqual([1]);
  expect(found(matchAll('412', 'FR'))).toEqual([2]);
  for (const typed of ['06 1234 5678', '+39 06 12', '061234']) expect(found(matchAll(typed, 'IT')), typed).toContain(3);
});

test('words and a number are looked for together', () => {
  const found = indexOf([`imprimante ${phoneText('06 12 34 56 78')}`, `écran ${phoneText('06 12 34 56 78')}`]);
  expect(found(matchAll('impr', 'FR'))).toEqual([1]);
  expect(found(matchAll('imprimante 06.12.34', 'FR'))).toEqual([1]);
  expect(found(matchAll('+33612345678 ecr', 'FR'))).toEqual([2]);
  expect(found(matchAll('5678', 'FR'))).toEqual([1, 2]);
});

test('a ticket number is found however it is typed, of its own kind and year', () => {
  const text = (number: string) => `${number} ${Number(number.slice(-6))} ${ticketWords(number).join(' ')}`;
  const found = indexOf([text('I-2026-000123'), text('D-2026-000123'), text('I-2025-000123'), text('I-2026-000456')]);
  for (const typed of ['I-2026-000123', 'i2026 123', 'I2026000123', 'i-2026-123', 'I 2026-0123', 'i2026-12', 'i2026 1'])
    expect(found(matchAll(typed, 'FR')), typed).toEqual([1]);
  expect(found(matchAll('d2026123', 'FR'))).toEqual([2]);
  expect(found(matchAll('d123', 'FR'))).toEqual([2]);
  for (const typed of ['2026 123', '2026-000123', '2026123', '2026000123']) expect(found(matchAll(typed, 'FR')), typed).toEqual([1, 2]);
  for (const typed of ['123', '000123', '00123', '12', '0123']) expect(found(matchAll(typed, 'FR')), typed).toEqual([1, 2, 3]);
  expect(found(matchAll('i2026', 'FR'))).toEqual([1, 4]);
  expect(found(matchAll('124', 'FR'))).toEqual([]);
});

test('a ticket number that is typed letter by letter finds those that begin so, and the one that is so without its zeros', () => {
  const numbers = ['I-2026-000120', 'I-2026-000012', 'I-2026-001234', 'I-2026-002121', 'I-2025-000120', 'D-2026-000120', 'I-2026-120000'];
  const words = (number: string) => `${number} ${Number(number.slice(-6))} ${ticketWords(number).join(' ')}`;
  const found = indexOf(numbers.map((number) => `${words(number)} depuis 12:30, 1er étage`));
  const whole = 'I-2026-000120';
  for (let length = 2; length <= whole.length; length += 1) {
    const typed = whole.slice(0, length);
    const is = Number(typed.slice(7));
    const expected = numbers.flatMap((number, index) =>
      number.startsWith(typed) || (is > 0 && number.startsWith('I-2026') && Number(number.slice(7)) === is) ? [index + 1] : [],
    );
    expect(found(matchAll(typed, 'FR')), typed).toEqual(expected);
  }
  // Not by a prefix that every ticket has.
  for (const typed of ['I-2', 'I-20', 'I-202', 'I-2026']) expect(matchAll(typed, 'FR'), typed).not.toContain('*');
});

test('what was typed of a number is marked in it, in the notation that people read', () => {
  const phone = normalisePhone('0612345678', 'FR');
  const shown = (typed: string) => markedPhone(phone, typedNumbers(typed)[0] ?? expect.fail(), 'FR');
  expect(shown('+33612')).toBe('\uE00006 12\uE001 34 56 78');
  expect(marks(shown('06.12.3'))).toBe('06 12 3');
  expect(marks(shown('45678'))).toBe('4 56 78');
  expect(marks(shown('0033 6 12 34 56 78'))).toBe('06 12 34 56 78');
  expect(shown('0712')).toBeUndefined();
  const number = (typed: string) => marks(markedTicketNumber('I-2026-000123', typedNumbers(typed)[0] ?? expect.fail()));
  expect(['123', '12', '000123', '0123', '2026 12', 'i2026123', 'i123', 'd123', '124'].map(number)).toEqual([
    '123',
    '12',
    '000123',
    '123',
    '2026-00012',
    'I-2026-000123',
    'I-2026-000123',
    '',
    '',
  ]);
});

test('a ticket number that is typed to its last digit finds that ticket alone', () => {
  const text = (number: string) => `${number} ${number.replace(/^.*-0*/, '')} ${ticketWords(number).join(' ')}`;
  const found = indexOf(['I-2026-000123', 'I-2026-000012', 'I-2026-001234', 'I-2026-123456'].map(text));
  for (const typed of ['I-2026-000123', 'i2026000123', '2026-000123', '000123']) expect(found(matchAll(typed, 'FR')), typed).toEqual([1]);
  expect(found(matchAll('I-2026-123456', 'FR'))).toEqual([4]);
  expect(found(matchAll('I-2026-123', 'FR'))).toEqual([1, 3, 4]);
});
