/**
 * Whether the server that took a mail in found the sender's domain to stand behind it (DMARC, in a header by RFC 8601). `results`: all such
 * headers, the topmost first; `host`: how that server calls itself in them, in small letters. Whoever writes a mail can put any of them into it,
 * so that only the topmost one of that host counts: servers write theirs above what was there.
 */
export function passedDmarc(results: readonly string[], host: string): boolean {
  const own = results.map(withoutFreeText).find((one) => one.split(/[;\s]/, 1)[0] === host);
  return own !== undefined && /;\s*dmarc\s*=\s*pass(\s|;|$)/.test(own);
}

/** Comments and quoted values hold what a stranger chose. Read once from left to right: it may be a megabyte of brackets. */
function withoutFreeText(header: string): string {
  let text = '';
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < header.length; index += 1) {
    const sign = header.charAt(index);
    if (sign === '\\' && (isQuoted || depth > 0)) index += 1;
    else if (sign === '"' && depth === 0) {
      isQuoted = !isQuoted;
      text += sign;
    } else if (isQuoted) continue;
    else if (sign === '(') depth += 1;
    else if (sign === ')' && depth > 0) {
      depth -= 1;
      text += ' ';
    } else if (depth === 0) text += sign;
  }
  return text.toLowerCase().trim();
}
