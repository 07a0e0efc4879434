import { IconPaperclip } from '@tabler/icons-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from '../../ui/IconButton.tsx';
import type { Words } from '../say.ts';
import classes from './files.module.css';

interface Props {
  words: Words;
  onFiles(files: readonly File[]): void;
  /** Another button than the paper clip. */
  children?: (open: () => void) => ReactNode;
}

/** Opens the system's own dialogue. */
export function PickFiles({ words, onFiles, children }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const open = () => field.current?.click();
  return (
    <>
      {children?.(open) ?? (
        <IconButton label={words.say('files.pick')} onClick={open}>
          <IconPaperclip size={16} stroke={1.5} aria-hidden />
        </IconButton>
      )}
      <input
        ref={field}
        type="file"
        multiple
        className={classes.pick}
        tabIndex={-1}
        aria-label={words.say('files.pick')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be chosen again.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
