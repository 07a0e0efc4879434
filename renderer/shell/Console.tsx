import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxItem } from '#shared/contract/core.ts';
import { AlertBanner } from '../alerts/AlertBanner.tsx';
import { useWatch } from '../core/use-watch.ts';
import { useKeys } from '../keys/use-keys.ts';
import { ListPane } from '../list/ListPane.tsx';
import { MailsPage } from '../mails/MailsPage.tsx';
import { OutboxPage } from '../outbox/OutboxPage.tsx';
import { Palette } from '../palette/Palette.tsx';
import { SearchPane } from '../search/SearchPane.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { usePanels } from '../state/panels.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { CallStrip } from '../ticket/call/CallStrip.tsx';
import { OpenForCaller } from '../ticket/OpenForCaller.tsx';
import { TicketPane } from '../ticket/TicketPane.tsx';
import { UndoNotice } from '../ticket/UndoNotice.tsx';
import { setServerOffset } from '../time/now.ts';
import classes from './Console.module.css';
import { Guide } from './Guide.tsx';
import { Presence } from './Presence.tsx';
import { Rail } from './Rail.tsx';
import { Resizer } from './Resizer.tsx';
import { StatusLine } from './StatusLine.tsx';

const RAIL = { min: 56, max: 320 };
const LIST = { min: 280, max: 900 };
/** Search shows where it found the words: it wants a wider list where there is room. */
const SEARCH_LIST = 520;
const PANE_MIN = 480;

const nothing: readonly OutboxItem[] = [];

/** The three panes, for a person who is signed in. */
export function Console() {
  const { t } = useTranslation();
  const sync = useWatch('sync', undefined);
  const counts = useWatch('counts', undefined);
  const desk = useWatch('desk', undefined);
  const outbox = useWatch('outbox', undefined) ?? nothing;
  const settings = useSession((state) => state.settings);
  const change = useSession((state) => state.change);
  const page = useSelection((state) => state.page);
  const view = useSelection((state) => state.view);
  const palette = usePanels((state) => state.palette);
  const [rail, setRail] = useState(settings.railWidth);
  const [list, setList] = useState(settings.listWidth);

  // Each report anchors the clock again, also one that brings the same offset (after a sleep).
  useEffect(() => {
    if (sync) setServerOffset(sync.offsetMs);
  }, [sync]);
  useKeys({ escape: () => useSelection.getState().goTo('console') }, page === 'settings');

  const wanted = view === 'search' ? Math.max(list, SEARCH_LIST) : list;
  const widths = {
    '--rail-now': `${rail}px`,
    '--list-now': `clamp(${LIST.min}px, ${wanted}px, max(${LIST.min}px, 100vw - ${rail}px - ${PANE_MIN}px))`,
  } as React.CSSProperties;

  if (page === 'settings') return <SettingsPage desk={desk} />;
  return (
    <div className={classes.console} style={widths} data-page={page}>
      <div className={classes.rail}>
        <Rail counts={counts} sync={sync} outbox={outbox} desk={desk} />
        <Resizer label={t('rail.resize')} value={rail} {...RAIL} onMove={setRail} onRest={(railWidth) => change({ railWidth })} />
      </div>
      <div className={classes.work}>
        <StatusLine sync={sync} listed={outbox.length} />
        <CallStrip />
        {page === 'open_for_caller' ? (
          <main className={classes.whole}>
            <OpenForCaller />
            <AlertBanner />
          </main>
        ) : page === 'outbox' ? (
          <main className={classes.whole}>
            <OutboxPage items={outbox} sync={sync} />
            <AlertBanner />
          </main>
        ) : page === 'mails' ? (
          <main className={classes.whole}>
            <MailsPage />
            <AlertBanner />
          </main>
        ) : (
          <div className={classes.panes}>
            <div className={classes.list}>
              <div className={classes.column}>
                {view === 'search' ? (
                  <SearchPane desk={desk} />
                ) : (
                  <ListPane key={view} view={view} desk={desk} counts={counts} sync={sync} />
                )}
                <AlertBanner />
              </div>
              <Resizer label={t('list.resize')} value={list} {...LIST} onMove={setList} onRest={(listWidth) => change({ listWidth })} />
            </div>
            <main className={classes.pane} aria-label={t('pane.label')}>
              <ChosenTicket />
            </main>
          </div>
        )}
        {!settings.guideSeen && desk && <Guide name={desk.me.name} />}
      </div>
      {palette && <Palette />}
      <UndoNotice />
      <Presence />
    </div>
  );
}

/** A part of its own: the next ticket does not render the rest of the console. */
function ChosenTicket() {
  const { t } = useTranslation();
  const ticketId = useSelection((state) => state.ticketId);
  const view = useSelection((state) => state.view);
  if (ticketId !== null) return <TicketPane ticketId={ticketId} />;
  // Elsewhere the first ticket opens by itself: nothing chosen means nothing there.
  return view === 'search' ? <p className={classes.nothing}>{t('pane.nothing')}</p> : null;
}
