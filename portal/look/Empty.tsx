import type { ReactNode } from 'react';
import classes from './Empty.module.css';

/** One sentence, one reason, what to do. */
export function Empty({ icon, title, why, children }: { icon: ReactNode; title?: string; why: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      {icon}
      {title && <p className={classes.title}>{title}</p>}
      <p className={classes.why}>{why}</p>
      {children}
    </div>
  );
}
