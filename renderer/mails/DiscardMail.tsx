import { IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MailFormFrame } from './MailFormFrame.tsx';
import type { MailForm } from './MailPane.tsx';
import classes from './mails.module.css';

/** It cannot be taken back: asked once more. */
export function DiscardMail({ work }: { work: MailForm }) {
  const { t } = useTranslation();
  // There is no field that takes the focus: what is about to happen does, so that it is read out.
  const help = useRef<HTMLParagraphElement>(null);
  useEffect(() => help.current?.focus(), []);
  return (
    <MailFormFrame
      title={t('mails.discardTitle')}
      icon={<IconTrash size={16} stroke={1.5} />}
      submit={t('mails.discardSubmit')}
      work={work}
      onSubmit={() => work.send({ action: 'discard' })}
    >
      <p ref={help} tabIndex={-1} className={classes.help}>
        {t('mails.discardHelp')}
      </p>
    </MailFormFrame>
  );
}
