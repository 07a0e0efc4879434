import { IconAlertTriangle } from '@tabler/icons-react';
import type { CoreFailure } from '#shared/contract/core.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import classes from './composer.module.css';
import type { Outcome } from './perform.ts';
import type { Words } from './say.ts';

/** Failures that say something to whoever sits here; the others are told with their detail. */
const known: ReadonlySet<CoreFailure['kind']> = new Set(['disk_full', 'damaged', 'newer_files', 'not_ready', 'out_of_reach']);

export function failureWords({ kind, message }: CoreFailure, { say }: Words): string {
  return known.has(kind) ? say(`form.failure.${kind}`) : say('form.failed', { detail: message });
}

/** Why it was not done: who refused, why. A refusal is in the person's language already. */
export function outcomeWords(outcome: Exclude<Outcome, { kind: 'done' }>, words: Words): string {
  if (outcome.kind === 'refused') return refusalText(outcome.refusal, words.language);
  return failureWords(outcome.failure, words);
}

/** A triangle (never the late octagon) and a sentence, in the place of the help. */
export function Problem({ id, children }: { id?: string; children: string }) {
  return (
    <p className={classes.problem} role="alert" {...(id ? { id } : {})}>
      <IconAlertTriangle size={14} stroke={1.5} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
