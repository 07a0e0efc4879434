import { VisuallyHidden } from '@mantine/core';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AttachedFile, Attachment } from '#shared/domain/model.ts';
import { usePortal } from '../desk/desk-context.ts';
import { sizeWords } from '../files/size-words.ts';
import { useWords } from '../i18n/index.ts';
import classes from './Attached.module.css';

/** Kinds that every browser draws without running anything. */
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** Larger ones are saved, not drawn: the line may be a telephone's. */
const LARGEST_DRAWN = 8 * 1_048_576;

export function Attached({ attachment }: { attachment: Attachment }) {
  if (attachment.kind === 'file') return <File file={attachment} />;
  return (
    <a className={classes.file} href={attachment.url} target="_blank" rel="noreferrer noopener">
      <span className={classes.name}>{attachment.title || attachment.url}</span>
      <IconExternalLink size={20} stroke={1.75} aria-hidden />
    </a>
  );
}

/** Fetched with the session, which a plain link could not carry: drawn from memory, or saved. */
function File({ file }: { file: AttachedFile }) {
  const { t } = useWords();
  const { api } = usePortal();
  const isPicture = pictures.includes(file.type) && file.size <= LARGEST_DRAWN;
  const [shown, setShown] = useState<string>();
  const [isWrong, setWrong] = useState(false);

  useEffect(() => {
    if (!isPicture) return;
    let isOver = false;
    let url: string | undefined;
    void api.file(file.id).then((answer) => {
      if (isOver || !answer.ok) return;
      // By the type that the server found, never by one that the answer claims.
      url = URL.createObjectURL(new Blob([answer.value], { type: file.type }));
      setShown(url);
    });
    return () => {
      isOver = true;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [api, file.id, file.type, isPicture]);

  async function save() {
    setWrong(false);
    const answer = await api.file(file.id);
    if (!answer.ok) return setWrong(true);
    const url = URL.createObjectURL(new Blob([answer.value], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = file.name;
    link.click();
    // The browser has taken it up by then.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  return (
    <>
      {shown && <img className={classes.picture} src={shown} alt={file.name} />}
      <button type="button" className={classes.file} onClick={() => void save()}>
        <VisuallyHidden>{t('files.save')}</VisuallyHidden>
        <span className={classes.name} title={file.name}>
          {file.name}
        </span>
        <span className={classes.size}>{sizeWords(file.size, t)}</span>
        <IconDownload size={20} stroke={1.75} aria-hidden />
      </button>
      {isWrong && (
        <p className={classes.wrong} role="alert">
          {t('files.notHere')}
        </p>
      )}
    </>
  );
}
