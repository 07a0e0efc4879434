import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

const icons = { wrong: IconAlertTriangle, good: IconCheck, plain: IconInfoCircle };

/** Stays until it is no longer true. What went wrong is said at once by screen readers, the rest when they are free. */
export function Notice({ tone = 'plain', children }: { tone?: 'wrong' | 'good' | 'plain'; children: ReactNode }) {
  const Icon = icons[tone];
  return (
    <div className={classes.notice} data-tone={tone} role={tone === 'wrong' ? 'alert' : 'status'}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div className={classes.text}>{children}</div>
    </div>
  );
}
