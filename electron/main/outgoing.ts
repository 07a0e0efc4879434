/** What may leave for the system: numbers to its dialler, links to its browser. */
import type { HostResult } from '#shared/contract/host.ts';

/** The `tel:` address of an E.164 number, or of a short national code; everything else is refused. */
export function dialAddress(number: string): HostResult<string> {
  // Never `*` or `#` (a code that reconfigures the line), nor a scheme or a parameter smuggled in.
  if (!/^\+\d{4,15}$/.test(number) && !/^\d{2,6}$/.test(number)) return { ok: false, failure: { kind: 'refused_number' } };
  return { ok: true, value: `tel:${number}` };
}

/** The link as the URL parser writes it, so that what was checked is what is opened. */
export function outgoingLink(link: string): HostResult<string> {
  if (!URL.canParse(link)) return { ok: false, failure: { kind: 'refused_link' } };
  const url = new URL(link);
  // Host names as the network has them: nothing that a program between here and the browser could read as its own.
  const isWeb = url.protocol === 'https:' && /^(?:[\w.-]+|\[[\da-f:.]+\])$/.test(url.hostname) && !url.username && !url.password;
  // A mail address only: fields such as `attach` would let a text of a ticket add a file to a mail. Programs that know no
  // fragment, or decode before they look, find fields behind "#?" and "%3F" too.
  const isMail = /^mailto:[^\s@,;?#%&]+@[^\s@,;?#%&]+$/.test(url.href);
  return isWeb || isMail ? { ok: true, value: url.href } : { ok: false, failure: { kind: 'refused_link' } };
}
