import {
  IconHistory,
  IconHourglassEmpty,
  IconInbox,
  IconList,
  IconMail,
  IconPhonePlus,
  IconSearch,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counts, DeskInfo, OutboxItem, SyncStatus, View } from '#shared/contract/core.ts';
import { useWatch } from '../core/use-watch.ts';
import { holdLetters } from '../keys/early-letters.ts';
import { ariaKeys } from '../keys/key-names.ts';
import { useKeys } from '../keys/use-keys.ts';
import { usePanels } from '../state/panels.ts';
import { useSelection } from '../state/selection.ts';
import { Key } from '../ui/Key.tsx';
import { Logo } from '../ui/Logo.tsx';
import { useCount } from '../ui/use-count.ts';
import { MeMenu } from './MeMenu.tsx';
import classes from './Rail.module.css';
import { SyncState } from './SyncState.tsx';

export interface ViewFace {
  view: View;
  icon: TablerIcon;
  k: string;
  count(counts: Counts): number | null;
}

/** The views in the order of the rail, with the keys that go there. */
export const viewFaces: readonly ViewFace[] = [
  { view: 'pool', icon: IconInbox, k: 'g p', count: (counts) => counts.pool },
  { view: 'mine', icon: IconUser, k: 'g m', count: (counts) => counts.mine },
  { view: 'waiting', icon: IconHourglassEmpty, k: 'g w', count: (counts) => counts.waiting },
  { view: 'callbacks', icon: IconHistory, k: 'g r', count: (counts) => counts.callbacksToday },
  { view: 'all', icon: IconList, k: 'g a', count: () => null },
  { view: 'search', icon: IconSearch, k: '/', count: () => null },
];

interface Props {
  counts: Counts | undefined;
  sync: SyncStatus | undefined;
  outbox: readonly OutboxItem[];
  desk: DeskInfo | null | undefined;
}

/** Where one is and where one may go; at the bottom how things stand with the server, and who one is. */
export const Rail = memo(function Rail({ counts, sync, outbox, desk }: Props) {
  const { t } = useTranslation();
  const say = useCount();
  const page = useSelection((state) => state.page);
  const waitingMails = useWatch('waitingMails', undefined) ?? 0;
  const view = useSelection((state) => state.view);
  const { show, goTo } = useSelection.getState();
  const setPalette = usePanels((state) => state.setPalette);
  useKeys({
    ...Object.fromEntries(viewFaces.filter((face) => face.k.startsWith('g ')).map((face) => [face.k, () => show(face.view)])),
    '/': () => show('search'),
    o: () => {
      // The form first reads its draft: what is typed until then is the caller's name.
      if (page !== 'open_for_caller') holdLetters();
      goTo('open_for_caller');
    },
    'g o': () => goTo('outbox'),
    'g c': () => goTo('mails'),
    'ctrl+k': () => setPalette(true),
  });

  return (
    <nav className={classes.rail} aria-label={t('rail.label')}>
      <div className={classes.brand}>
        <Logo />
        <span className={classes.name}>Guichet</span>
        <button
          type="button"
          className={classes.commands}
          aria-label={t('rail.commands')}
          title={t('rail.commands')}
          aria-keyshortcuts={ariaKeys('ctrl+k')}
          onClick={() => setPalette(true)}
        >
          <Key k="ctrl+k" />
        </button>
      </div>
      <ul className={classes.views}>
        {viewFaces.map((face) => {
          const count = counts ? face.count(counts) : null;
          const current = page === 'console' && view === face.view;
          return (
            <li key={face.view}>
              <button
                type="button"
                className={classes.item}
                aria-current={current ? 'page' : undefined}
                aria-keyshortcuts={ariaKeys(face.k)}
                title={t('rail.hint', { name: t(`view.${face.view}`), keys: face.k.toUpperCase() })}
                onClick={() => show(face.view)}
              >
                <face.icon size={16} stroke={1.5} aria-hidden />
                <span className={classes.label}>{t(`view.${face.view}`)}</span>
                {count !== null && <span className={classes.count}>{say(count)}</span>}
                {face.view === 'search' && <Key k="/" plain />}
              </button>
            </li>
          );
        })}
      </ul>
      <hr className={classes.line} />
      <button
        type="button"
        className={classes.item}
        aria-current={page === 'open_for_caller' ? 'page' : undefined}
        aria-keyshortcuts={ariaKeys('o')}
        title={t('rail.hint', { name: t('rail.openForCaller'), keys: 'O' })}
        onClick={() => goTo('open_for_caller')}
      >
        <IconPhonePlus size={16} stroke={1.5} aria-hidden />
        <span className={classes.label}>{t('rail.openForCaller')}</span>
        <Key k="o" plain />
      </button>
      {(waitingMails > 0 || page === 'mails') && (
        <button
          type="button"
          className={classes.item}
          aria-current={page === 'mails' ? 'page' : undefined}
          aria-keyshortcuts={ariaKeys('g c')}
          title={t('rail.hint', { name: t('mails.title'), keys: 'G C' })}
          onClick={() => goTo('mails')}
        >
          <IconMail size={16} stroke={1.5} aria-hidden />
          <span className={classes.label}>{t('mails.title')}</span>
          <span className={classes.count}>{say(waitingMails)}</span>
        </button>
      )}
      <div className={classes.bottom}>
        <SyncState sync={sync} outbox={outbox} />
        <MeMenu desk={desk} waiting={sync?.waiting ?? 0} />
      </div>
    </nav>
  );
});
