import { Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { QuietTimes } from '#shared/contract/alerts.ts';
import { useSession } from '../state/session.ts';
import { Row } from './Row.tsx';
import classes from './SettingsPage.module.css';

/** What is proposed when quiet hours are switched on. */
const night = { from: '18:00', to: '08:00' };

/** Which deadlines are announced, and when they wait. */
export function AlertSettings() {
  const { t } = useTranslation();
  const { notifications, quiet } = useSession((state) => state.settings);
  const change = useSession((state) => state.change);
  const set = (part: Partial<QuietTimes>) => change({ quiet: { ...quiet, ...part } });
  const time = (end: 'from' | 'to', label: string) =>
    quiet.hours && (
      <TextInput
        type="time"
        w={128}
        aria-label={label}
        // While it is typed a time may be none: what was set stays.
        defaultValue={quiet.hours[end]}
        onChange={({ currentTarget }) => {
          if (quiet.hours && currentTarget.value !== '') set({ hours: { ...quiet.hours, [end]: currentTarget.value } });
        }}
      />
    );
  return (
    <>
      <Row label={t('settings.desktop')} help={t('settings.desktopHelp')}>
        <Toggle label={t('settings.desktop')} checked={notifications} onChange={(on) => change({ notifications: on })} />
      </Row>
      <Row label={t('settings.quietHours')} help={t('settings.quietHoursHelp')}>
        {quiet.hours && (
          <span className={classes.times}>
            {time('from', t('settings.quietFrom'))}
            {t('settings.to')}
            {time('to', t('settings.quietTo'))}
          </span>
        )}
        <Toggle label={t('settings.quietHours')} checked={quiet.hours !== null} onChange={(on) => set({ hours: on ? night : null })} />
      </Row>
      <Row label={t('settings.closedDays')} help={t('settings.closedDaysHelp')}>
        <Toggle label={t('settings.closedDays')} checked={quiet.closedDays} onChange={(closedDays) => set({ closedDays })} />
      </Row>
      <Row label={t('settings.quietCalls')} help={t('settings.quietCallsHelp')}>
        <Toggle label={t('settings.quietCalls')} checked={quiet.calls} onChange={(calls) => set({ calls })} />
      </Row>
    </>
  );
}

function Toggle({ label, checked, onChange }: { label: string; checked: boolean; onChange(on: boolean): void }) {
  return (
    <Switch
      withThumbIndicator={false}
      classNames={{ track: classes.track ?? '' }}
      aria-label={label}
      checked={checked}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}
