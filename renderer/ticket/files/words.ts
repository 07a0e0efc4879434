/** What is said of files: sizes, states, and why one was not taken. */
import type { UploadProblem, UploadView } from '#shared/contract/files.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import type { Words } from '../say.ts';
import type { NotTaken } from './attaching.ts';

/** As the systems count beside whose windows it stands, and the limits too. */
const KILO = 1024;
const MEGA = 1024 * KILO;

/** "340 Ko", "1,2 Mo"; what fits below, in whole ones. */
export function sizeWords(bytes: number, { say, language }: Words): string {
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: digits }).format(value);
  if (bytes < KILO) return say('files.bytes', { size: number(bytes, 0) });
  if (bytes < MEGA) return say('files.kilo', { size: number(bytes / KILO, 0) });
  return say('files.mega', { size: number(bytes / MEGA, 1) });
}

export function problemWords({ code, limit }: UploadProblem, words: Words): string {
  if (code === 'too_large' && limit !== null) return words.say('files.problem.larger_than', { limit: Math.floor(limit / MEGA) });
  return words.say(`files.problem.${code}`);
}

/** One sentence, with the file's name. */
export function notTakenWords({ name, why }: NotTaken, words: Words): string {
  const reason =
    'problem' in why
      ? problemWords(why.problem, words)
      : 'refusal' in why
        ? refusalText(why.refusal, words.language)
        : words.say('files.notKept', { detail: why.failed });
  return words.say('files.notTaken', { name, reason });
}

/** How far it is; empty once the server has it. */
export function uploadWords({ state, received, size }: UploadView, isOnline: boolean, { say }: Words): string {
  if (state === 'refused') return '';
  if (state === 'uploading') return say('files.uploading', { percent: Math.floor((received / size) * 100) });
  if (state === 'uploaded') return say('files.uploaded');
  return say(isOnline ? 'files.waiting' : 'files.offline');
}
