/** Times that one is likely to want: in two hours, tomorrow morning, the next opening of the site; pure. */
import type { TicketDetail } from '#shared/contract/core.ts';
import { instantWords, timeWords } from '../time/words.ts';
import { sentence, type Words } from './say.ts';

export interface WakeChoice {
  key: string;
  at: string;
  text: string;
}

const FIVE_MINUTES = 300_000;

/** Nine o'clock of a day that many days on, not a Saturday or Sunday. */
function morning(now: number, days: number): number {
  const at = new Date(now);
  at.setDate(at.getDate() + days);
  at.setHours(9, 0, 0, 0);
  while (at.getDay() === 0 || at.getDay() === 6) at.setDate(at.getDate() + 1);
  return at.getTime();
}

export function wakeChoices(now: number, { openNow, changesAt }: TicketDetail['siteHours'], { say, saying }: Words): WakeChoice[] {
  const inTwoHours = Math.ceil((now + 2 * 3_600_000) / FIVE_MINUTES) * FIVE_MINUTES;
  const made: WakeChoice[] = [
    { key: 'hours', at: new Date(inTwoHours).toISOString(), text: say('waitForm.inHours', { time: timeWords(inTwoHours, saying) }) },
  ];
  const opening = !openNow && changesAt ? Date.parse(changesAt) : null;
  for (const at of [opening, morning(now, 1), morning(now, 3)]) {
    if (at === null || at <= now || made.some((choice) => Date.parse(choice.at) === at)) continue;
    made.push({ key: String(at), at: new Date(at).toISOString(), text: sentence(instantWords(at, now, saying)) });
  }
  return made;
}
