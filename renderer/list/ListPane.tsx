import { IconUser } from '@tabler/icons-react';
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counts, DeskInfo, ListRow, SyncStatus, View } from '#shared/contract/core.ts';
import { everything, useFilters } from '../state/filters.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { serverNow } from '../time/now.ts';
import { dayHeading, daysBetween, type Saying } from '../time/words.ts';
import { OpButton } from '../ui/OpButton.tsx';
import { useCount } from '../ui/use-count.ts';
import { useSaying } from '../ui/use-saying.ts';
import { FilterButton, ListHeader, narrowed, SortMenu } from './ListHeader.tsx';
import classes from './ListPane.module.css';
import { BrokenList, EmptyList, FilteredOut, LoadingList } from './ListStates.tsx';
import { groupedLines, windowedLines } from './lines.ts';
import type { Hold } from './steady.ts';
import { TicketList } from './TicketList.tsx';
import { CallbackRow } from './TicketRow.tsx';
import { useRows } from './use-rows.ts';

type ListedView = Exclude<View, 'search'>;

interface Props {
  view: ListedView;
  desk: DeskInfo | null | undefined;
  counts: Counts | undefined;
  sync: SyncStatus | undefined;
}

const rowHeights = { comfortable: 44, compact: 36 } as const;
export function useRowHeight(): number {
  return rowHeights[useSession((state) => state.settings.density)];
}

/** Gives the list the keyboard when its view opens, unless somebody is typing. */
export function useFocusOnOpen(list: RefObject<HTMLDivElement | null>, view: View, ready: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each opening of a view
  useEffect(() => {
    const active = document.activeElement;
    if (!ready || !list.current || active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) return;
    // The selection shows where the keyboard is; a ring that nobody asked for would only be noise.
    list.current.dataset.quiet = '';
    list.current.focus({ preventScroll: true });
  }, [view, ready]);
}

/**
 * Opens the first ticket of a view in which none was chosen. While the first load goes on what is first changes: the choice follows,
 * until it is loaded or somebody chooses.
 */
function useFirstTicket(firstId: string | undefined, settling: boolean): void {
  const ticketId = useSelection((state) => state.ticketId);
  const select = useSelection((state) => state.select);
  const followed = useRef<string>(undefined);
  useEffect(() => {
    if (firstId && (ticketId === null || ticketId === followed.current)) {
      followed.current = firstId;
      select(firstId);
    }
    if (!settling) followed.current = undefined;
  }, [ticketId, firstId, settling, select]);
}

