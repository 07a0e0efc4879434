import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Failure } from '../api/answer.ts';
import { failureWords } from '../api/failure-words.ts';
import type { Session } from '../api/session.ts';
import { useWords } from '../i18n/index.ts';
import { Frame } from '../look/Frame.tsx';
import { Notice } from '../look/Notice.tsx';
import classes from './SignIn.module.css';

/** In place of the page that one wanted; a refusal erases nothing. `before`: whose session has just ended. */
export function SignIn({ session, before }: { session: Session; before: { name: string } | null }) {
  const { t } = useWords();
  const form = useId();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<'login' | 'password'>();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const loginField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  useEffect(() => loginField.current?.focus(), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const empty = login.trim() === '' ? 'login' : password === '' ? 'password' : undefined;
    setMissing(empty);
    setFailure(undefined);
    if (empty) return (empty === 'login' ? loginField : passwordField).current?.focus();
    setBusy(true);
    const answer = await session.signIn({ login: login.trim(), password, device: deviceName() });
    if (answer.ok) return;
    setBusy(false);
    setFailure(answer.failure);
    passwordField.current?.focus();
  }

  return (
    <Frame
      title={t('signin.title')}
      footer={
        <Button variant="filled" type="submit" form={form} loading={busy}>
          {t('signin.submit')}
        </Button>
      }
    >
      {before ? <Notice>{t('signin.again', { name: before.name })}</Notice> : <p className={classes.lead}>{t('signin.lead')}</p>}
      <form id={form} className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          ref={loginField}
          label={t('signin.login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          error={missing === 'login' ? t('signin.loginMissing') : undefined}
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={200}
        />
        <PasswordInput
          ref={passwordField}
          label={t('signin.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={missing === 'password' ? t('signin.passwordMissing') : undefined}
          autoComplete="current-password"
          maxLength={1000}
          rightSectionWidth={48}
          visibilityToggleButtonProps={{ size: 44, 'aria-label': t('signin.show') }}
        />
        {failure && <Notice tone="wrong">{failureWords(failure, t)}</Notice>}
      </form>
    </Frame>
  );
}

/** For the list of sessions: which browser, on what. */
function deviceName(): string {
  const agent = navigator.userAgent;
  const browser = /(Firefox|Edg|Chrome|Safari)\//.exec(agent)?.[1] ?? 'Browser';
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? '';
  return `Portal, ${browser} ${system}`.trim();
}
