import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type RefObject, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ListRow } from '#shared/contract/core.ts';
import { useShellWords } from '../i18n/index.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useSelection } from '../state/selection.ts';
import { ticketWatches } from '../ticket/ticket-watches.ts';
import { clockUnder } from '../ui/DueTime.tsx';
import { useCount } from '../ui/use-count.ts';
import { headingsOf, type Lines, nearestRow } from './lines.ts';
import type { Hold } from './steady.ts';
import classes from './TicketList.module.css';
import { SkeletonRow, TicketRow } from './TicketRow.tsx';

export const HEADING_HEIGHT = 32;

interface Props {
  lines: Lines;
  label: string;
  rowHeight: number;
  selectedId: string | null;
  onSelect(ticketId: string): void;
  /** Which lines are visible. */
  onLook?(first: number, last: number): void;
  /** How still the list must be, as the scroll position and the pointer say. */
  onHold?(how: Hold): void;
  renderRow?(row: ListRow, state: { selected: boolean; gone: boolean }): React.ReactNode;
  /** The list's own element, for those who scroll or focus it from outside. */
  listRef?: RefObject<HTMLDivElement | null>;
  /** Letters J and K move the selection from anywhere. */
  keysEnabled?: boolean;
  onEnter?(): void;
  /** Rows are drawn into the places that are there, whatever stood in them: for a list that is another one at each letter. */
  reuse?: boolean;
}

/**
 * A list of any length: only what is visible is drawn, the place is kept by the row under the eye and not by a number of pixels,
 * and the keyboard moves the selection whether or not its row is loaded.
 */
