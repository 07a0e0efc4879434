import { initials } from '#shared/domain/initials.ts';
import classes from './Avatar.module.css';

/** The initials in a disc; the name stands beside it, so it is hidden from screen readers. */
export function Avatar({ name, large = false }: { name: string; large?: boolean }) {
  return (
    <span className={classes.avatar} data-large={large || undefined} aria-hidden>
      {initials(name)}
    </span>
  );
}
