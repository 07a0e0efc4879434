import { FocusTrap } from '@mantine/core';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { AttachedFile } from '#shared/domain/model.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { Cut } from '../../ui/Cut.tsx';
import { OpButton } from '../../ui/OpButton.tsx';
import type { Words } from '../say.ts';
import classes from './files.module.css';
import { type Drawn, draw, type Unseen } from './pictures.ts';
import { SaveButton } from './SaveButton.tsx';
import { sizeWords } from './words.ts';

/** More than any screen shows. */
const MOST = { width: 4096, height: 4096 };

interface Props {
  ticketId: string;
  file: AttachedFile;
  words: Words;
  onClose(): void;
}

/** A picture as large as the window lets it be; Escape and a press beside it go back. */
export function Viewer({ ticketId, file, words, onClose }: Props) {
  const [shown, setShown] = useState<Drawn | Unseen>();
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => (opener instanceof HTMLElement ? opener.focus({ preventScroll: true }) : undefined), [opener]);
  useKeys({ escape: onClose });
  useEffect(() => {
    let made: Drawn | undefined;
    let current = true;
    const settle = (drawn: Drawn | Unseen) => {
      if (typeof drawn === 'object') made = drawn;
      if (current) setShown(drawn);
      else if (made) URL.revokeObjectURL(made.url);
    };
    draw(ticketId, file, MOST).then(settle, () => settle('missing'));
    return () => {
      current = false;
      if (made) URL.revokeObjectURL(made.url);
    };
  }, [ticketId, file]);
  return createPortal(
    <FocusTrap active>
      {/* It takes the focus itself, so that a press on the picture does not give it to the page behind. */}
      <div className={classes.viewer} role="dialog" aria-modal="true" aria-label={file.name} tabIndex={-1}>
        <header className={classes.viewerHead}>
          <Cut className={classes.name}>{file.name}</Cut>
          <span className={classes.size}>{sizeWords(file.size, words)}</span>
          <span className={classes.grow} />
          <SaveButton ticketId={ticketId} file={file} words={words} />
          <OpButton small quiet data-autofocus label={words.say('files.close')} k="escape" onClick={onClose} />
        </header>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape and the button do the same */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape and the button do the same */}
        <div
          className={classes.stage}
          aria-busy={shown === undefined}
          onClick={(event) => event.target === event.currentTarget && onClose()}
        >
          {typeof shown === 'object' && <img src={shown.url} alt={file.name} draggable={false} />}
          {typeof shown === 'string' && <p>{words.say(`files.unseen.${shown}`)}</p>}
        </div>
      </div>
    </FocusTrap>,
    document.body,
  );
}
