import { IconSearch, IconSearchOff, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeskInfo, type ListRow, MOST_MATCHES } from '#shared/contract/core.ts';
import { useKeys } from '../keys/use-keys.ts';
import { FilterButton, narrowed } from '../list/ListHeader.tsx';
import paneClasses from '../list/ListPane.module.css';
import { useRowHeight } from '../list/ListPane.tsx';
import { EmptyList, FilteredOut, LoadingList } from '../list/ListStates.tsx';
import { groupedLines, windowedLines } from '../list/lines.ts';
import { TicketList } from '../list/TicketList.tsx';
import { SEARCH_SIZE, useRows } from '../list/use-rows.ts';
import { everything, type Narrowing, useFilters } from '../state/filters.ts';
import { useSelection } from '../state/selection.ts';
import { Key } from '../ui/Key.tsx';
import { useSaying } from '../ui/use-saying.ts';
import classes from './SearchPane.module.css';

const over: ReadonlySet<ListRow['phase']> = new Set(['resolved', 'closed', 'cancelled']);

/** Search over everything this console knows: open tickets first, then what was solved; matches marked. */
export function SearchPane({ desk }: { desk: DeskInfo | null | undefined }) {
  const { t } = useTranslation();
  const rowHeight = useRowHeight();
  const text = useFilters((state) => state.text);
  const setText = useFilters((state) => state.setText);
  const narrowing = useFilters((state) => state.narrowing.search ?? everything);
  const ticketId = useSelection((state) => state.ticketId);
  const select = useSelection((state) => state.select);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const asked = text.trim();
  const narrowedBy = narrowed(narrowing);
  const { shown, look, hold } = useRows({
    view: 'search',
    text: asked,
    sort: 'newest',
    teamIds: [...narrowing.teamIds],
    siteIds: [...narrowing.siteIds],
    kinds: [...narrowing.kinds],
  });

  const lines = useMemo(() => {
    if (!shown) return undefined;
    // Groups need the whole result; a longer one is shown in its own order, also once more of it is here.
    if (shown.total > SEARCH_SIZE || shown.rows.length < shown.total)
      return windowedLines(shown.rows, shown.offset, shown.total, shown.gone);
    return groupedLines(
      [
        { key: 'open', label: t('search.open'), rows: shown.rows.filter((row) => !over.has(row.phase)) },
        { key: 'over', label: t('search.over'), rows: shown.rows.filter((row) => over.has(row.phase)) },
      ],
      shown.gone,
      true,
    );
  }, [shown, t]);

  useLayoutEffect(() => field.current?.focus(), []);
  const leave = () => useSelection.getState().show('pool');
  useKeys({
    '/': () => field.current?.select(),
    escape: () => (text === '' ? leave() : setText('')),
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    if (!lines || lines.count === 0) return;
    event.preventDefault();
    const first = shown?.rows.length ? lines.at(lines.at(0).type === 'heading' ? 1 : 0) : undefined;
    if (first?.type === 'row' && (ticketId === null || lines.indexOf(ticketId) < 0)) select(first.row.id);
    list.current?.focus();
  }

  return (
    <section className={paneClasses.pane} aria-label={t('view.search')}>
      <search className={classes.header}>
        <IconSearch size={16} stroke={1.5} aria-hidden />
        <input
          ref={field}
          className={classes.field}
          type="text"
          value={text}
          placeholder={t('search.placeholder')}
          aria-label={t('search.placeholder')}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            // Another text is another list, which begins at its top.
            list.current?.scrollTo({ top: 0 });
            setText(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <span className={classes.count} role="status">
          {asked && shown ? t(shown.live < MOST_MATCHES ? 'search.results' : 'search.most', { count: shown.live }) : ''}
        </span>
        <Key k="escape" />
      </search>
      <Chips narrowing={narrowing} desk={desk} />
      {!asked && (
        <EmptyList icon={<IconSearch size={32} stroke={1.25} aria-hidden />} title={t('search.start')} reason={t('search.startReason')} />
      )}
      {asked && !lines && <LoadingList rowHeight={rowHeight} />}
      {asked && lines?.count === 0 && narrowedBy > 0 && <FilteredOut view="search" narrowedBy={narrowedBy} />}
      {asked && lines?.count === 0 && narrowedBy === 0 && (
        <EmptyList
          icon={<IconSearchOff size={32} stroke={1.25} aria-hidden />}
          title={t('search.none', { text: asked })}
          reason={t('search.noneReason')}
        />
      )}
      {asked && lines && lines.count > 0 && (
        <TicketList
          lines={lines}
          label={t('view.search')}
          rowHeight={rowHeight}
          selectedId={ticketId}
          onSelect={select}
          onLook={look}
          onHold={hold}
          listRef={list}
          reuse
        />
      )}
      <footer className={paneClasses.foot}>
        <span className={classes.hint}>
          <Key k="arrowup arrowdown" />
          {t('search.choose')}
        </span>
        <span className={classes.fold}>{t('search.folded')}</span>
      </footer>
    </section>
  );
}

/** What narrows the search, each with its cross; the dashed one adds. */
function Chips({ narrowing, desk }: { narrowing: Narrowing; desk: DeskInfo | null | undefined }) {
  const { t } = useTranslation();
  const { language } = useSaying();
  const toggle = useFilters((state) => state.toggle);
  const chips = [
    ...narrowing.kinds.map((id) => ({ key: 'kinds' as const, id, name: t(`kind.${id}`) })),
    ...narrowing.teamIds.map((id) => ({
      key: 'teamIds' as const,
      id,
      name: desk?.teams.find((team) => team.id === id)?.names[language] ?? id,
    })),
    ...narrowing.siteIds.map((id) => ({ key: 'siteIds' as const, id, name: desk?.sites.find((site) => site.id === id)?.name ?? id })),
  ];
  return (
    <div className={classes.chips}>
      {chips.map(({ key, id, name }) => (
        <button
          key={`${key}:${id}`}
          type="button"
          className={classes.chip}
          aria-label={t('filter.remove', { name })}
          onClick={() => toggle('search', key, id as never)}
        >
          {name}
          <IconX size={14} stroke={1.5} aria-hidden />
        </button>
      ))}
      <FilterButton view="search" desk={desk} words={t('filter.add')} />
    </div>
  );
}
