import type { Urgency } from '#shared/domain/model.ts';
import { useShellWords } from '../i18n/index.ts';
import classes from './UrgencyMark.module.css';

const shapes: Record<Urgency, React.ReactNode> = {
  high: <path d="M8 1.2 14.8 8 8 14.8 1.2 8Z" fill="currentColor" />,
  medium: (
    <>
      <circle cx="8" cy="8" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 2.75a5.25 5.25 0 0 1 0 10.5Z" fill="currentColor" />
    </>
  ),
  low: <circle cx="8" cy="8" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

/** Full diamond, half disc, open ring: told apart by shape, then by colour; the word is in the tooltip. */
export function UrgencyMark({ urgency }: { urgency: Urgency }) {
  const t = useShellWords();
  const name = t(`urgency.${urgency}`);
  return (
    <svg className={classes.mark} data-urgency={urgency} viewBox="0 0 16 16" role="img" aria-label={name}>
      <title>{name}</title>
      {shapes[urgency]}
    </svg>
  );
}
