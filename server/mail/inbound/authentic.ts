/**
 * Whether the server that took a mail in found the sender's domain to stand behind it (DMARC, in a header by RFC 8601). `results`: all such
 * headers, the topmost first; `host`: how that server calls itself in them, in small letters. Whoever writes a mail can put any of them into it,
 * so that only the topmost one of that host counts: servers write theirs above what was there.
 */
export function passedDmarc(results: readonly string[], host: string): boolean {
  const own = results.map(withoutFreeText).find((one) => one.split(/[;\s]/, 1)[0] === host);
  return own !== undefined && /;\s*dmarc\s*=\s*pass(\s|;|$)/.test(own);
}

/** Comments and quoted values hold what a stranger chose. */
function withoutFreeText(header: string): string {
  let text = header.toLowerCase().replace(/"(\\.|[^"\\])*"/g, '""');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\([^()]*\)/g, ' ');
  }
  return text.trim();
}
