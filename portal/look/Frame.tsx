import { Popover } from '@mantine/core';
import { IconArrowLeft, IconLogout } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useDesk } from '../desk/desk-context.ts';
import { chooseLanguage, useWords } from '../i18n/index.ts';
import { Avatar } from './Avatar.tsx';
import classes from './Frame.module.css';
import { Logo } from './Logo.tsx';

interface Props {
  title: string;
  /** In grey above the title: what it is about. */
  above?: ReactNode;
  /** Leads back to the tickets instead of naming the service. */
  back?: boolean;
  footer?: ReactNode;
  children?: ReactNode;
}

/** A page: where one is, what there is, and what one can do with it at the bottom. A new page takes the focus at its title. */
export function Frame({ title, above, back = false, footer, children }: Props) {
  const { t } = useWords();
  const { service, person, signOut } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${service}`;
    // A page whose field asks for the focus has it already.
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus();
  }, [title, service]);
  return (
    <div className={classes.frame}>
      {/* No link: what follows the # of the address may be a mail's token. */}
      <button type="button" className={classes.skip} onClick={() => document.getElementById('content')?.focus()}>
        {t('frame.skip')}
      </button>
      <header className={classes.header}>
        {back ? (
          <Link href="/" className={`${classes.home} ${classes.back}`}>
            <IconArrowLeft size={20} stroke={1.75} aria-hidden />
            {t('ticket.back')}
          </Link>
        ) : person ? (
          <Link href="/" className={classes.home} aria-label={t('frame.home', { service })}>
            <Logo />
            <span className={classes.service}>{service}</span>
          </Link>
        ) : (
          <span className={classes.home}>
            <Logo />
            <span className={classes.service}>{service}</span>
          </span>
        )}
        <span className={classes.space} />
        {person && signOut ? <Account name={person.name} onSignOut={signOut} /> : <Languages />}
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        {above && <p className={classes.above}>{above}</p>}
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </h1>
        {children}
      </main>
      {footer && <footer className={classes.footer}>{footer}</footer>}
    </div>
  );
}

function Account({ name, onSignOut }: { name: string; onSignOut(): void }) {
  const { t, language } = useWords();
  const other = language === 'fr' ? 'en' : 'fr';
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.account} aria-label={t('frame.account', { name })} onClick={() => setOpen(!isOpen)}>
          <Avatar name={name} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.choices ?? ''}>
        <p className={classes.who}>{name}</p>
        <button type="button" className={classes.choice} lang={other} onClick={() => chooseLanguage(other)}>
          {t(`language.${other}`)}
        </button>
        <button type="button" className={classes.choice} onClick={onSignOut}>
          {t('frame.signOut')}
          <IconLogout size={20} stroke={1.75} aria-hidden />
        </button>
      </Popover.Dropdown>
    </Popover>
  );
}

function Languages() {
  const { t, language } = useWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons that belong together, not a form
    <div className={classes.languages} role="group" aria-label={t('language.label')}>
      {(['fr', 'en'] as const).map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          className={classes.language}
          aria-pressed={language === one}
          onClick={() => chooseLanguage(one)}
        >
          {t(`language.${one}`)}
        </button>
      ))}
    </div>
  );
}

/** Below the one filled button. */
export function FooterHint({ children }: { children: ReactNode }) {
  return (
    <p className={classes.hint} aria-live="polite">
      {children}
    </p>
  );
}
