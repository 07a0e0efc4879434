import { IconAlertTriangle, IconCloudOff, IconLockOpen, IconRefresh, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncStatus } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';
import { usePanels } from '../state/panels.ts';
import { useSession } from '../state/session.ts';
import { serverNow } from '../time/now.ts';
import { instantWords } from '../time/words.ts';
import { useSaying } from '../ui/use-saying.ts';
import classes from './StatusLine.module.css';

interface LineProps {
  icon: TablerIcon;
  strong?: string;
  text: string;
  link?: string;
  onLink?(): void;
}

function Line({ icon: Icon, strong, text, link, onLink }: LineProps) {
  return (
    <div className={classes.line}>
      <Icon size={16} stroke={1.5} aria-hidden />
      <p className={classes.text} role="status" title={strong ? `${strong} ${text}` : text}>
        {strong && <b>{strong} </b>}
        {text}
      </p>
      {link && (
        <button type="button" className={classes.link} onClick={onLink}>
          {link}
        </button>
      )}
    </div>
  );
}

interface Props {
  sync: SyncStatus | undefined;
  /** Items of the outbox's list. */
  listed: number;
}

/** What lasts, over list and ticket, and what was mended, until it is read. Never a modal. */
export function StatusLine({ sync, listed }: Props) {
  const { t } = useTranslation();
  const notice = sync?.notice;
  return (
    <>
      {notice && (
        <Line
          icon={IconAlertTriangle}
          strong={t(`line.notice.${notice.code}`)}
          text={t(`line.noticeText.${notice.code}`, { file: notice.file })}
          link={t('line.understood')}
          onLink={() => void core.call('dismissNotice', undefined).catch(() => undefined)}
        />
      )}
      <StateLine sync={sync} listed={listed} />
    </>
  );
}

/** One quiet line: offline, an old console, a full disk, tokens without a keyring. */
function StateLine({ sync, listed }: Props) {
  const { t } = useTranslation();
  const saying = useSaying();
  const setOutbox = usePanels((state) => state.setOutbox);
  const warned = useSession((state) => state.plainTextSecrets && !state.secretsWarningSeen);
  const hideWarning = useSession((state) => state.hideSecretsWarning);
  const toList = listed > 0 ? { link: t('line.seeActions', { count: listed }), onLink: () => setOutbox(true) } : {};
  const retry = { link: t('outbox.retry'), onLink: () => void core.call('retryNow', undefined).catch(() => undefined) };

  switch (sync?.state) {
    case 'offline': {
      const text = sync.offlineSince
        ? t('line.offlineSince', { at: instantWords(sync.offlineSince, serverNow(), saying) })
        : t('line.offline');
      return <Line icon={IconCloudOff} text={`${text} ${t('line.keepWorking')}`} {...(listed > 0 ? toList : retry)} />;
    }
    case 'signed_out':
      return <Line icon={IconCloudOff} strong={t('line.signedOut')} text={t('line.keepWorking')} {...toList} />;
    case 'console_too_old':
      return <Line icon={IconAlertTriangle} strong={t('line.tooOld')} text={t('line.tooOldReason')} {...toList} />;
    case 'server_too_old':
      return <Line icon={IconAlertTriangle} strong={t('line.serverTooOld')} text={t('line.serverTooOldReason')} {...toList} />;
    case 'checking':
      return <Line icon={IconRefresh} strong={t('line.checking')} text={t('line.checkingReason')} {...toList} />;
    case 'failed':
      return sync.reason ? (
        <Line icon={IconAlertTriangle} strong={t(`line.why.${sync.reason}`)} text={t(`line.whyText.${sync.reason}`)} {...retry} />
      ) : (
        <Line icon={IconAlertTriangle} strong={t('line.failed')} text={sync.detail ?? ''} {...retry} />
      );
    default:
      return warned ? (
        <Line
          icon={IconLockOpen}
          strong={t('line.plainText')}
          text={t('line.plainTextReason')}
          link={t('line.understood')}
          onLink={hideWarning}
        />
      ) : null;
  }
}
