import { Button, Textarea } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { z } from 'zod';
import { Uuid } from '#shared/domain/model.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { failureWords } from '../api/failure-words.ts';
import type { Act } from '../api/portal-api.ts';
import { usePortal } from '../desk/desk-context.ts';
import { DropHint } from '../files/DropHint.tsx';
import { FileList } from '../files/FileList.tsx';
import { useIncomingFiles } from '../files/incoming.ts';
import { useUploads } from '../files/use-uploads.ts';
import { useWords } from '../i18n/index.ts';
import { newId } from '../kept/new-id.ts';
import { useKept } from '../kept/use-kept.ts';
import { Notice } from '../look/Notice.tsx';
import classes from './Composer.module.css';

const NoteDraft = z.strictObject({ id: Uuid, text: z.string() });
const freshNote = () => ({ id: newId(), text: '' });

/** A message, files, or both; what is not sent yet survives the tab. */
export function Composer({ ticketId, onSent }: { ticketId: string; onSent(): Promise<void> }) {
  const { t, language } = useWords();
  const { api, desk } = usePortal();
  const { value: draft, change, forget } = useKept(`guichet.note.${desk.person.id}.${ticketId}`, NoteDraft, freshNote);
  const { uploads, list } = useUploads();
  const picker = useRef<HTMLInputElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [said, setSaid] = useState('');
  const add = (files: File[]) => uploads.add(files, t('files.add'));
  const over = useIncomingFiles(add);
  const text = draft.text.trim();
  const isEmpty = text === '' && list.length === 0;

  async function send() {
    if (busy || isEmpty) return;
    setBusy(true);
    setProblem(await sendAll());
    setBusy(false);
    field.current?.focus();
  }

  /** What went wrong. */
  async function sendAll(): Promise<string | undefined> {
    await uploads.settle();
    if (uploads.list.some(({ state }) => state === 'stopped')) return failureWords({ kind: 'unreachable' }, t);
    if (uploads.list.some(({ state }) => state !== 'done')) return undefined;
    const acts: Act[] = [
      ...(text === '' ? [] : [{ id: draft.id, ticketId, name: 'note', input: { text, visibility: 'public' } }]),
      ...uploads.list.map(({ id }) => ({
        id,
        ticketId,
        name: 'attach',
        input: { content: { kind: 'file', id }, visibility: 'public' },
      })),
    ];
    const pushed = await api.push(acts);
    if (!pushed.ok) return failureWords(pushed.failure, t);
    for (const [index, act] of acts.entries()) {
      const outcome = pushed.value[index];
      if (outcome?.status === 'rejected') return refusalText(outcome.refusal, language);
      if (act.name === 'attach') uploads.remove(act.id);
      else forget();
    }
    setSaid(text === '' ? t('ticket.fileSent', { count: acts.length }) : t('ticket.sent'));
    await onSent();
    return undefined;
  }

  return (
    <div className={classes.composer}>
      {problem && <Notice tone="wrong">{problem}</Notice>}
      <p className={classes.said} role="status">
        {said}
      </p>
      {list.length > 0 && (
        <div className={classes.files}>
          <FileList uploads={list} links={[]} onRemove={(id) => uploads.remove(id)} onRemoveLink={() => undefined} />
        </div>
      )}
      <div className={classes.line}>
        <Textarea
          ref={field}
          className={classes.field ?? ''}
          aria-label={t('ticket.write')}
          aria-keyshortcuts="Control+Enter"
          placeholder={t('ticket.write')}
          value={draft.text}
          maxLength={20_000}
          autosize
          minRows={1}
          maxRows={6}
          onChange={(event) => {
            // Other words are another message.
            change({ id: newId(), text: event.currentTarget.value });
            setSaid('');
          }}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
          }}
        />
        <button type="button" className={classes.clip} aria-label={t('files.add')} onClick={() => picker.current?.click()}>
          <IconPaperclip size={20} stroke={1.75} aria-hidden />
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          tabIndex={-1}
          data-testid="files"
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = '';
            add(files);
          }}
        />
        {!isEmpty && (
          <Button variant="filled" aria-disabled={busy} onClick={() => void send()}>
            {t('ticket.send')}
          </Button>
        )}
      </div>
      <DropHint over={over} />
    </div>
  );
}
