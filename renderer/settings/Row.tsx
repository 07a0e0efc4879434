import type { ReactNode } from 'react';
import classes from './SettingsPage.module.css';

/** Label and help on the left, the control on the right. */
export function Row({ label, help, lead, children }: { label: string; help?: string | undefined; lead?: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.row}>
      {lead}
      <div className={classes.grow}>
        <div>{label}</div>
        {help && <p className={classes.help}>{help}</p>}
      </div>
      {children}
    </div>
  );
}
