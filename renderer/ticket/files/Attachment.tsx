import { IconCheck, IconDownload, IconExternalLink, IconFile, IconFileText, IconFileZip, IconPhoto, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { UploadView } from '#shared/contract/files.ts';
import type { Attachment as Attached, AttachedFile } from '#shared/domain/model.ts';
import { core } from '../../core/client.ts';
import { useWatch } from '../../core/use-watch.ts';
import { Cut } from '../../ui/Cut.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Problem } from '../Problem.tsx';
import type { Words } from '../say.ts';
import classes from './files.module.css';
import { hasThumbnail, useThumbnail } from './thumbnails.ts';
import { useSaving } from './use-saving.ts';
import { Viewer } from './Viewer.tsx';
import { problemWords, sizeWords, uploadWords } from './words.ts';

interface Props {
  ticketId: string;
  /** Of the operation that attaches it: what is taken back while it was not sent. */
  operationId: string;
  attachment: Attached;
  /** Until the server has it. */
  upload: UploadView | undefined;
  words: Words;
}

/** Under its line: a picture, a file, or a link. */
export function Attachment({ attachment, ...rest }: Props) {
  if (attachment.kind === 'link') return <LinkChip url={attachment.url} title={attachment.title} words={rest.words} />;
  return <FileView file={attachment} {...rest} />;
}

function LinkChip({ url, title, words }: { url: string; title: string; words: Words }) {
  const shown = url.replace(/^(?:https:\/\/|mailto:)/, '').replace(/\/$/, '');
  return (
    <div className={classes.attachment}>
      <button
        type="button"
        className={classes.chip}
        title={words.say('files.openLink', { url })}
        onClick={() => void window.guichet.openLink(url)}
      >
        <IconExternalLink size={16} stroke={1.5} aria-hidden />
        <Cut className={classes.name}>{title || shown}</Cut>
        {title && <Cut className={classes.size}>{shown}</Cut>}
      </button>
    </div>
  );
}

function FileView({ ticketId, operationId, file, upload, words }: Omit<Props, 'attachment'> & { file: AttachedFile }) {
  const [viewed, setViewed] = useState(false);
  const sync = useWatch('sync', undefined);
  const online = sync === undefined || sync.state !== 'offline';
  const state = upload && uploadWords(upload, online, words);
  return (
    <div className={classes.attachment}>
      {hasThumbnail(file) && <Thumbnail ticketId={ticketId} file={file} online={online} words={words} onView={() => setViewed(true)} />}
      <div className={classes.row}>
        <FileChip
          ticketId={ticketId}
          file={file}
          words={words}
          {...(/^image\//.test(file.type) ? { onView: () => setViewed(true) } : {})}
        />
        {upload && upload.state !== 'uploaded' && (
          <IconButton label={words.say('files.remove')} onClick={() => void core.call('undo', [operationId]).catch(() => undefined)}>
            <IconX size={16} stroke={1.5} aria-hidden />
          </IconButton>
        )}
      </div>
      {state && (
        <p className={classes.state} role="status">
          {upload.state === 'uploading' && (
            <span className={classes.track} aria-hidden>
              <span style={{ width: `${(upload.received / upload.size) * 100}%` }} />
            </span>
          )}
          {state}
        </p>
      )}
      {upload?.problem && <Problem>{words.say('files.refused', { reason: problemWords(upload.problem, words) })}</Problem>}
      {viewed && <Viewer ticketId={ticketId} file={file} words={words} onClose={() => setViewed(false)} />}
    </div>
  );
}

function Thumbnail({
  ticketId,
  file,
  online,
  words,
  onView,
}: {
  ticketId: string;
  file: AttachedFile;
  online: boolean;
  words: Words;
  onView(): void;
}) {
  const shown = useThumbnail(ticketId, file, online);
  if (shown === 'not_drawable') return null;
  if (typeof shown === 'string') return <p className={classes.placeholder}>{words.say(`files.unseen.${shown}`)}</p>;
  return (
    <button type="button" className={classes.thumbnail} aria-label={words.say('files.view', { name: file.name })} onClick={onView}>
      {shown && <img src={shown.url} alt="" draggable={false} />}
    </button>
  );
}

const icons: readonly (readonly [RegExp, typeof IconFile])[] = [
  [/^image\//, IconPhoto],
  [/^application\/(?:zip|gzip|x-7z-compressed|x-rar-compressed)$/, IconFileZip],
  [/^(?:text\/|application\/pdf$|application\/vnd\.)/, IconFileText],
];

/** Name, size, and what is done with it: a picture opens, anything else is saved. */
function FileChip({ ticketId, file, words, onView }: { ticketId: string; file: AttachedFile; words: Words; onView?: () => void }) {
  const { saving, saved, problem, save } = useSaving(ticketId, file, words);
  const Icon = icons.find(([types]) => types.test(file.type))?.[1] ?? IconFile;
  const label = words.say(onView ? 'files.view' : 'files.save', { name: file.name });
  return (
    <>
      <span className={classes.chip}>
        <button type="button" className={classes.main} aria-label={label} title={file.name} onClick={onView ?? (() => void save())}>
          <Icon size={16} stroke={1.5} aria-hidden />
          <Cut className={classes.name}>{file.name}</Cut>
          <span className={classes.size}>{sizeWords(file.size, words)}</span>
        </button>
        <IconButton label={words.say('files.save', { name: file.name })} aria-busy={saving} onClick={() => void save()}>
          {saved ? <IconCheck size={16} stroke={1.5} aria-hidden /> : <IconDownload size={16} stroke={1.5} aria-hidden />}
        </IconButton>
      </span>
      {problem && <Problem>{problem}</Problem>}
    </>
  );
}
