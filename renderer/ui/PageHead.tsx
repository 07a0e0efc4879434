import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';
import { Key } from './Key.tsx';
import classes from './PageHead.module.css';

interface Props {
  title: string;
  /** Says where the arrow and Escape lead. */
  back: string;
  onBack(): void;
  /** Beside the title. */
  children?: ReactNode;
}

/** The line at the top of what takes the place of list and ticket. */
export function PageHead({ title, back, onBack, children }: Props) {
  return (
    <header className={classes.head}>
      <IconButton label={back} onClick={onBack}>
        <IconArrowLeft size={16} stroke={1.5} aria-hidden />
      </IconButton>
      <h1 className={classes.title}>{title}</h1>
      <Key k="escape" />
      {children}
    </header>
  );
}
