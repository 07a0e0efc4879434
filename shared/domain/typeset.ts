/** French sets a no-break space before a colon and inside guillemets, a narrow one before ; ! and ?. */
export function typesetFrench(text: string): string {
  return text.replace(/ (?=[:»])|(?<=«) /g, '\u00a0').replace(/ (?=[;!?])/g, '\u202f');
}

/** For templates: the words are set, what people wrote is left as it is. */
export function french(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.map((part, index) => typesetFrench(part) + (values[index] ?? '')).join('');
}
