import { IconCloudUp } from '@tabler/icons-react';
import { memo, useEffect, useRef } from 'react';
import type { TicketDetail } from '#shared/contract/core.ts';
import type { UploadView } from '#shared/contract/files.ts';
import type { Ticket } from '#shared/domain/model.ts';
import { useSelection } from '../../state/selection.ts';
import { useTicking } from '../../time/now.ts';
import { exactWords, instantWords } from '../../time/words.ts';
import { Tag } from '../../ui/Tag.tsx';
import { Attachment } from '../files/Attachment.tsx';
import { useWords, type Words } from '../say.ts';
import { useTicket } from '../ticket-context.ts';
import { entryIcon } from './entry-icons.ts';
import { entryWords, type NameBook, type TimelineItem } from './entry-words.ts';
import classes from './timeline.module.css';

/** "9:26" today, "jeu. 16:42" before; the exact instant in the tooltip. */
export function Stamp({ at }: { at: string }) {
  const words = useWords();
  const shown = useTicking((now) => instantWords(at, now, words.saying));
  return (
    <time dateTime={at} title={exactWords(at, words.saying)}>
      {shown}
    </time>
  );
}

interface LineProps {
  item: TimelineItem;
  ticket: Ticket;
  names: NameBook;
  words: Words;
  /** Of a file of mine that is on its way. */
  upload: UploadView | undefined;
}

function uploadOf({ entry }: TimelineItem, uploads: TicketDetail['uploads']): UploadView | undefined {
  return entry.kind === 'attached' && entry.data.attachment.kind === 'file' ? uploads[entry.data.attachment.id] : undefined;
}

/** Renders again only when one of its parts changed: not with each letter of a draft. */
const Line = memo(function Line({ item, ticket, names, words, upload }: LineProps) {
  const { entry, unsent } = item;
  const { lead, rest, body, boxed, person } = entryWords(item, ticket, names, words);
  const Icon = entryIcon(entry);
  return (
    <li className={classes.entry} data-kind={entry.kind}>
      <Icon size={16} stroke={1.5} aria-hidden />
      <span className={classes.text} data-person={person || undefined}>
        {entry.kind === 'linked' ? (
          <button type="button" className={classes.linked} onClick={() => useSelection.getState().select(entry.data.ticketId)}>
            {lead}
          </button>
        ) : (
          <b>{lead}</b>
        )}
        {rest}
      </span>
      <span className={classes.stamp}>
        {entry.offline && (
          <span title={words.say('timeline.offlineWhy')}>
            <Tag>{words.say('timeline.offline')}</Tag>
          </span>
        )}
        {unsent && (
          <span title={words.say('timeline.unsent')} style={{ display: 'inline-flex' }}>
            <IconCloudUp size={14} stroke={1.5} role="img" aria-label={words.say('timeline.unsent')} />
          </span>
        )}
        <Stamp at={entry.at} />
      </span>
      {entry.kind === 'attached' && (
        <Attachment
          ticketId={ticket.id}
          operationId={entry.id}
          attachment={entry.data.attachment}
          upload={unsent ? upload : undefined}
          words={words}
        />
      )}
      {body !== null && (
        <p className={classes.body} data-boxed={boxed || undefined}>
          {body}
        </p>
      )}
    </li>
  );
});

/** What happened, oldest first; what was taken back is not shown. A line that I add comes into sight. */
export function Timeline() {
  const { detail, desk, words, names } = useTicket();
  const shown = detail.timeline.filter(({ entry }) => !entry.undone);
  const list = useRef<HTMLOListElement>(null);
  const last = shown.at(-1);
  const seen = useRef({ ticketId: detail.ticket.id, count: shown.length });
  const count = shown.length;
  const lastIsMine = last?.entry.authorId === desk.me.id;
  const ticketId = detail.ticket.id;
  useEffect(() => {
    const before = seen.current;
    seen.current = { ticketId, count };
    if (before.ticketId !== ticketId || count <= before.count || !lastIsMine) return;
    // With the frame that lays it out: asked for earlier, the whole pane would be laid out twice.
    const frame = requestAnimationFrame(() => list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [ticketId, count, lastIsMine]);
  return (
    <ol ref={list} aria-label={words.say('timeline.label')}>
      {shown.map((item) => (
        <Line key={item.entry.id} item={item} ticket={detail.ticket} names={names} words={words} upload={uploadOf(item, detail.uploads)} />
      ))}
    </ol>
  );
}
