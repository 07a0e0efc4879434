import { IconAlertOctagon, IconCheck, IconClock } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import type { ClockView } from '#shared/contract/sla.ts';
import { say } from '../../i18n/index.ts';
import { serverNow, useTicking } from '../../time/now.ts';
import type { Words } from '../say.ts';
import { useTicket } from '../ticket-context.ts';
import { type ClockShown, type ClockTone, clockShown } from './clock-words.ts';
import { useExplained } from './ExplainPopover.tsx';
import { PausedBars } from './PausedBars.tsx';
import classes from './sla.module.css';
import { Why } from './Why.tsx';

export const clockGlyphs: Partial<Record<ClockTone, ReactNode>> = {
  soon: <IconClock size={14} stroke={1.5} aria-hidden />,
  late: <IconAlertOctagon size={14} stroke={1.5} aria-hidden />,
  met: <IconCheck size={14} stroke={1.5} aria-hidden />,
  paused: <PausedBars />,
};

/** When the calendar that a running clock counts in closes; null when not known or closed now. */
export function closingOf({ openNow, changesAt }: { openNow: boolean; changesAt: string | null }): number | null {
  return openNow && changesAt ? Date.parse(changesAt) : null;
}

/** Text of the clock now; the caller renders only when a word changes. */
export function useClockShown(clock: ClockView): ClockShown {
  const { detail, words } = useTicket();
  const closesAt = closingOf(detail.siteHours);
  const shown = useTicking((now) => {
    const { tone, value, end, share } = clockShown(clock, now, closesAt, words);
    return [tone, value, end, Math.round(share * 100)].join('|');
  });
  return useMemo(() => {
    const [tone = 'ok', value = '', end = '', share = '0'] = shown.split('|');
    const { title } = clockShown(clock, serverNow(), closesAt, words);
    return { tone: tone as ClockTone, value, end, share: Number(share) / 100, title };
  }, [shown, clock, closesAt, words]);
}

/** The tooltip of a countdown that opens its explanation. */
export function withWhy(title: string, { language }: Words): string {
  return [title, say('shell:time.why', language)].filter(Boolean).join('\n');
}

function Clock({ clock }: { clock: ClockView }) {
  const { words } = useTicket();
  const { explain } = useExplained();
  const { tone, value, end, share, title } = useClockShown(clock);
  return (
    <div className={classes.clock} data-tone={tone} data-clock={clock.clock} title={withWhy(title, words)}>
      <span className={classes.label}>{words.say(`clock.${clock.clock}`)}</span>
      <span className={classes.gauge} aria-hidden>
        <i style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <button type="button" className={classes.value} aria-haspopup="dialog" onClick={() => explain(clock.clock)}>
        {clockGlyphs[tone]}
        {value}
      </button>
      <span className={classes.end}>{end}</span>
    </div>
  );
}

/** The three clocks, and in one sentence why the deadline is where it is. */
export function Clocks() {
  const { detail, words } = useTicket();
  return (
    <section className={classes.clocks} aria-label={words.say('clock.label')}>
      {detail.clocks.map((clock) => (
        <Clock key={clock.clock} clock={clock} />
      ))}
      <Why key={detail.ticket.id} />
      <Thresholds />
    </section>
  );
}

/** Screen readers hear a threshold once, never each minute. */
function Thresholds() {
  const { detail, words } = useTicket();
  const closesAt = closingOf(detail.siteHours);
  const told = useTicking((now) =>
    detail.clocks
      .flatMap((clock) => {
        const { tone } = clockShown(clock, now, closesAt, words);
        if (clock.state !== 'running' || (tone !== 'soon' && tone !== 'late')) return [];
        return words.say(tone === 'soon' ? 'clock.soonTold' : 'clock.lateTold', { clock: words.say(`clock.${clock.clock}`) });
      })
      .join('. '),
  );
  return (
    <span role="status" style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
      {told}
    </span>
  );
}