/** Pool, mine, waiting, callbacks, all: the header, the list, and what stands there when it is empty. */
export function ListPane({ view, desk, counts, sync }: Props) {
  const { t } = useTranslation();
  const saying = useSaying();
  const say = useCount();
  const rowHeight = useRowHeight();
  const sort = useFilters((state) => state.sort[view] ?? 'due');
  const narrowing = useFilters((state) => state.narrowing[view] ?? everything);
  const ticketId = useSelection((state) => state.ticketId);
  const select = useSelection((state) => state.select);
  const list = useRef<HTMLDivElement>(null);
  const { shown, look, hold } = useRows({
    view,
    text: '',
    sort,
    teamIds: [...narrowing.teamIds],
    siteIds: [...narrowing.siteIds],
    kinds: [...narrowing.kinds],
  });

  const callbacks = view === 'callbacks';
  const lines = useMemo(() => {
    if (!shown) return undefined;
    if (callbacks) return groupedLines(byDay(shown.rows, saying, t('list.callbacksLate')), shown.gone, false);
    return windowedLines(shown.rows, shown.offset, shown.total, shown.gone);
  }, [shown, callbacks, saying, t]);

  // Something to read at once: reading takes nothing from anybody.
  const firstId = lines && firstRow(shown?.rows ?? [], callbacks)?.id;
  const settling = sync?.state !== 'up_to_date' && sync?.state !== 'offline';
  useFirstTicket(firstId, settling);
  useFocusOnOpen(list, view, lines !== undefined && lines.count > 0);

  const showNew = useCallback(() => {
    list.current?.scrollTo({ top: 0 });
    hold('none');
  }, [hold]);
  const onHold = useCallback((how: Hold) => hold(how), [hold]);

  const title = t(`view.${view}`);
  const empty = shown !== undefined && shown.total === 0;
  const bootstrapping = sync?.state === 'starting' || sync?.state === 'bootstrapping';
  return (
    <section className={classes.pane} aria-label={title}>
      <ListHeader
        title={title}
        count={!shown ? null : callbacks ? t('list.callbacksToday', { count: counts?.callbacksToday ?? 0 }) : say(shown.live)}
        waiting={shown?.waiting ?? 0}
        onShowNew={showNew}
      >
        {!callbacks && <SortMenu view={view} />}
        <FilterButton view={view} desk={desk} />
      </ListHeader>
      {!lines && sync?.state === 'failed' && <BrokenList detail={sync.detail} reason={sync.reason} />}
      {((!lines && sync?.state !== 'failed') || (empty && bootstrapping)) && <LoadingList rowHeight={rowHeight} />}
      {empty && !bootstrapping && <NothingHere view={view} narrowedBy={narrowed(narrowing)} mine={counts?.mine ?? 0} />}
      {lines && !empty && (
        <TicketList
          lines={lines}
          label={title}
          rowHeight={rowHeight}
          selectedId={ticketId}
          onSelect={select}
          onLook={look}
          onHold={onHold}
          listRef={list}
          {...(callbacks ? { renderRow: renderCallback } : {})}
        />
      )}
      {callbacks && !empty && <footer className={classes.foot}>{t('list.callbacksFoot')}</footer>}
    </section>
  );
}

const renderCallback = (row: ListRow, state: { selected: boolean; gone: boolean }) => <CallbackRow row={row} {...state} />;

function firstRow(rows: readonly ListRow[], callbacks: boolean): ListRow | undefined {
  return callbacks ? inOrder(rows)[0] : rows[0];
}

function inOrder(rows: readonly ListRow[]): ListRow[] {
  return rows.filter((row) => row.callbackAt !== null).toSorted((a, b) => (a.callbackAt ?? '').localeCompare(b.callbackAt ?? ''));
}

/** Calls of days before stand first, together: they are still to be made. */
function byDay(rows: readonly ListRow[], saying: Saying, late: string) {
  const now = serverNow();
  const days = new Map<number, { key: string; label: string; rows: ListRow[] }>();
  for (const row of inOrder(rows)) {
    const at = row.callbackAt ?? '';
    const day = Math.max(-1, daysBetween(now, at, saying));
    const group = days.get(day) ?? { key: String(day), label: day < 0 ? late : dayHeading(at, now, saying), rows: [] };
    group.rows.push(row);
    days.set(day, group);
  }
  return [...days.values()];
}

function NothingHere({ view, narrowedBy, mine }: { view: ListedView; narrowedBy: number; mine: number }) {
  const { t } = useTranslation();
  const show = useSelection((state) => state.show);
  if (narrowedBy > 0) return <FilteredOut view={view} narrowedBy={narrowedBy} />;
  const toMine = view !== 'mine' && mine > 0;
  const toPool = view === 'mine';
  return (
    <EmptyList
      title={t(`list.empty.${view}`)}
      reason={view === 'pool' ? t('list.empty.poolReason', { count: mine }) : t(`list.empty.${view}Reason`)}
    >
      {toMine && (
        <OpButton icon={<IconUser size={16} stroke={1.5} />} label={t('list.empty.toMine')} k="g m" onClick={() => show('mine')} />
      )}
      {toPool && <OpButton label={t('list.empty.toPool')} k="g p" onClick={() => show('pool')} />}
    </EmptyList>
  );
}
