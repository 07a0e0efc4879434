import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostFailure } from '#shared/contract/host.ts';
import { hostAnswer, useSession } from '../state/session.ts';
import { Key } from '../ui/Key.tsx';
import { Logo } from '../ui/Logo.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import { FieldError } from './FieldError.tsx';
import { failureText } from './failure-text.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import classes from './SignIn.module.css';

interface Props {
  /** The address in use, when one comes to change it. */
  address?: string;
  onBack?(): void;
}

/** First launch: the address, once. Guichet looks whether a server answers before it goes on. */
export function ChooseServer({ address = '', onBack }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const version = useSession((state) => state.version);
  const setSession = useSession((state) => state.setSession);
  const [typed, setTyped] = useState(address);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<HostFailure>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (typed.trim() === '') return setFailure({ kind: 'bad_address' });
    setBusy(true);
    setFailure(undefined);
    const answer = await hostAnswer(window.guichet.chooseServer(typed.trim()));
    setBusy(false);
    if ('failure' in answer) {
      setFailure(answer.failure);
      document.getElementById(id)?.focus();
      return;
    }
    setSession(answer.value);
    onBack?.();
  }

  return (
    <>
      <div className={classes.logo}>
        <Logo size={28} />
      </div>
      <h1 className={classes.title}>{t('signin.server.title')}</h1>
      <p className={classes.lead}>{t('signin.server.lead')}</p>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <div>
          <label className={classes.label} htmlFor={id}>
            {t('signin.server.address')}
          </label>
          <input
            id={id}
            // biome-ignore lint/a11y/noAutofocus: the one field of the page
            autoFocus
            className={classes.field}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            aria-invalid={failure !== undefined || undefined}
            aria-describedby={`${id}-help`}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            inputMode="url"
          />
          {failure ? (
            <FieldError id={`${id}-help`}>{failureText(failure, t)}</FieldError>
          ) : (
            <p id={`${id}-help`} className={classes.hint}>
              {t('signin.server.once')}
            </p>
          )}
        </div>
        <OpButton primary type="submit" className={classes.wide ?? ''} label={t('signin.continue')} k="enter" busy={busy} />
        {onBack && (
          <button type="button" className={classes.link} onClick={onBack}>
            {t('signin.back')} <Key k="escape" />
          </button>
        )}
      </form>
      <p className={classes.small}>{t('signin.server.notFound')}</p>
      <footer className={classes.bottom}>
        <LanguageSwitch />
        <span className={classes.version}>{t('signin.version', { version })}</span>
      </footer>
    </>
  );
}
