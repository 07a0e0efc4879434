/** Which addresses a console may talk to: https, or http on this very machine. */
import type { HostFailure, HostResult } from '#shared/contract/host.ts';

export interface ServerAddress {
  /** Without a slash at the end; may carry a path prefix. */
  url: string;
  loopback: boolean;
}

/** Takes what a person typed: "desk.example.org" means https. Refuses with `bad_address` or `insecure`. */
export function parseServerAddress(typed: string): HostResult<ServerAddress> {
  const text = typed.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${schemeFor(text)}://${text}`;
  if (!URL.canParse(withScheme)) return refused({ kind: 'bad_address' });
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refused({ kind: 'bad_address' });
  // A name and password in an address would be kept in plain text, a query or fragment has no meaning here.
  if (url.username || url.password || url.search || url.hash || url.hostname === '') return refused({ kind: 'bad_address' });
  const loopback = isLoopback(url.hostname);
  if (url.protocol === 'http:' && !loopback) return refused({ kind: 'insecure' });
  return { ok: true, value: { url: url.href.replace(/\/+$/, ''), loopback } };
}

/** `hostname` as the URL parser gives it: lower case, numbers normalised, IPv6 in brackets. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function schemeFor(text: string): 'http' | 'https' {
  return URL.canParse(`http://${text}`) && isLoopback(new URL(`http://${text}`).hostname) ? 'http' : 'https';
}

function refused(failure: HostFailure): { ok: false; failure: HostFailure } {
  return { ok: false, failure };
}
