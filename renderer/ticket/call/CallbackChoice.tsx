import { useState } from 'react';
import { serverNow } from '../../time/now.ts';
import { dayAt, minutesOf, momentOf } from '../forms/moment.ts';
import { useTicket } from '../ticket-context.ts';
import { wakeChoices } from '../wake-choices.ts';
import classes from './call.module.css';

/** When to try again: near times, the next opening, an hour of one's own, or not at all. */
export function CallbackChoice({ value, onChoose }: { value: string | null; onChoose(at: string | null): void }) {
  const { detail, words } = useTicket();
  const now = serverNow();
  const minutes = (count: number) => new Date(Math.ceil((now + count * 60_000) / 300_000) * 300_000).toISOString();
  const [typed, setTyped] = useState('');
  const take = () => {
    const at = nextAt(typed, now);
    if (at) onChoose(at);
  };
  const chips = [
    { key: 'in15', at: minutes(15), text: words.say('call.in15') },
    { key: 'in1h', at: minutes(60), text: words.say('call.in1h') },
    ...wakeChoices(now, detail.siteHours, words).filter(({ key }) => key !== 'hours'),
  ];
  return (
    <div className={classes.chips}>
      {chips.map(({ key, at, text }) => (
        <button key={key} type="button" className={classes.chip} aria-pressed={value === at} onClick={() => onChoose(at)}>
          {text}
        </button>
      ))}
      <button type="button" className={classes.chip} aria-pressed={value === null} onClick={() => onChoose(null)}>
        {words.say('call.none')}
      </button>
      <input
        type="text"
        inputMode="numeric"
        className={classes.timeField}
        aria-label={words.say('call.at')}
        placeholder={words.say('call.at')}
        value={typed}
        maxLength={8}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
        onBlur={take}
      />
    </div>
  );
}

/** The next time the clock shows this: today, or tomorrow when it is past; null when it is no time. */
export function nextAt(typed: string, now: number): string | null {
  const minutes = minutesOf(typed);
  if (minutes === null) return null;
  const today = momentOf(dayAt(now), minutes);
  return Date.parse(today) > now ? today : momentOf(dayAt(now, 1), minutes);
}
