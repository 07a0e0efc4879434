import classes from './Avatar.module.css';

/** Two letters: of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

/** The initials in a disc; the name stands beside it, so it is hidden from screen readers. */
export function Avatar({ name, large = false }: { name: string; large?: boolean }) {
  return (
    <span className={classes.avatar} data-large={large || undefined} aria-hidden>
      {initials(name)}
    </span>
  );
}
