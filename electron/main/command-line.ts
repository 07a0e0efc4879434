/** What the command line may say. Anything else on it is Chromium's. */
import type { Language } from '#shared/domain/model.ts';
import { parseServerAddress } from './server-address.ts';

export interface CommandLine {
  /** Preset server, only ever on loopback: a shortcut or a deep link must not send a password elsewhere. */
  server: string | null;
  language: Language | null;
}

export function readCommandLine(words: readonly string[]): CommandLine {
  const server = wordFor(words, 'server');
  const parsed = server === undefined ? undefined : parseServerAddress(server);
  return {
    server: parsed?.ok && parsed.value.loopback ? parsed.value.url : null,
    language: languageOf(wordFor(words, 'lang')),
  };
}

/** The UI's language for a locale such as "fr-CA"; null when it is neither French nor English. */
export function languageOf(locale: string | undefined): Language | null {
  const primary = locale?.toLowerCase().split(/[-_.]/)[0];
  return primary === 'fr' || primary === 'en' ? primary : null;
}

function wordFor(words: readonly string[], name: string): string | undefined {
  const start = `--${name}=`;
  return words.find((word) => word.startsWith(start))?.slice(start.length);
}
