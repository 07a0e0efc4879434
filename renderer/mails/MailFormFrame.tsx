import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFrame } from '../ticket/forms/FormFrame.tsx';
import type { MailForm } from './MailPane.tsx';
import classes from './mails.module.css';

interface Props {
  title: string;
  icon: ReactNode;
  submit: string;
  work: MailForm;
  /** How often it was sent with something missing. */
  wrong?: number;
  onSubmit(): void;
  children: ReactNode;
}

/** What is made of a mail: nothing of it is kept as a draft, for the mail itself is kept. */
export function MailFormFrame({ title, icon, submit, work, wrong = 0, onSubmit, children }: Props) {
  const { t } = useTranslation();
  return (
    <FormFrame
      title={title}
      icon={icon}
      submit={submit}
      savedAt={null}
      sending={work.sending}
      wrong={wrong}
      onSubmit={onSubmit}
      onBack={work.back}
      back={t('mails.formBack')}
    >
      {children}
      {work.problem && (
        <p className={classes.problem} role="alert">
          {work.problem}
        </p>
      )}
    </FormFrame>
  );
}
