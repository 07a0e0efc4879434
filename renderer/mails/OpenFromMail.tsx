import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantinedMail } from '#shared/contract/quarantine.ts';
import type { Person } from '#shared/domain/model.ts';
import { core } from '../core/client.ts';
import { useWatch } from '../core/use-watch.ts';
import { TextField } from '../ticket/forms/fields.tsx';
import { CategoryPicker, factsOf, KindQuestion, SitePicker, UrgencyQuestions } from '../ticket/forms/OpeningFields.tsx';
import { PersonPicker } from '../ticket/forms/PersonPicker.tsx';
import { emptyOpening, missingIn, type OpenDraft } from '../ticket/open-draft.ts';
import { useWords } from '../ticket/say.ts';
import { MailFormFrame } from './MailFormFrame.tsx';
import type { MailForm } from './MailPane.tsx';

/** Who writes has the problem. */
function asRequester(person: Person): Partial<OpenDraft> {
  return { callerId: person.id, callerName: person.name, ...factsOf(person) };
}

/** The mail becomes a ticket in the requester's name: its words are the description, its files come with it. */
export function OpenFromMail({ mail, work }: { mail: QuarantinedMail; work: MailForm }) {
  const { t } = useTranslation();
  const { say } = useWords();
  const desk = useWatch('desk', undefined);
  const [content, setContent] = useState<OpenDraft>({ ...emptyOpening, title: mail.subject.slice(0, 200) });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState(0);
  const change = (part: Partial<OpenDraft>, ...fields: string[]) => {
    setContent((before) => ({ ...before, ...part }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !fields.includes(field))));
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
        if (current && sender) setContent((before) => (before.callerId === null ? { ...before, ...asRequester(sender) } : before));
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
    <MailFormFrame
      title={t('mails.openTitle')}
      icon={<IconPlus size={16} stroke={1.5} />}
      submit={t('mails.openSubmit')}
      work={work}
      wrong={wrong}
      onSubmit={submit}
    >
      <PersonPicker
        autoFocus
        label={t('mails.requester')}
        nothing={say('caller.nobody')}
        value={content.callerId}
        chosen={content.callerName}
        siteName={siteName}
        error={errors.requesterId}
        onChoose={(person) => change(asRequester(person), 'requesterId', 'siteId')}
      />
      <TextField
        label={say('caller.what')}
        value={content.title}
        maxLength={200}
        error={errors.title}
        onText={(title) => change({ title }, 'title')}
      />
      <KindQuestion content={content} change={change} />
      <UrgencyQuestions content={content} change={change} />
      <CategoryPicker desk={desk} content={content} errors={errors} change={change} />
      <SitePicker desk={desk} content={content} errors={errors} change={change} />
    </MailFormFrame>
  );
}
