import { Button, TextInput } from '@mantine/core';
import { IconCamera, IconLink, IconPaperclip } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { attach } from '#shared/domain/ticket/attach.ts';
import { useWords } from '../i18n/index.ts';
import { DropHint } from './DropHint.tsx';
import classes from './Files.module.css';
import { useIncomingFiles } from './incoming.ts';

interface Props {
  onFiles(files: File[]): void;
  /** Absent where links are not taken. */
  onLink?: ((url: string) => void) | undefined;
}

/** Every way to add something: chosen, photographed, pasted, let go over the page, or named by its address. */
export function FileButtons({ onFiles, onLink }: Props) {
  const { t } = useWords();
  const over = useIncomingFiles(onFiles);
  const [naming, setNaming] = useState(false);
  return (
    <div>
      <div className={classes.buttons}>
        <Picker onFiles={onFiles} icon={<IconPaperclip size={20} stroke={1.75} aria-hidden />}>
          {t('files.add')}
        </Picker>
        <Picker camera onFiles={onFiles} icon={<IconCamera size={20} stroke={1.75} aria-hidden />}>
          {t('files.photo')}
        </Picker>
        {onLink && (
          <button type="button" className={classes.add} aria-expanded={naming} onClick={() => setNaming(!naming)}>
            <IconLink size={20} stroke={1.75} aria-hidden />
            {t('files.link')}
          </button>
        )}
      </div>
      {naming && onLink && (
        <LinkField
          onLink={(url) => {
            onLink(url);
            setNaming(false);
          }}
        />
      )}
      <p className={`${classes.hint} ${classes.paste}`}>{t('files.paste')}</p>
      <DropHint over={over} />
    </div>
  );
}

/** A button that opens the system's choice of files, or its camera. */
function Picker({
  camera = false,
  onFiles,
  icon,
  children,
}: {
  camera?: boolean;
  onFiles(files: File[]): void;
  icon: ReactNode;
  children: ReactNode;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={`${classes.add} ${camera ? classes.photo : ''}`} onClick={() => field.current?.click()}>
        {icon}
        {children}
      </button>
      <input
        ref={field}
        type="file"
        hidden
        aria-hidden
        tabIndex={-1}
        data-testid={camera ? 'camera' : 'files'}
        multiple={!camera}
        {...(camera ? { accept: 'image/*', capture: 'environment' as const } : {})}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}

function LinkField({ onLink }: { onLink(url: string): void }) {
  const { t } = useWords();
  const [url, setUrl] = useState('');
  const [isWrong, setWrong] = useState(false);
  function add() {
    const typed = url.trim();
    const content = { content: { kind: 'link', url: typed, title: '' }, visibility: 'public' };
    if (!typed.startsWith('https:') || !attach.input.safeParse(content).success) return setWrong(true);
    onLink(typed);
  }
  return (
    <div className={classes.linkForm}>
      <TextInput
        autoFocus
        aria-label={t('files.linkLabel')}
        placeholder="https://"
        inputMode="url"
        value={url}
        error={isWrong ? t('files.linkWrong') : undefined}
        onChange={(event) => {
          setUrl(event.currentTarget.value);
          setWrong(false);
        }}
        // Whoever goes on with the form means it too.
        onBlur={() => url.trim() !== '' && add()}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
      <Button onClick={add}>{t('files.linkAdd')}</Button>
    </div>
  );
}
