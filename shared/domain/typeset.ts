const NARROW = '\u202f';
const FULL = '\u00a0';

/** The spaces that French wants and that may not break: before : ; ? !, inside guillemets, before % and units after a figure. */
export function typesetFrench(text: string): string {
  return text
    .replace(/[ \u00a0]([;?!])/g, `${NARROW}$1`)
    .replace(/ :(?=\s|$)/g, `${FULL}:`)
    .replace(/« /g, `«${FULL}`)
    .replace(/ »/g, `${FULL}»`)
    .replace(/(\d|\}\}) (min|h|s|px|Mo|Ko|%)(?![\p{L}])/gu, `$1${FULL}$2`);
}

/** For templates: the words are set, what people wrote is left as it is. */
export function french(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.map((part, index) => typesetFrench(part) + (values[index] ?? '')).join('');
}
