import { IconAlertOctagon, IconClock, IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Due } from '#shared/contract/core.ts';
import { serverNow, useTicking } from '../time/now.ts';
import { type DueWords, dueWords } from '../time/words.ts';
import classes from './DueTime.module.css';
import { useSaying } from './use-saying.ts';

const glyphs: Partial<Record<DueWords['tone'], React.ReactNode>> = {
  soon: <IconClock size={14} stroke={1.5} aria-hidden />,
  late: <IconAlertOctagon size={14} stroke={1.5} aria-hidden />,
  paused: <IconPlayerPause size={14} stroke={1.5} aria-hidden />,
};

/** The time left, ticked by the window's clock. Only this text renders when it changes, never its row. */
export function DueTime({ due }: { due: Due }) {
  const saying = useSaying();
  const { t } = useTranslation();
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
      {tone === 'soon' && <span className={classes.hidden}>{t('shell:time.soon')}</span>}
      {text}
    </span>
  );
}
