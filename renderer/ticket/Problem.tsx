import { IconAlertTriangle } from '@tabler/icons-react';
import { refusalText } from '#shared/domain/refusal-text.ts';
import type { Outcome } from './perform.ts';
import type { Words } from './say.ts';
import classes from './ticket.module.css';

/** Why it was not done: who refused, why. A refusal is in the person's language already; a failure of this machine is told with its detail. */
export function outcomeWords(outcome: Exclude<Outcome, { kind: 'done' }>, words: Words): string {
  if (outcome.kind === 'refused') return refusalText(outcome.refusal, words.language);
  return words.say('form.failed', { detail: outcome.message });
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
