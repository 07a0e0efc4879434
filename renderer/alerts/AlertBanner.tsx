import { IconX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertName, AlertView, ClockAlert } from '#shared/contract/alerts.ts';
import type { Due } from '#shared/contract/sla.ts';
import { core } from '../core/client.ts';
import { useWatch } from '../core/use-watch.ts';
import { useKeys } from '../keys/use-keys.ts';
import { Cut } from '../ui/Cut.tsx';
import { DueTime } from '../ui/DueTime.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import classes from './AlertBanner.module.css';
import { showAlerted } from './show-alerted.ts';

const LONG_AGO = new Date(0).toISOString();
const none: readonly AlertView[] = [];
/** The most that core takes in one call. */
const AT_ONCE = 1_000;
/** So many are listed when it is opened: the lists have the rest. */
const LISTED = 20;

function alertWords(alert: AlertView, t: TFunction): string {
  if (alert.about === 'refusal') return t('ticket:pin.refused', { name: alert.by });
  return t(`alerts.${alert.mark}`, { clock: t(`ticket:clock.${alert.clock}`) });
}

/** A passed deadline counts from then on; a half used up is not soon yet. */
function dueOf({ clock, mark, dueAt }: ClockAlert): Due {
  return { state: 'running', clock, dueAt, soonAt: mark === 'half' ? dueAt : LONG_AGO };
}

function putAway(call: 'snoozeAlerts' | 'dismissAlerts', alerts: readonly AlertView[]): void {
  const names = alerts.map(({ ticketId, key }): AlertName => ({ ticketId, key }));
  for (let start = 0; start < names.length; start += AT_ONCE) {
    void core.call(call, names.slice(start, start + AT_ONCE)).catch(() => undefined);
  }
}

function Alert({ alert }: { alert: AlertView }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={classes.alert} onClick={() => showAlerted(alert.ticketId)}>
      <Cut className={classes.title}>{alert.title}</Cut>
      <span className={classes.second}>
        <Cut className={classes.what}>
          {alertWords(alert, t)}
          {!alert.mine && ` · ${t('alerts.inPool')}`}
        </Cut>
        {alert.about === 'clock' && <DueTime explains={false} due={dueOf(alert)} />}
      </span>
    </button>
  );
}

/** Under the list, which gives way at its end and moves no row: what was announced and still holds, until it is put away. */
export function AlertBanner() {
  const { t } = useTranslation();
  const alerts = useWatch('alerts', undefined) ?? none;
  const [opened, setOpened] = useState(false);
  const [first, ...others] = alerts;
  useKeys({ 'g e': () => first && showAlerted(first.ticketId) }, first !== undefined);
  // Always there, so that a screen reader hears what comes into it; without the time, which would be read out at each minute.
  const told = (
    <span role="status" className={classes.told}>
      {first && `${alertWords(first, t)}. ${first.title}`}
    </span>
  );
  if (first === undefined) return told;
  const all = opened && others.length > 0;
  const listed = all ? alerts.slice(0, LISTED) : [first];
  return (
    <section className={classes.banner} data-alerts aria-label={t('alerts.label')}>
      {told}
      <div className={classes.list}>
        {listed.map((alert) => (
          <Alert key={`${alert.ticketId} ${alert.about === 'clock' ? alert.clock : ''}`} alert={alert} />
        ))}
      </div>
      <div className={classes.foot}>
        {others.length > 0 && (
          <button type="button" className={classes.more} aria-expanded={all} onClick={() => setOpened(!opened)}>
            {all ? t('alerts.fewer') : t('alerts.more', { count: others.length })}
          </button>
        )}
        <span className={classes.actions}>
          {!all && <OpButton small label={t('alerts.open')} k="g e" onClick={() => showAlerted(first.ticketId)} />}
          <OpButton
            small
            quiet
            label={t(all ? 'alerts.laterAll' : 'alerts.later')}
            title={t('alerts.laterWhy')}
            onClick={() => putAway('snoozeAlerts', all ? alerts : [first])}
          />
          <IconButton
            label={t(all ? 'alerts.dismissAll' : 'alerts.dismiss')}
            onClick={() => putAway('dismissAlerts', all ? alerts : [first])}
          >
            <IconX size={16} stroke={1.5} aria-hidden />
          </IconButton>
        </span>
      </div>
    </section>
  );
}
