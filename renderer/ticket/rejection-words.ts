/** What the banner after a refusal says; pure. */
import type { Rejection } from '#shared/contract/core.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { timeWords } from '../time/words.ts';
import { atWords, listWords, sentence, type Words } from './say.ts';

export interface RejectionWords {
  title: string;
  when: string;
  /** What is on the ticket all the same; null: nothing. */
  kept: string | null;
  notApplied: string;
  /** Both values, when something changed meanwhile. */
  values: { seen: string; current: string } | null;
  /** A claim that somebody else made first: one may ask for the ticket. */
  holderName: string | null;
}

function valueWords(field: string, value: string | null, { say }: Words): string {
  if (value === null) return say('rejected.nobody');
  if (field === 'urgency') return say(`head.urgency.${value}`);
  return value === '' ? '–' : value;
}

export function rejectionWords(rejection: Rejection, now: number, words: Words): RejectionWords {
  const { say, saying, language } = words;
  const { refusal } = rejection;
  const act = say(`act.${rejection.name}`);
  const isTaken = refusal.code === 'already_held';
  const clock = (instant: string) => timeWords(instant, saying);
  const proposed = rejection.kept.some(({ as }) => as === 'solution_proposed');
  const kept = rejection.kept.flatMap(({ name, as, madeAt }) => {
    const time = clock(madeAt);
    // Said where the resolution is missed.
    if (as === 'solution_proposed') return [];
    if (['log_call', 'note', 'attach', 'resolve'].includes(name)) return say(`kept.${name}`, { time });
    return say('kept.other', { name: say(`operation.${name}`), time });
  });
  const lost = [act, ...rejection.notApplied.filter(({ name }) => name !== rejection.name).map(({ name }) => say(`act.${name}`))];
  const lostWords = listWords(
    lost.map((text, index) => (index === 0 ? text : text.charAt(0).toLocaleLowerCase() + text.slice(1))),
    language,
  );
  let title = say('rejected.title', { act: act.charAt(0).toLocaleLowerCase() + act.slice(1) });
  if (isTaken)
    title = refusal.since
      ? say('rejected.takenBy', { name: refusal.holderName, time: clock(refusal.since) })
      : say('rejected.takenByNoTime', { name: refusal.holderName });
  const times = { made: atWords(rejection.madeAt, now, words), answered: atWords(rejection.answeredAt, now, words) };
  const when = isTaken ? say('rejected.when', times) : `${refusalText(refusal, language)} ${say('rejected.whenOther', times)}`;
  return {
    title,
    when,
    kept: kept.length > 0 ? sentence(`${listWords(kept, language)}${say('kept.andMarked')}`) : null,
    notApplied: `${lostWords}.${proposed ? ` ${say('rejected.proposed')}` : ''}`,
    values:
      refusal.code === 'changed'
        ? { seen: valueWords(refusal.field, refusal.seen, words), current: valueWords(refusal.field, refusal.current, words) }
        : null,
    holderName: isTaken ? refusal.holderName : null,
  };
}
