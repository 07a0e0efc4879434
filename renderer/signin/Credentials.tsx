import { IconEye, IconEyeOff, IconLock, IconLockOpen } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostFailure, SessionState } from '#shared/contract/host.ts';
import { useKeys } from '../keys/use-keys.ts';
import { hostAnswer, useSession } from '../state/session.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import { ChooseServer } from './ChooseServer.tsx';
import { FieldError } from './FieldError.tsx';
import { failureText } from './failure-text.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import classes from './SignIn.module.css';

type SignedOut = Extract<SessionState, { state: 'signed_out' }>;

/** Login and password. A refusal erases nothing and puts the focus where the mistake probably is. */
export function Credentials({ session }: { session: SignedOut }) {
  const { t } = useTranslation();
  const id = useId();
  const setSession = useSession((state) => state.setSession);
  const [login, setLogin] = useState(session.login ?? '');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<HostFailure>();
  const [missing, setMissing] = useState<'login' | 'password'>();
  const [changing, setChanging] = useState(false);
  const loginField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const known = session.login !== null;
  useEffect(() => (known ? passwordField : loginField).current?.focus(), [known]);
  useKeys({ escape: () => setChanging(false) }, changing);

  if (changing) return <ChooseServer address={session.server} onBack={() => setChanging(false)} />;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const empty = login.trim() === '' ? 'login' : password === '' ? 'password' : undefined;
    setMissing(empty);
    setFailure(undefined);
    if (empty) return (empty === 'login' ? loginField : passwordField).current?.focus();
    setBusy(true);
    const answer = await hostAnswer(window.guichet.signIn({ login: login.trim(), password }));
    setBusy(false);
    if ('value' in answer) return setSession(answer.value);
    setFailure(answer.failure);
    passwordField.current?.focus();
  }

  const noteCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  const service = session.service ?? t('signin.defaultService');
  const wrong = failure?.kind === 'wrong_credentials' || missing === 'password';
  const secure = session.server.startsWith('https:');
  const first = session.login?.split(/[.@]/)[0] ?? '';
  const person = first.charAt(0).toLocaleUpperCase() + first.slice(1);

  return (
    <>
      <div className={classes.company}>
        <span className={classes.badge} aria-hidden>
          {service.charAt(0).toLocaleUpperCase()}
        </span>
        <div>
          <div className={classes.service}>{service}</div>
          <div className={classes.tiny}>{t('signin.desk')}</div>
        </div>
      </div>
      <h1 className={classes.title}>{t('signin.title')}</h1>
      <p className={classes.lead}>{session.unsent > 0 ? t('signin.kept', { count: session.unsent, person }) : t('signin.lead')}</p>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <div>
          <label className={classes.label} htmlFor={`${id}-login`}>
            {t('signin.login')}
          </label>
          <input
            ref={loginField}
            id={`${id}-login`}
            className={classes.field}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
            aria-invalid={missing === 'login' || undefined}
            aria-describedby={missing === 'login' ? `${id}-missing` : undefined}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
          />
          {missing === 'login' && <FieldError id={`${id}-missing`}>{t('signin.loginMissing')}</FieldError>}
        </div>
        <div>
          <label className={classes.label} htmlFor={`${id}-password`}>
            {t('signin.password')}
          </label>
          <div className={classes.withButton}>
            <input
              ref={passwordField}
              id={`${id}-password`}
              className={classes.field}
              type={shown ? 'text' : 'password'}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              onKeyDown={noteCapsLock}
              onKeyUp={noteCapsLock}
              aria-invalid={wrong || undefined}
              aria-describedby={`${id}-problem`}
              autoComplete="current-password"
            />
            <IconButton label={t(shown ? 'signin.hide' : 'signin.show')} aria-pressed={shown} onClick={() => setShown(!shown)}>
              {shown ? <IconEyeOff size={16} stroke={1.5} aria-hidden /> : <IconEye size={16} stroke={1.5} aria-hidden />}
            </IconButton>
          </div>
          <div id={`${id}-problem`}>
            {failure && <FieldError>{failureText(failure, t)}</FieldError>}
            {missing === 'password' && <FieldError>{t('signin.passwordMissing')}</FieldError>}
            {capsLock && (
              <p className={classes.hint} role="status">
                {t('signin.capsLock')}
              </p>
            )}
          </div>
        </div>
        <OpButton primary type="submit" className={classes.wide ?? ''} label={t('signin.submit')} k="enter" busy={busy} />
      </form>
      <footer className={classes.bottom}>
        {secure ? <IconLock size={14} stroke={1.5} aria-hidden /> : <IconLockOpen size={14} stroke={1.5} aria-hidden />}
        <span className={classes.address} title={session.server}>
          {session.server.replace(/^https?:\/\//, '').replace(/\/$/, '')}
        </span>
        <button type="button" className={classes.link} onClick={() => setChanging(true)}>
          {t('signin.change')}
        </button>
        <span className={classes.space} />
        <LanguageSwitch />
      </footer>
    </>
  );
}
