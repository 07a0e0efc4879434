export interface ImapAddress {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise it is switched on before the password is said, except on this very machine. */
  secure: boolean;
  user: string;
  password: string;
  mailbox: string;
}

/** imaps://user:password@host[:port][/MAILBOX], or imap:// for STARTTLS; user and password percent-encoded. Undefined: it is none. */
export function parseImapAddress(text: string): ImapAddress | undefined {
  const url = URL.parse(text);
  if (!url || !/^imaps?:$/.test(url.protocol) || url.hostname === '' || url.username === '' || url.password === '') return undefined;
  if (url.search !== '' || url.hash !== '') return undefined;
  const secure = url.protocol === 'imaps:';
  try {
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
      secure,
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      mailbox: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
    };
  } catch {
    // A % that encodes nothing.
    return undefined;
  }
}
