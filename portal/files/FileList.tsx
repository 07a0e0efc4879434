import { Progress } from '@mantine/core';
import { IconFile, IconLink, IconPhoto, IconX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { failureWords } from '../api/failure-words.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import classes from './Files.module.css';
import { sizeWords } from './size-words.ts';
import type { Upload } from './uploads.ts';

/** What is to be attached, each with what has become of it. */
export function FileList({
  uploads,
  links,
  onRemove,
  onRemoveLink,
}: {
  uploads: readonly Upload[];
  links: readonly { id: string; url: string }[];
  onRemove(id: string): void;
  onRemoveLink(id: string): void;
}) {
  const { t } = useWords();
  const { desk } = usePortal();
  if (uploads.length + links.length === 0) return null;
  return (
    <ul className={classes.list}>
      {uploads.map((one) => (
        <Item key={one.id} name={one.name} isWrong={one.state === 'refused'} onRemove={() => onRemove(one.id)}>
          {/\.(png|jpe?g|gif|webp|heic)$/i.test(one.name) ? (
            <IconPhoto size={20} stroke={1.75} aria-hidden />
          ) : (
            <IconFile size={20} stroke={1.75} aria-hidden />
          )}
          <div className={classes.text}>
            <div className={classes.name} title={one.name}>
              {one.name}
            </div>
            {one.state === 'sending' && (
              <Progress className={classes.bar ?? ''} size={4} value={(100 * one.received) / one.size} aria-label={one.name} />
            )}
            <div className={classes.state} role={one.state === 'refused' ? 'alert' : undefined}>
              {stateWords(one, desk.maxFileBytes, t)}
            </div>
          </div>
        </Item>
      ))}
      {links.map((link) => (
        <Item key={link.id} name={link.url} isWrong={false} onRemove={() => onRemoveLink(link.id)}>
          <IconLink size={20} stroke={1.75} aria-hidden />
          <div className={`${classes.text} ${classes.name}`} title={link.url}>
            {link.url}
          </div>
        </Item>
      ))}
    </ul>
  );
}

function Item({ name, isWrong, onRemove, children }: { name: string; isWrong: boolean; onRemove(): void; children: ReactNode }) {
  const { t } = useWords();
  return (
    <li className={classes.item} data-wrong={isWrong || undefined}>
      {children}
      <button type="button" className={classes.remove} aria-label={t('files.remove', { name })} onClick={onRemove}>
        <IconX size={20} stroke={1.75} aria-hidden />
      </button>
    </li>
  );
}

function stateWords({ state, problem, received, size }: Upload, maxBytes: number, t: TFunction): string {
  if (state === 'again') return t('files.again');
  if (state === 'waiting') return t('files.waiting');
  if (state === 'stopped') return t('files.stopped');
  if (state === 'sending') return t('files.percent', { percent: Math.floor((100 * received) / size) });
  if (problem === null) return sizeWords(size, t);
  if (problem.kind === 'refused') return t('files.refused', { why: failureWords(problem.failure, t) });
  return t(`files.${problem.kind}`, { limit: Math.floor(maxBytes / 1_048_576) });
}
