import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { failureWords } from '../api/failure-words.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import { newId } from '../kept/new-id.ts';
import { Notice } from '../look/Notice.tsx';
import classes from './TicketPage.module.css';

/** For whoever asked, while nobody holds it: with a reason. */
export function Cancel({ ticketId, onDone }: { ticketId: string; onDone(): Promise<void> }) {
  const { t, language } = useWords();
  const { api } = usePortal();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const id = useRef(newId());
  const field = useRef<HTMLTextAreaElement>(null);
  const section = useRef<HTMLElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  /** The buttons too, not only the field, come out from behind the foot of the page. */
  const bringOut = () => section.current?.scrollIntoView({ block: 'nearest' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is open
  useEffect(bringOut, [isOpen]);

  function keep() {
    flushSync(() => setOpen(false));
    opener.current?.focus();
  }

  async function cancel() {
    if (busy) return;
    const isEmpty = reason.trim() === '';
    flushSync(() => setMissing(isEmpty));
    if (isEmpty) {
      field.current?.focus();
      return bringOut();
    }
    setBusy(true);
    const pushed = await api.push([{ id: id.current, ticketId, name: 'cancel', input: { reason: reason.trim() } }]);
    setBusy(false);
    if (!pushed.ok) return setProblem(failureWords(pushed.failure, t));
    const [outcome] = pushed.value;
    if (outcome?.status === 'rejected') setProblem(refusalText(outcome.refusal, language));
    else document.getElementById('content')?.focus();
    await onDone();
  }

  if (!isOpen) {
    return (
      <button ref={opener} type="button" className={classes.quiet} onClick={() => setOpen(true)}>
        {t('ticket.cancel')}
      </button>
    );
  }
  return (
    <section ref={section} className={classes.cancel} aria-label={t('ticket.cancelTitle')}>
      <Textarea
        ref={field}
        autoFocus
        label={`${t('ticket.cancelTitle')} ${t('ticket.cancelReason')}`}
        value={reason}
        maxLength={2_000}
        autosize
        minRows={2}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          id.current = newId();
        }}
        error={isMissing && reason.trim() === '' ? t('ticket.cancelMissing') : undefined}
      />
      {problem && <Notice tone="wrong">{problem}</Notice>}
      <div className={classes.cancelButtons}>
        <Button onClick={() => void cancel()} aria-disabled={busy}>
          {t('ticket.cancelDo')}
        </Button>
        <Button onClick={keep}>{t('ticket.cancelNot')}</Button>
      </div>
    </section>
  );
}
