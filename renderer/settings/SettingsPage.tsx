import { SegmentedControl, Select } from '@mantine/core';
import { IconArrowLeft, IconBell, IconCheck, IconChevronDown, IconKeyboard, IconPalette, IconServer, IconUser } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskInfo } from '#shared/contract/core.ts';
import { AlertBanner } from '../alerts/AlertBanner.tsx';
import railClasses from '../shell/Rail.module.css';
import { viewFaces } from '../shell/Rail.tsx';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { faces } from '../ticket/operations.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Key } from '../ui/Key.tsx';
import { useSaying } from '../ui/use-saying.ts';
import { AlertSettings } from './AlertSettings.tsx';
import { Row } from './Row.tsx';
import classes from './SettingsPage.module.css';

const sections = [
  { key: 'account', icon: IconUser },
  { key: 'alerts', icon: IconBell },
  { key: 'appearance', icon: IconPalette },
  { key: 'keys', icon: IconKeyboard },
  { key: 'machine', icon: IconServer },
] as const;

/** Rows of label and control, applied at once; there is nothing to save. */
export function SettingsPage({ desk }: { desk: DeskInfo | null | undefined }) {
  const { t } = useTranslation();
  const { language } = useSaying();
  const { settings, session, systemLanguage, version, plainTextSecrets, change } = useSession();
  const back = () => useSelection.getState().goTo('console');
  const server = session.state === 'no_server' ? '' : session.server;
  const roles = (desk?.memberships ?? []).map(({ teamId, role }) => {
    const team = desk?.teams.find((candidate) => candidate.id === teamId);
    return team ? t('settings.roleInTeam', { role: t(`role.${role}`), team: team.names[language] }) : t(`role.${role}`);
  });

  return (
    <div className={classes.page}>
      <nav className={railClasses.rail} aria-label={t('settings.title')}>
        <div className={railClasses.brand}>
          <IconButton label={t('settings.back')} onClick={back}>
            <IconArrowLeft size={16} stroke={1.5} aria-hidden />
          </IconButton>
          <span className={railClasses.name}>{t('settings.title')}</span>
          <Key k="escape" />
        </div>
        <ul className={railClasses.views}>
          {sections.map(({ key, icon: Icon }) => (
            <li key={key}>
              <button
                type="button"
                className={railClasses.item}
                onClick={() => document.getElementById(`settings-${key}`)?.scrollIntoView({ block: 'start' })}
              >
                <Icon size={16} stroke={1.5} aria-hidden />
                <span className={railClasses.label}>{t(`settings.${key}`)}</span>
              </button>
            </li>
          ))}
        </ul>
        <div className={railClasses.bottom}>
          <div className={`${railClasses.item} ${railClasses.sync}`}>
            <IconCheck size={16} stroke={1.5} aria-hidden className={railClasses.done} />
            <span className={railClasses.label}>{t('settings.saved')}</span>
          </div>
        </div>
      </nav>
      <div className={classes.beside}>
        <main className={classes.main}>
          <div className={classes.column}>
            <Section name="account">
              <Row label={desk?.me.name ?? ''} help={desk?.me.email ?? undefined} lead={<Avatar large name={desk?.me.name ?? ''} />}>
                <span className={classes.value}>{session.state === 'signed_in' ? session.login : ''}</span>
              </Row>
              {roles.length > 0 && (
                <Row label={t('settings.roles')}>
                  <span className={classes.value}>{roles.join(' · ')}</span>
                </Row>
              )}
            </Section>
            <Section name="alerts">
              <AlertSettings />
            </Section>
            <Section name="appearance">
              <Row label={t('settings.theme')}>
                <SegmentedControl
                  aria-label={t('settings.theme')}
                  classNames={segmented}
                  value={settings.theme}
                  onChange={(theme) => change({ theme: theme as typeof settings.theme })}
                  data={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
                />
              </Row>
              <Row label={t('settings.density')} help={t('settings.densityHelp')}>
                <SegmentedControl
                  aria-label={t('settings.density')}
                  classNames={segmented}
                  value={settings.density}
                  onChange={(density) => change({ density: density as typeof settings.density })}
                  data={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`settings.densities.${value}`) }))}
                />
              </Row>
              <Row label={t('settings.language')} help={t('settings.languageHelp', { language: t(`language.${systemLanguage}`) })}>
                <Select
                  aria-label={t('settings.language')}
                  w={200}
                  rightSection={<IconChevronDown size={16} stroke={1.5} aria-hidden />}
                  allowDeselect={false}
                  value={settings.language ?? 'system'}
                  onChange={(value) => change({ language: value === 'fr' || value === 'en' ? value : null })}
                  data={[
                    { value: 'system', label: t('settings.languageOfSystem') },
                    { value: 'fr', label: t('language.fr') },
                    { value: 'en', label: t('language.en') },
                  ]}
                />
              </Row>
            </Section>
            <Section name="keys">
              <div className={classes.keys}>
                {[
                  ...faces.map(({ name, k }) => ({ name: t(`ticket:operation.${name}`), k })),
                  ...viewFaces.map(({ view, k }) => ({ name: t('settings.goTo', { name: t(`view.${view}`) }), k })),
                  { name: t('settings.goTo', { name: t('outbox.page') }), k: 'g o' },
                  { name: t('rail.openForCaller'), k: 'o' },
                  { name: t('rail.commands'), k: 'ctrl+k' },
                  { name: t('settings.goToAlert'), k: 'g e' },
                  { name: t('settings.nextTicket'), k: 'j' },
                  { name: t('settings.previousTicket'), k: 'k' },
                ].map(({ name, k }) => (
                  <div key={`${k}:${name}`} className={classes.row}>
                    <span className={classes.grow}>{name}</span>
                    <Key k={k} />
                  </div>
                ))}
              </div>
            </Section>
            <Section name="machine">
              <Row label={t('settings.server')} help={t('settings.serverHelp')}>
                <span className={classes.value}>{server}</span>
              </Row>
              <Row label={t('settings.secrets')} help={t(plainTextSecrets ? 'settings.secretsPlain' : 'settings.secretsKept')} />
              <Row label={t('settings.version')}>
                <span className={classes.value}>{version}</span>
              </Row>
            </Section>
          </div>
        </main>
        <AlertBanner />
      </div>
    </div>
  );
}

const segmented = { root: classes.segments ?? '', label: classes.segment ?? '', indicator: classes.indicator ?? '' };

function Section({ name, children }: { name: (typeof sections)[number]['key']; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby={`settings-${name}`}>
      <h2 id={`settings-${name}`} className={classes.heading}>
        {t(`settings.${name}`)}
      </h2>
      {children}
    </section>
  );
}
