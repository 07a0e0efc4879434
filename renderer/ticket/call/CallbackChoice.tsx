import { serverNow } from '../../time/now.ts';
import { timeWords } from '../../time/words.ts';
import { useTicket } from '../ticket-context.ts';
import { wakeChoices } from '../wake-choices.ts';
import classes from './call.module.css';

/** When to try again: near times, the next opening, an hour of one's own, or not at all. */
export function CallbackChoice({ value, onChoose }: { value: string | null; onChoose(at: string | null): void }) {
  const { detail, words } = useTicket();
  const now = serverNow();
  const minutes = (count: number) => new Date(Math.ceil((now + count * 60_000) / 300_000) * 300_000).toISOString();
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
        type="time"
        className={classes.timeField}
        aria-label={words.say('call.at')}
        defaultValue={value ? timeWords(value, words.saying).padStart(5, '0') : ''}
        onChange={(event) => {
          const at = todayAt(event.target.value, now);
          if (at) onChoose(at);
        }}
      />
    </div>
  );
}

/** The next time the clock shows this: today, or tomorrow when it is past. */
export function todayAt(time: string, now: number): string | null {
  const [hours, minutes] = time.split(':').map(Number);
  if (hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)) return null;
  const at = new Date(now);
  at.setHours(hours, minutes, 0, 0);
  if (at.getTime() <= now) at.setDate(at.getDate() + 1);
  return at.toISOString();
}
