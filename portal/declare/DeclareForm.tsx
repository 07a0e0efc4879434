import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Importance, type Kind, Relevance } from '#shared/domain/model.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { failureWords } from '../api/failure-words.ts';
import { usePortal } from '../desk/desk-context.ts';
import { FileButtons } from '../files/FileButtons.tsx';
import { FileList } from '../files/FileList.tsx';
import { useUploads } from '../files/use-uploads.ts';
import { useWords } from '../i18n/index.ts';
import { newId } from '../kept/new-id.ts';
import { useKept } from '../kept/use-kept.ts';
import { Choice } from '../look/Choice.tsx';
import { FooterHint, Frame } from '../look/Frame.tsx';
import { Notice } from '../look/Notice.tsx';
import { durationWords } from '../time/words.ts';
import classes from './Declare.module.css';
import { contactOf, Declaration, type DeclarationField, freshDeclaration, missingFields } from './declaration.ts';
import type { SentTicket } from './Sent.tsx';
import { sendDeclaration } from './send.ts';
import { useExpected, useSimilar } from './use-forecast.ts';
import { Who } from './Who.tsx';

interface Props {
  kind: Kind;
  draftKey: string;
  onSent(sent: SentTicket): void;
}

export function DeclareForm({ kind, draftKey, onSent }: Props) {
  const { t, language } = useWords();
  const { api, desk } = usePortal();
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const { value: draft, wasKept, change, forget } = useKept(draftKey, Declaration, freshDeclaration);
  const { uploads, list } = useUploads(draft.files);
  const [missing, setMissing] = useState<readonly DeclarationField[]>([]);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const expected = useExpected(draft, kind);
  const similar = useSimilar(draft);
  const contact = contactOf(draft, desk);
  const site = desk.sites.find(({ id }) => id === contact.siteId);

  const kept = useRef(draft.files);
  useEffect(() => {
    // What the server will not take is shown, and not kept.
    const files = list.filter(({ state }) => state !== 'refused').map(({ id, name, size }) => ({ id, name, size }));
    if (JSON.stringify(files) !== JSON.stringify(kept.current)) {
      kept.current = files;
      change({ files });
    }
  }, [list, change]);

  const errorOf = (field: DeclarationField) => (missing.includes(field) ? t(`declare.missing.${field}`) : undefined);
  const edit = (to: Partial<Declaration>) => {
    change(to);
    // A complaint goes as soon as it no longer holds.
    if (missing.length > 0) {
      const now = missingFields({ ...draft, ...to }, desk);
      setMissing(missing.filter((field) => now.includes(field)));
    }
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const lacking = missingFields(draft, desk);
    setMissing(lacking);
    setProblem(undefined);
    const [first] = lacking;
    if (first) return focusField(form.current, first);
    setBusy(true);
    const outcome = await sendDeclaration(draft, kind, { api, desk, uploads });
    setBusy(false);
    if (outcome.kind === 'sent') {
      const { isEarlier, lost } = outcome;
      const beneficiary = draft.who === 'me' ? null : (draft.other?.name ?? draft.guest);
      uploads.clear();
      forget();
      return onSent({ id: draft.ids.ticket, isEarlier, lost, expected, beneficiary });
    }
    if (outcome.kind === 'files') return form.current?.querySelector<HTMLElement>('[data-files] [data-wrong] button')?.focus();
    setProblem(
      outcome.kind === 'failed'
        ? failureWords(outcome.failure, t)
        : refusalText(outcome.refusal, language, { timeZone: expected?.timeZone }),
    );
  }

  return (
    <Frame
      title={t(`declare.title.${kind}`)}
      back
      footer={
        <>
          {problem && <Notice tone="wrong">{problem}</Notice>}
          <Button variant="filled" type="submit" form={formId} aria-disabled={busy} data-busy={busy || undefined}>
            {sendWords()}
          </Button>
          <FooterHint>
            {expected && (
              <span>
                {t('declare.promise', {
                  urgency: t(`urgency.${expected.urgency}`),
                  duration: durationWords(expected.takeChargeMinutes, { language }),
                })}
              </span>
            )}
            {similar !== undefined && similar > 0 && site && <span>{t('declare.similar', { count: similar, site: site.name })}</span>}
          </FooterHint>
        </>
      }
    >
      <form ref={form} id={formId} className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        {wasKept && (
          <Notice>
            <div className={classes.restored}>
              {t('declare.restored')}
              <button
                type="button"
                className={classes.quiet}
                onClick={() => {
                  uploads.clear();
                  forget();
                  setMissing([]);
                }}
              >
                {t('declare.startOver')}
              </button>
            </div>
          </Notice>
        )}
        <TextInput
          label={t('declare.short')}
          placeholder={t(`declare.shortHint.${kind}`)}
          data-field="title"
          value={draft.title}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => edit({ title: event.currentTarget.value })}
          error={errorOf('title')}
        />
        <Textarea
          label={t(`declare.description.${kind}`)}
          placeholder={t(`declare.descriptionHint.${kind}`)}
          value={draft.description}
          maxLength={20_000}
          autosize
          minRows={3}
          maxRows={10}
          onChange={(event) => edit({ description: event.currentTarget.value })}
        />
        <Select
          label={t('declare.category')}
          placeholder={t('declare.categoryChoose')}
          data-field="category"
          data={desk.categories.map(({ id, names }) => ({ value: id, label: names[language] }))}
          value={draft.categoryId}
          onChange={(categoryId) => edit({ categoryId })}
          error={errorOf('category')}
          allowDeselect={false}
          withCheckIcon
        />
        <div data-field="importance">
          <Choice
            label={t(`declare.importance.${kind}`)}
            options={Importance.options.map((value) => ({ value, label: t(`declare.importance.${value}`) }))}
            value={draft.importance}
            onChange={(importance) => edit({ importance })}
            error={errorOf('importance')}
          />
        </div>
        <div data-field="relevance">
          <Choice
            label={t(`declare.relevance.${kind}`)}
            options={Relevance.options.map((value) => ({
              value,
              label: t(value === 'hindered' ? 'declare.relevance.hindered' : `declare.relevance.${value}.${kind}`),
            }))}
            value={draft.relevance}
            onChange={(relevance) => edit({ relevance })}
            error={errorOf('relevance')}
          />
        </div>
        <Who key={draft.ids.operation} draft={draft} onChange={edit} errorOf={errorOf} />
        <div className={classes.pair} style={{ marginTop: 0 }}>
          <Select
            label={t('declare.site')}
            data-field="site"
            data={desk.sites.map(({ id, name }) => ({ value: id, label: name }))}
            value={contact.siteId}
            onChange={(siteId) => edit({ siteId })}
            error={errorOf('site')}
            allowDeselect={false}
            searchable={desk.sites.length > 8}
          />
          <TextInput
            label={t('declare.place')}
            placeholder={t('declare.placeHint')}
            value={contact.place}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => edit({ place: event.currentTarget.value })}
          />
        </div>
        <div data-files>
          <h2 className={classes.question}>{t('declare.files')}</h2>
          <FileList
            uploads={list}
            links={draft.links}
            onRemove={(id) => uploads.remove(id)}
            onRemoveLink={(id) => edit({ links: draft.links.filter((link) => link.id !== id) })}
          />
          <FileButtons
            onFiles={(files) => uploads.add(files, t('declare.files'))}
            onLink={(url) => edit({ links: [...draft.links, { id: newId(), url }] })}
          />
        </div>
      </form>
    </Frame>
  );

  function sendWords(): string {
    if (!busy) return t('declare.send');
    const sending = list.filter(({ state }) => state === 'sending' || state === 'waiting');
    if (sending.length === 0) return t('declare.sending');
    const total = list.reduce((sum, { size }) => sum + size, 0);
    const received = list.reduce((sum, one) => sum + one.received, 0);
    return t('declare.sendingFiles', { percent: Math.floor((100 * received) / total) });
  }
}

function focusField(form: HTMLFormElement | null, field: DeclarationField): void {
  const place = form?.querySelector<HTMLElement>(`[data-field="${field}"]`);
  const control = place?.matches('input, textarea') ? place : place?.querySelector<HTMLElement>('input, [role=radio], button');
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
}
