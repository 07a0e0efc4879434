import { initials } from '#shared/domain/initials.ts';
import classes from './Avatar.module.css';

/** The initials in a disc; the name stands beside it, so it is hidden from screen readers. */
export function Avatar({ name }: { name: string }) {
  return <span className={classes.avatar} data-initials={initials(name)} aria-hidden />;
}
