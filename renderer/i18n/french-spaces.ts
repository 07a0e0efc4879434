const NARROW = '\u202f';
const FULL = '\u00a0';

/** The spaces that French wants and that may not break: before : ; ? !, inside guillemets, before % and units after a figure. */
export function frenchSpaces(text: string): string {
  return text
    .replace(/[ \u00a0]([;?!])/g, `${NARROW}$1`)
    .replace(/ :(?=\s|$)/g, `${FULL}:`)
    .replace(/« /g, `«${FULL}`)
    .replace(/ »/g, `${FULL}»`)
    .replace(/(\d|\}\}) (min|h|s|px|Mo|Ko|%)(?![\p{L}])/gu, `$1${FULL}$2`);
}
