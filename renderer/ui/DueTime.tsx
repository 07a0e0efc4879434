import { IconAlertOctagon, IconClock } from '@tabler/icons-react';
import type { Due } from '#shared/contract/sla.ts';
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

/** The time left, ticked by the window's clock. Only this text renders when it changes, never its row. */
export function DueTime({ due }: { due: Due }) {
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
    <span className={classes.due} data-tone={tone} title={title}>
      {glyphs[tone]}
      {tone === 'soon' && <span className={classes.hidden}>{t('time.soon')}</span>}
      {text}
    </span>
  );
}
