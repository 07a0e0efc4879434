import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantinedMail } from '#shared/contract/quarantine.ts';
import type { Person } from '#shared/domain/model.ts';
import { core } from '../core/client.ts';
import { useWatch } from '../core/use-watch.ts';
import { FormFrame } from '../ticket/forms/FormFrame.tsx';
import { Segments, TextField } from '../ticket/forms/fields.tsx';
import { PersonPicker } from '../ticket/forms/PersonPicker.tsx';
import { Picker } from '../ticket/forms/Picker.tsx';
import { importances, relevances } from '../ticket/forms/UrgencyForm.tsx';
import { emptyOpening, missingIn, type OpenDraft } from '../ticket/open-draft.ts';
import { useWords } from '../ticket/say.ts';
import type { MailForm } from './MailPane.tsx';
import classes from './mails.module.css';

function factsOf(person: Person): Partial<OpenDraft> {
  const { id, name, phone, siteId, place } = person;
  return { callerId: id, callerName: name, phone: phone?.typed ?? '', siteId, place };
}

/** The mail becomes a ticket in the requester's name: its words are the description, its files come with it. */
export function OpenFromMail({ mail, work }: { mail: QuarantinedMail; work: MailForm }) {
  const { t } = useTranslation();
  const { say, language } = useWords();
  const desk = useWatch('desk', undefined);
  const [content, setContent] = useState<OpenDraft>({ ...emptyOpening, title: mail.subject.slice(0, 200) });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState(0);
  const change = (part: Partial<OpenDraft>) => {
    setContent((before) => ({ ...before, ...part }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in part) && field !== 'requesterId')));
  };
  // Whose address it is has most likely written it.
  const { from, personId } = mail;
  useEffect(() => {
    if (personId === null || !from?.name) return;
    let current = true;
    core
      .call('findPeople', from.name.slice(0, 100))
      .then((people) => {
        const sender = people.find(({ id }) => id === personId);
        if (current && sender) setContent((before) => (before.callerId === null ? { ...before, ...factsOf(sender) } : before));
      })
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [personId, from?.name]);
  if (!desk) return null;
  const siteName = (id: string | null) => desk.sites.find((site) => site.id === id)?.name;

  function submit(): void {
    const missing = missingIn(content, say);
    setErrors(missing);
    const { callerId, siteId, categoryId } = content;
    if (Object.keys(missing).length > 0 || callerId === null || siteId === null || categoryId === null) {
      setWrong((count) => count + 1);
      return;
    }
    const { kind, title, phone, place, importance, relevance } = content;
    const people = { requesterId: callerId, beneficiaryId: callerId };
    work.send({ action: 'open', kind, title, ...people, phone, place, siteId, categoryId, importance, relevance });
  }

  return (
    <FormFrame
      title={t('mails.openTitle')}
      icon={<IconPlus size={16} stroke={1.5} />}
      submit={t('mails.openSubmit')}
      savedAt={null}
      sending={work.sending}
      wrong={wrong}
      onSubmit={submit}
      onBack={work.back}
      back={t('mails.formBack')}
    >
      <PersonPicker
        autoFocus
        label={t('mails.requester')}
        nothing={say('caller.nobody')}
        value={content.callerId}
        chosen={content.callerName}
        siteName={siteName}
        error={errors.requesterId}
        onChoose={(person) => change(factsOf(person))}
      />
      <TextField
        label={say('caller.what')}
        value={content.title}
        maxLength={200}
        error={errors.title}
        onText={(title) => change({ title })}
      />
      <Segments
        label={say('caller.kind')}
        value={content.kind}
        options={(['incident', 'request'] as const).map((value) => ({ value, text: say(`head.kind.${value}`) }))}
        onChoose={(kind) => change({ kind })}
      />
      <Segments
        label={say('caller.importance')}
        value={content.importance}
        options={importances.map((value) => ({ value, text: say(`caller.imp.${value}`) }))}
        onChoose={(importance) => change({ importance })}
      />
      <Segments
        label={say('caller.relevance')}
        value={content.relevance}
        options={relevances.map((value) => ({ value, text: say(`caller.rel.${value}`) }))}
        onChoose={(relevance) => change({ relevance })}
      />
      <Picker
        label={say('caller.category')}
        nothing={say('timeline.unknownCategory')}
        value={content.categoryId}
        chosen={desk.categories.find(({ id }) => id === content.categoryId)?.names[language] ?? ''}
        options={desk.categories.map(({ id, names }) => ({ id, label: names[language] }))}
        error={errors.categoryId}
        onChoose={({ id }) => change({ categoryId: id })}
      />
      <Picker
        label={say('caller.site')}
        nothing={say('timeline.unknownCategory')}
        value={content.siteId}
        chosen={siteName(content.siteId) ?? ''}
        options={desk.sites.map(({ id, name }) => ({ id, label: name }))}
        error={errors.siteId}
        onChoose={({ id }) => change({ siteId: id })}
      />
      {work.problem && (
        <p className={classes.problem} role="alert">
          {work.problem}
        </p>
      )}
    </FormFrame>
  );
}
