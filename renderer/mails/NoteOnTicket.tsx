import { IconFilePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantineView } from '#shared/contract/quarantine.ts';
import { useWatch } from '../core/use-watch.ts';
import { FormFrame } from '../ticket/forms/FormFrame.tsx';
import { Picker } from '../ticket/forms/Picker.tsx';
import { useWords } from '../ticket/say.ts';
import type { MailForm } from './MailPane.tsx';
import classes from './mails.module.css';

const labelOf = ({ number, title }: { number: string | null; title: string }) => [number, title].filter(Boolean).join(' · ');

/** The mail becomes an internal note of mine, on the ticket that is found by number or by words. `ticket`: of its code, proposed. */
export function NoteOnTicket({ ticket, work }: { ticket: QuarantineView['ticket']; work: MailForm }) {
  const { t } = useTranslation();
  const { say } = useWords();
  const [chosen, setChosen] = useState(ticket && { id: ticket.id, label: labelOf(ticket) });
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(0);
  const found = useWatch('list', { view: 'search', text: typed, sort: 'newest', teamIds: [], siteIds: [], kinds: [], offset: 0, limit: 8 });
  const rows = typed.trim() === '' ? [] : (found?.rows ?? []);
  const submit = () => (chosen ? work.send({ action: 'note', ticketId: chosen.id }) : setWrong(wrong + 1));
  return (
    <FormFrame
      title={t('mails.noteTitle')}
      icon={<IconFilePlus size={16} stroke={1.5} />}
      submit={t('mails.noteSubmit')}
      savedAt={null}
      sending={work.sending}
      wrong={wrong}
      onSubmit={submit}
      onBack={work.back}
      back={t('mails.formBack')}
    >
      <Picker
        label={t('mails.ticket')}
        placeholder={say('linkForm.placeholder')}
        nothing={say(typed.trim() === '' ? 'linkForm.typeFirst' : 'linkForm.nothing')}
        value={chosen?.id ?? null}
        chosen={chosen?.label ?? ''}
        options={rows.map((row) => ({ id: row.id, label: labelOf(row), detail: row.beneficiary }))}
        autoFocus
        error={wrong > 0 && !chosen ? say('linkForm.needed') : undefined}
        onType={(text) => setTyped(text.slice(0, 200))}
        onChoose={({ id, label }) => setChosen({ id, label })}
      />
      <p className={classes.help}>{t('mails.noteHelp')}</p>
      {work.problem && (
        <p className={classes.problem} role="alert">
          {work.problem}
        </p>
      )}
    </FormFrame>
  );
}
