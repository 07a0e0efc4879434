import type { ReactNode } from 'react';
import classes from './Tag.module.css';

/** A 16-px label. Dashed: not settled yet (in the pool, to be confirmed). */
export function Tag({ dashed = false, children }: { dashed?: boolean; children: ReactNode }) {
  return (
    <span className={classes.tag} data-dashed={dashed || undefined}>
      {children}
    </span>
  );
}
