/** The window's own texts, so that a test looks for what a person reads and not for a copy of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '#shared/domain/model.ts';

type Texts = { [key: string]: string | Texts };

/** `say('shell:view.pool')`: the text of that key; throws when there is none, so that a renamed key is noticed. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

export function textsOf(language: Language): Say {
  const read = (namespace: string): Texts =>
    JSON.parse(readFileSync(join(import.meta.dirname, '../../renderer/i18n', language, `${namespace}.json`), 'utf8'));
  const all: Texts = { shell: read('shell'), ticket: read('ticket') };
  return (key, values = {}) => {
    let at: string | Texts | undefined = all;
    for (const part of key.split(/[:.]/)) at = typeof at === 'object' ? at[part] : undefined;
    if (typeof at !== 'string') throw new Error(`no text ${key} in ${language}`);
    return at.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name] ?? `{{${name}}}`));
  };
}

/** A pattern that finds the text whatever stands where it has a value. */
export function patternOf(text: string): RegExp {
  const parts = text.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'));
  return new RegExp(parts.join('.*'));
}
