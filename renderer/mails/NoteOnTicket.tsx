import { IconFilePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuarantineView } from '#shared/contract/quarantine.ts';
import { TicketPicker, ticketLabel } from '../ticket/forms/TicketPicker.tsx';
import { useWords } from '../ticket/say.ts';
import { MailFormFrame } from './MailFormFrame.tsx';
import type { MailForm } from './MailPane.tsx';
import classes from './mails.module.css';

/** The mail becomes an internal note of mine, on a ticket. `ticket`: of its code, proposed. */
export function NoteOnTicket({ ticket, work }: { ticket: QuarantineView['ticket']; work: MailForm }) {
  const { t } = useTranslation();
  const { say } = useWords();
  const [chosen, setChosen] = useState(ticket && { id: ticket.id, label: ticketLabel(ticket) });
  const [wrong, setWrong] = useState(0);
  const submit = () => (chosen ? work.send({ action: 'note', ticketId: chosen.id }) : setWrong(wrong + 1));
  return (
    <MailFormFrame
      title={t('mails.noteTitle')}
      icon={<IconFilePlus size={16} stroke={1.5} />}
      submit={t('mails.noteSubmit')}
      work={work}
      wrong={wrong}
      onSubmit={submit}
    >
      <TicketPicker
        label={t('mails.ticket')}
        value={chosen?.id ?? null}
        chosen={chosen?.label ?? ''}
        error={wrong > 0 && !chosen ? say('linkForm.needed') : undefined}
        onChoose={({ id, label }) => setChosen({ id, label })}
      />
      <p className={classes.help}>{t('mails.noteHelp')}</p>
    </MailFormFrame>
  );
}