export function TicketList(props: Props) {
  const { lines, label, rowHeight, selectedId, onSelect, onLook, onHold, onEnter, keysEnabled = true, reuse = false } = props;
  const count = useCount();
  const own = useRef<HTMLDivElement>(null);
  const box = props.listRef ?? own;
  const id = useId();
  const pointer = useRef(false);
  /** Where the selection was when its row was last seen, so that J and K go on from there when it left. */
  const place = useRef(-1);
  /** Which way the keys go. */
  const towards = useRef<1 | -1>(1);
  /** A line that was reached by key before it was loaded. */
  const [wanted, setWanted] = useState(-1);

  const virtual = useVirtualizer({
    count: lines.count,
    getScrollElement: () => box.current,
    estimateSize: (index) => (lines.at(index).type === 'heading' ? HEADING_HEIGHT : rowHeight),
    overscan: reuse ? 2 : 8,
    // A scroll event comes at the start of a frame: what React renders then is drawn in it, without being forced to.
    useFlushSync: false,
  });

  const headings = useMemo(() => headingsOf(lines), [lines]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes change with the density and with where headings stand
  useLayoutEffect(() => virtual.measure(), [rowHeight, headings]);

  const visible = virtual.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => onLook?.(first, last), [onLook, first, last]);

  // The place is a ticket: when lines come or go above it, the scroll follows it.
  const anchor = useRef<{ ticketId: string; index: number } | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the lines change, and only then
  useLayoutEffect(() => {
    const element = box.current;
    const held = anchor.current;
    // Where it was scrolled to last, as it told: to ask now, with new rows in it, would have it laid out at once.
    if (element && held && (virtual.scrollOffset ?? 0) > 0) {
      const index = lines.indexOf(held.ticketId);
      if (index >= 0 && index !== held.index) element.scrollTop += (index - held.index) * rowHeight;
    }
    noteAnchor(virtual.scrollOffset ?? 0);
  }, [lines]);

  function noteAnchor(top: number) {
    const item = virtual.getVirtualItems().find((candidate) => candidate.start >= top && lines.at(candidate.index).type === 'row');
    const line = item && lines.at(item.index);
    anchor.current = item && line?.type === 'row' ? { ticketId: line.row.id, index: item.index } : undefined;
  }

  function tellHold() {
    const scrolled = (box.current?.scrollTop ?? 0) > 0;
    onHold?.(pointer.current ? 'pointer' : scrolled ? 'scrolled' : 'none');
  }

  const selected = selectedId === null ? -1 : lines.indexOf(selectedId);
  // A key may have gone ahead of what is loaded: its place is the one that counts.
  if (selected >= 0 && wanted < 0) place.current = selected;
  const selectedRef = useRef<number>(-1);
  selectedRef.current = selected;

  /** Brings a line into sight, at the nearer edge: every height is known, the browser need not lay the list out to be asked. */
  function reveal(index: number) {
    const element = box.current;
    const item = virtual.measurementsCache[index];
    if (!element || !item) return;
    const height = virtual.scrollRect?.height ?? element.clientHeight;
    if (item.start < element.scrollTop) element.scrollTo({ top: item.start });
    else if (item.end > element.scrollTop + height) element.scrollTo({ top: item.end - height });
  }

  function choose(index: number, direction: 1 | -1) {
    const inside = Math.max(0, Math.min(lines.count - 1, index));
    const at = nearestRow(lines, inside, direction);
    const reached = at >= 0 ? at : nearestRow(lines, inside, direction === 1 ? -1 : 1);
    if (reached < 0) return;
    place.current = reached;
    towards.current = direction;
    reveal(reached);
    const line = lines.at(reached);
    if (line.type === 'row') {
      setWanted(-1);
      onSelect(line.row.id);
    } else setWanted(reached);
  }

  useEffect(() => {
    if (wanted < 0) return;
    const line = lines.at(wanted);
    if (line.type !== 'row') return;
    setWanted(-1);
    onSelect(line.row.id);
  }, [lines, wanted, onSelect]);

  // A view that opens again shows its selection.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list opens
  useEffect(() => {
    if (selected > 0) reveal(selected);
  }, []);

  useEffect(() => {
    if (selected < 0) return;
    const way = towards.current;
    ticketWatches.expect([way, 2 * way, -way].flatMap((by) => idAt(lines, selected + by)));
  }, [lines, selected]);

  function step(by: number) {
    const present = selectedRef.current >= 0;
    // The next one has moved up into the place of the one that left.
    const from = present ? place.current : by > 0 ? place.current - 1 : place.current;
    choose(from + by, by > 0 ? 1 : -1);
  }
  const page = () => Math.max(1, Math.floor((box.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
  const moves: Record<string, () => void> = {
    arrowdown: () => step(1),
    arrowup: () => step(-1),
    pagedown: () => step(page()),
    pageup: () => step(-page()),
    home: () => choose(0, 1),
    end: () => choose(lines.count - 1, -1),
  };

  useKeys({ j: () => step(1), k: () => step(-1) }, keysEnabled);
  const offerSteps = useSelection((state) => state.offerSteps);
  const stepRef = useRef(step);
  stepRef.current = step;
  useEffect(() => {
    offerSteps((by) => stepRef.current(by));
    return () => offerSteps(null);
  }, [offerSteps]);
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const move = moves[event.key.toLowerCase()];
    if (move) {
      event.preventDefault();
      move();
    } else if (event.key === 'Enter' && onEnter) {
      event.preventDefault();
      onEnter();
    }
  }

  const selectedShown = visible.some((item) => item.index === selected);
  return (
    // The list is one stop of the tab key; its options are pointed at, not focused.
    <div
      ref={box}
      className={classes.list}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={selectedShown ? `${id}-${selected}` : undefined}
      onKeyDown={onKeyDown}
      onBlur={(event) => delete event.currentTarget.dataset.quiet}
      onScroll={() => {
        noteAnchor(box.current?.scrollTop ?? 0);
        tellHold();
      }}
      onPointerEnter={(event) => {
        if (event.pointerType === 'touch') return;
        pointer.current = true;
        tellHold();
      }}
      onPointerLeave={() => {
        pointer.current = false;
        tellHold();
      }}
    >
      <div className={classes.track} role="presentation" style={{ height: virtual.getTotalSize() }}>
        {visible.map((item) => {
          const line = lines.at(item.index);
          const style = { height: item.size, transform: `translateY(${item.start}px)` };
          if (line.type === 'heading')
            return (
              <div key={`heading:${line.key}`} className={classes.heading} role="presentation" style={style}>
                <span>{line.label}</span>
                {line.count !== null && <span className={classes.count}>{count(line.count)}</span>}
              </div>
            );
          if (line.type === 'unloaded')
            return (
              <div key={`line:${item.index}`} className={classes.place} role="presentation" style={style}>
                <SkeletonRow index={item.index} />
              </div>
            );
          return (
            <Option
              key={reuse ? item.index : line.row.id}
              id={`${id}-${item.index}`}
              row={line.row}
              index={item.index}
              count={lines.count}
              selected={item.index === selected}
              gone={line.gone}
              top={item.start}
              height={item.size}
              onSelect={onSelect}
              renderRow={props.renderRow}
            />
          );
        })}
      </div>
    </div>
  );
}

function idAt(lines: Lines, index: number): string[] {
  const line = index >= 0 && index < lines.count ? lines.at(index) : undefined;
  return line?.type === 'row' ? [line.row.id] : [];
}

interface OptionProps {
  id: string;
  row: ListRow;
  index: number;
  count: number;
  selected: boolean;
  gone: boolean;
  top: number;
  height: number;
  onSelect(ticketId: string): void;
  renderRow: Props['renderRow'];
}

/** One row in its place; drawn again only when something of it changed. */
const Option = memo(function Option({ id, row, index, count, selected, gone, top, height, onSelect, renderRow }: OptionProps) {
  const t = useShellWords();
  const pressed = useRef<string>(undefined);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: pointed at by aria-activedescendant
    <div
      id={id}
      className={classes.place}
      role="option"
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={index + 1}
      aria-description={gone ? t('row.gone') : undefined}
      data-selected={selected || undefined}
      style={{ height, transform: `translateY(${top}px)` }}
      onPointerDown={() => {
        pressed.current = row.id;
      }}
      onClick={(event) => {
        // The list may have become another one between press and release.
        const isMeant = pressed.current === undefined || pressed.current === row.id;
        pressed.current = undefined;
        if (!isMeant) return;
        const clock = clockUnder(event.target);
        if (clock === undefined) onSelect(row.id);
        else useSelection.getState().explain(row.id, clock);
      }}
    >
      {renderRow?.(row, { selected, gone }) ?? <TicketRow row={row} selected={selected} gone={gone} />}
    </div>
  );
});
