/** Phone numbers: understood with libphonenumber's full metadata, so that a number that cannot exist is not dialled. */
import { AsYouType, type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Phone } from './model.ts';

export type Dialability = { kind: 'ok' } | { kind: 'ask'; why: 'short' | 'premium' } | { kind: 'no' };

/**
 * Keeps what was typed beside the E.164 number, which is null when the text is no valid number.
 * `defaultCountry`: ISO country of numbers without a prefix; null when there is none.
 */
export function normalisePhone(typed: string, defaultCountry: string | null): Phone {
  return { typed, e164: validE164(typed, defaultCountry) };
}

function validE164(typed: string, defaultCountry: string | null): string | null {
  const number = parsePhoneNumberFromString(typed, countryOf(defaultCountry));
  return number?.isValid() ? number.number : null;
}

/** The digits with which the E.164 number begins of which this was typed so far, in any notation: "06 12" → "33612" in France; null: none. */
export function internationalDigits(typed: string, defaultCountry: string | null): string | null {
  const number = new AsYouType(countryOf(defaultCountry));
  number.input(typed.replace(/[^\d+]/g, ''));
  return number.getNumberValue()?.replace(/\D/g, '') || null;
}

function countryOf(code: string | null): CountryCode | undefined {
  return code !== null && isSupportedCountry(code) ? code : undefined;
}

/** What would be dialled: the E.164 number, or a short one (112, an extension) as its digits; null when neither was typed. */
export function dialled({ typed, e164 }: Phone): string | null {
  if (e164 !== null) return e164;
  const digits = typed.replace(/[\s.-]/g, '');
  return /^\d{2,6}$/.test(digits) ? digits : null;
}

/** Whether a number may be dialled at once, after a question, or never. Codes with `*` and `#` are never dialled. */
export function dialability(e164: string | null): Dialability {
  if (e164 === null || !/^\+?\d+$/.test(e164)) return { kind: 'no' };
  const digits = e164.replace('+', '');
  if (digits.length < 7) return { kind: 'ask', why: 'short' };
  if (!e164.startsWith('+')) return { kind: 'no' };
  const number = parsePhoneNumberFromString(e164);
  if (number === undefined) return { kind: 'no' };
  const type = number.getType();
  return type === 'PREMIUM_RATE' || type === 'SHARED_COST' ? { kind: 'ask', why: 'premium' } : { kind: 'ok' };
}

/** As people write it: national inside the default country, international elsewhere, as typed when it was not understood. */
export function formatPhone(phone: Phone, defaultCountry: string | null): string {
  if (phone.e164 === null) return phone.typed;
  const number = parsePhoneNumberFromString(phone.e164);
  if (number === undefined) return phone.typed;
  return number.country === countryOf(defaultCountry) ? number.formatNational() : number.formatInternational();
}
