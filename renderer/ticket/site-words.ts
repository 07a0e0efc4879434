import type { TicketDetail } from '#shared/contract/core.ts';
import { useTicking } from '../time/now.ts';
import { instantWords, timeWords } from '../time/words.ts';
import { atWords, type Words } from './say.ts';

/** "Site ouvert jusqu’à 18:00"; and "14:07 là-bas", empty where it is as late as here. By the clock that ticks in the window. */
export function useSiteWords({ openNow, changesAt, timeZone }: TicketDetail['siteHours'], words: Words): { hours: string; there: string } {
  const { say, saying } = words;
  const hours = useTicking((now) => {
    if (openNow) return changesAt ? say('contact.openUntil', { time: instantWords(changesAt, now, saying) }) : say('contact.openNow');
    return changesAt ? say('contact.opensAt', { time: atWords(changesAt, now, words) }) : say('contact.closed');
  });
  const there = useTicking((now) => {
    const local = timeWords(now, { ...saying, timeZone });
    return local === timeWords(now, saying) ? '' : say('contact.localTime', { time: local });
  });
  return { hours, there };
}
