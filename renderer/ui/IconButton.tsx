import type { ComponentPropsWithRef, ReactNode } from 'react';
import classes from './IconButton.module.css';

/** A 28-px button with an icon alone; its name is its label and its tooltip. */
export function IconButton({ label, children, ...rest }: ComponentPropsWithRef<'button'> & { label: string; children: ReactNode }) {
  return (
    <button type="button" {...rest} className={classes.button} aria-label={label} title={label}>
      {children}
    </button>
  );
}
