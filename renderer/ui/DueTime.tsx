import { IconAlertOctagon, IconClock } from '@tabler/icons-react';
import type { ClockView, Due } from '#shared/contract/sla.ts';
import { useShellWords } from '../i18n/index.ts';
import { serverNow, useTicking } from '../time/now.ts';
import { type DueWords, dueWords } from '../time/words.ts';
import classes from './DueTime.module.css';
import { useSaying } from './use-saying.ts';

const glyphs: Partial<Record<DueWords['tone'], React.ReactNode>> = {
  soon: <IconClock size={14} stroke={1.5} aria-hidden />,
  late: <IconAlertOctagon size={14} stroke={1.5} aria-hidden />,
  paused: (
    <svg
      width="14"
      height="14"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M6 4v8M10 4v8" />
    </svg>
  ),
};

const clocks = ['takeCharge', 'contact', 'resolution'] as const satisfies readonly ClockView['clock'][];

/** While all are paused: the clock that is told is that of the whole ticket. */
const clockOf = (due: Due) => (due.state === 'running' ? due.clock : 'resolution');

/** Whose countdown was clicked: what it stands in opens the explanation of this clock. Undefined for any other place. */
export function clockUnder(target: EventTarget): ClockView['clock'] | undefined {
  const found = target instanceof Element ? target.closest<HTMLElement>('[data-explains]')?.dataset.explains : undefined;
  return clocks.find((one) => one === found);
}

/**
 * The time left, ticked by the window's clock. Only this text renders when it changes, never its row. `explains`: it is a deadline, which
 * can be asked why (`clockUnder`); it takes no key and no focus of its own, since what it stands in is one control.
 */
export function DueTime({ due, explains = true }: { due: Due; explains?: boolean }) {
  const saying = useSaying();
  const t = useShellWords();
  const shown = useTicking((now) => {
    const { tone, text } = dueWords(due, now, saying);
    return `${tone}|${text}`;
  });
  const [tone, text] = shown.split('|') as [DueWords['tone'], string];
  if (tone === 'none') return null;
  const { title } = dueWords(due, serverNow(), saying);
  return (
    <span
      className={classes.due}
      data-tone={tone}
      data-explains={explains ? clockOf(due) : undefined}
      title={explains ? `${title}\n${t('time.why')}` : title}
    >
      {glyphs[tone]}
      {tone === 'soon' && <span className={classes.hidden}>{t('time.soon')}</span>}
      {text}
    </span>
  );
}
