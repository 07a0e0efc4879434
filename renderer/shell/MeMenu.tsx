import { Menu } from '@mantine/core';
import { IconLogout, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeskInfo } from '#shared/contract/core.ts';
import { useSelection } from '../state/selection.ts';
import { hostAnswer, languageOf, useSession } from '../state/session.ts';
import { Avatar } from '../ui/Avatar.tsx';
import classes from './Rail.module.css';

interface Props {
  desk: DeskInfo | null | undefined;
  /** Operations not yet sent: kept when signing out, and said so. */
  waiting: number;
}

/** Who is signed in; language, theme and density at hand; settings; sign out. */
export function MeMenu({ desk, waiting }: Props) {
  const { t } = useTranslation();
  const session = useSession((state) => state.session);
  const settings = useSession((state) => state.settings);
  const language = useSession(languageOf);
  const { change, setSession } = useSession.getState();
  const name = desk?.me.name ?? (session.state === 'signed_in' ? session.login : '');

  async function signOut() {
    const answer = await hostAnswer(window.guichet.signOut(undefined));
    if ('value' in answer) setSession(answer.value);
  }

  return (
    <Menu position="top-start" width={248} offset={4}>
      <Menu.Target>
        <button type="button" className={`${classes.item} ${classes.person}`} title={name} aria-label={t('me.menu', { name })}>
          <span className={classes.avatar}>
            <Avatar name={name} />
          </span>
          <span className={classes.label}>{name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('settings.language')}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(value) => change({ language: value === 'en' ? 'en' : 'fr' })}>
          <Menu.RadioItem value="fr">{t('language.fr')}</Menu.RadioItem>
          <Menu.RadioItem value="en">{t('language.en')}</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Label>{t('settings.theme')}</Menu.Label>
        <Menu.RadioGroup value={settings.theme} onChange={(value) => change({ theme: value as typeof settings.theme })}>
          {(['system', 'light', 'dark'] as const).map((theme) => (
            <Menu.RadioItem key={theme} value={theme}>
              {t(`settings.themes.${theme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t('settings.density')}</Menu.Label>
        <Menu.RadioGroup value={settings.density} onChange={(value) => change({ density: value as typeof settings.density })}>
          {(['comfortable', 'compact'] as const).map((density) => (
            <Menu.RadioItem key={density} value={density}>
              {t(`settings.densities.${density}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} stroke={1.5} />} onClick={() => useSelection.getState().goTo('settings')}>
          {t('settings.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.5} />} onClick={() => void signOut()}>
          {t('me.signOut')}
          {waiting > 0 && <div style={{ fontSize: 'var(--fs-1)', color: 'var(--text-2)' }}>{t('me.kept', { count: waiting })}</div>}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
