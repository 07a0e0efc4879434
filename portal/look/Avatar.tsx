import classes from './Avatar.module.css';

/** The initials in a disc; the name stands beside it, so it is hidden from screen readers. */
export function Avatar({ name }: { name: string }) {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words.at(-1)?.[0] : '';
  return <span className={classes.avatar} data-initials={`${words[0]?.[0] ?? ''}${last ?? ''}`.toLocaleUpperCase()} aria-hidden />;
}
