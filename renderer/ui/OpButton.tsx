import { Button } from '@mantine/core';
import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import { ariaKeys } from '../keys/key-names.ts';
import { Key } from './Key.tsx';
import classes from './OpButton.module.css';

interface Props extends Omit<ComponentPropsWithoutRef<'button'>, 'color' | 'style' | 'children' | 'disabled'> {
  /** A Tabler icon: `<IconNote size={16} stroke={1.5} />`. */
  icon?: ReactNode;
  label: string;
  /** Its key, as in the key maps; shown and announced, not bound here. */
  k?: string;
  /** One filled button a screen. */
  primary?: boolean;
  /** Without outline until hovered. */
  quiet?: boolean;
  small?: boolean;
  /** Waiting for an answer: shown, and not to be pressed again. */
  busy?: boolean;
}

/** A button that shows its key. What is not offered is absent, not greyed. */
export function OpButton({
  icon,
  label,
  k,
  primary = false,
  quiet = false,
  small = false,
  busy = false,
  className,
  type = 'button',
  ...rest
}: Props) {
  return (
    <Button
      {...rest}
      type={type}
      loading={busy}
      variant={primary ? 'filled' : 'default'}
      className={[classes.button, className].filter(Boolean).join(' ')}
      classNames={{ inner: classes.inner ?? '', label: classes.label ?? '', section: classes.section ?? '' }}
      mod={{ primary, quiet, small, keyed: k !== undefined, icon: icon !== undefined }}
      leftSection={icon}
      rightSection={k === undefined ? undefined : <Key k={k} />}
      {...(k === undefined ? {} : { 'aria-keyshortcuts': ariaKeys(k) })}
    >
      {label}
    </Button>
  );
}
