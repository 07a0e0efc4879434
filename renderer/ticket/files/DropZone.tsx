import { IconPaperclip } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { isOffered } from '../operations.ts';
import { labelOf } from '../perform.ts';
import { useTicket } from '../ticket-context.ts';
import { useAttaching, type Visibility } from './attaching.ts';
import classes from './files.module.css';

/** As the note beside it would be: internal, unless its switch says otherwise. */
export function useVisibility(): Visibility {
  return useTicket().detail.drafts.note?.content.public === true ? 'public' : 'internal';
}

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

/** The ticket takes the files that are let go over it. */
export function DropZone({
  className,
  children,
  ...rest
}: {
  className: string | undefined;
  children: ReactNode;
  'data-side'?: true | undefined;
}) {
  const { detail, words } = useTicket();
  const visibility = useVisibility();
  const [over, setOver] = useState(false);
  /** Entering a part of it comes before leaving the one before. */
  const depth = useRef(0);
  const takes = isOffered(detail, 'attach');
  const enter = (by: number) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside the note does the same
    <div
      className={className}
      {...rest}
      onDragEnter={(event) => carriesFiles(event) && takes && enter(1)}
      onDragLeave={(event) => carriesFiles(event) && takes && enter(-1)}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = takes ? 'copy' : 'none';
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        enter(-depth.current);
        const files = [...event.dataTransfer.files];
        if (takes && files.length > 0) {
          void useAttaching.getState().attach({ id: detail.ticket.id, label: labelOf(detail) }, files, visibility);
        }
      }}
    >
      {children}
      {over && (
        <div className={classes.drop} role="status">
          <IconPaperclip size={24} stroke={1.5} aria-hidden />
          <b>{words.say('files.drop', { ticket: labelOf(detail) })}</b>
          <span>{words.say(`files.drop_${visibility}`)}</span>
        </div>
      )}
    </div>
  );
}
