import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './SignIn.module.css';

/** In the place of the help: who refused, why, what to do. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <div id={id} className={classes.error} role="alert">
      <IconAlertTriangle size={14} stroke={1.5} aria-hidden />
      <span>{children}</span>
    </div>
  );
}
