/** Texts of strangers, without what no text needs. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same without those that lay out a text
const CONTROLS_IN_TEXT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]+/g;
/** They turn the writing round, so that one reads what is not there. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Halves of characters, which no database takes. */
const HALVES = /[\ud800-\udfff]/gu;

/** An encoded word may hold line ends, and so further headers. */
export function oneLine(text: string): string {
  return text.replace(HALVES, '').replace(TURNING, '').replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim();
}

export function cleanText(text: string): string {
  return text
    .replace(HALVES, '')
    .replace(/\r\n?/g, '\n')
    .replace(TURNING, '')
    .replace(/\u00a0/g, ' ')
    .replace(CONTROLS_IN_TEXT, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim();
}

/** `longest` UTF-16 units at most, and no half of a character at the end. */
export function cutText(text: string, longest: number): string {
  return text.slice(0, longest).replace(HALVES, '');
}
