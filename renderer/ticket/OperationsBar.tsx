import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { useKeys } from '../keys/use-keys.ts';
import { Key } from '../ui/Key.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import { type OperationFace, offerOf, planBar } from './operations.ts';
import classes from './ticket.module.css';
import { type TicketScope, useTicket } from './ticket-context.ts';

/** How many of the buttons fit beside the primary one and More; all of them where nothing can be measured. */
export function fitting(widths: readonly number[], fixed: number, room: number, gap: number): number {
  if (room <= 0) return widths.length;
  let used = fixed;
  let count = 0;
  for (const width of widths) {
    used += width + gap;
    if (used > room) break;
    count++;
  }
  return count;
}

const GAP = 8;
const PADDING = 40;

/** Of labels that were measured before, by label and key: the same few on every ticket. */
const widths = new Map<string, number>();
// What was measured in another font than the window's own is wrong.
void document.fonts?.ready.then(() => widths.clear());
/** Of the bar, as it was last seen: the next ticket's is as wide. */
let lastRoom = 0;

/**
 * How many buttons fit. A hidden copy of every button is drawn and measured only when a label is met for the first time; the bar's own
 * width is told by its observer, so that choosing a ticket makes the browser lay out nothing twice.
 */
function useFitting(primary: string | undefined, more: string, buttons: readonly string[]) {
  const bar = useRef<HTMLDivElement>(null);
  const copy = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(lastRoom);
  const [, setMeasured] = useState(0);
  const labels = [...(primary === undefined ? [] : [primary]), more, ...buttons];
  const isKnown = labels.every((label) => widths.has(label));
  const key = labels.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the labels
  useLayoutEffect(() => {
    if (isKnown) return;
    [...(copy.current?.children ?? [])].forEach((child, index) => {
      const label = labels[index];
      if (label !== undefined) widths.set(label, child.getBoundingClientRect().width);
    });
    setMeasured((before) => before + 1);
  }, [key, isKnown]);
  useLayoutEffect(() => {
    const element = bar.current;
    if (!element) return;
    const see = (width: number) => {
      lastRoom = width;
      setRoom(width);
    };
    if (lastRoom === 0) see(element.clientWidth);
    const observer = new ResizeObserver(() => see(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const width = (label: string) => widths.get(label) ?? 0;
  const fixed = (primary === undefined ? 0 : width(primary) + GAP) + width(more);
  const fits = room === 0 ? buttons.length : fitting(buttons.map(width), fixed, room - PADDING, GAP);
  return { bar, copy, fits, isKnown };
}

/** Why the ticket's work is not offered, in a few words; empty when it is. */
function reasonWords({ detail, words, names, desk }: TicketScope): string {
  const refusal = offerOf(detail, 'resolve')?.refusal ?? null;
  if (offerOf(detail, 'claim')?.offered || offerOf(detail, 'resolve')?.offered || !refusal) return '';
  const { holderId } = detail.ticket;
  if (refusal.code === 'wrong_phase') return words.say(`ops.phase.${refusal.phase}`);
  if ((refusal.code === 'not_holder' || refusal.code === 'already_held') && holderId && holderId !== desk.me.id) {
    const name = names.person(holderId) ?? '';
    return words.say('ops.held', { name: name.split(/\s+/)[0] ?? name });
  }
  return refusalText(refusal, words.language);
}

/** What is offered to me, each with its key; what does not fit, and what is rare, is behind More. */
export function OperationsBar({ onStart }: { onStart(name: string): void }) {
  const scope = useTicket();
  const { detail, words } = scope;
  const [menuOf, setMenuOf] = useState<string>();
  const menuOpen = menuOf === detail.ticket.id;
  const setMenuOpen = (open: boolean) => setMenuOf(open ? detail.ticket.id : undefined);
  const { primary, buttons, menu } = planBar(detail);
  const label = (face: OperationFace) => words.say(`operation.${face.name}`);
  const icon = ({ icon: Icon }: OperationFace) => <Icon size={16} stroke={1.5} />;
  const labelKey = (face: OperationFace, filled = false) => `${label(face)} ${face.k}${filled ? ' filled' : ''}`;
  const { bar, copy, fits, isKnown } = useFitting(
    primary ? labelKey(primary, true) : undefined,
    words.say('ops.more'),
    buttons.map((face) => labelKey(face)),
  );
  const shown = buttons.slice(0, fits);
  const hidden = [...buttons.slice(fits), ...menu];
  useKeys({ '.': () => setMenuOpen(true) }, hidden.length > 0);

  const run = (name: string) => {
    setMenuOpen(false);
    onStart(name);
  };
  const onMenuKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const face = hidden.find((candidate) => candidate.k === event.key.toLowerCase());
    if (!face) return;
    event.preventDefault();
    run(face.name);
  };
  const more = <OpButton icon={<IconDots size={16} stroke={1.5} />} label={words.say('ops.more')} k="." />;
  const reason = reasonWords(scope);
  return (
    <div ref={bar} className={classes.ops} role="toolbar" aria-label={words.say('ops.label')}>
      {!isKnown && (
        <div ref={copy} className={classes.measure} aria-hidden inert>
          {primary && (
            <span>
              <OpButton icon={icon(primary)} label={label(primary)} k={primary.k} tabIndex={-1} />
            </span>
          )}
          <span>{more}</span>
          {buttons.map((face) => (
            <span key={face.name}>
              <OpButton icon={icon(face)} label={label(face)} k={face.k} tabIndex={-1} />
            </span>
          ))}
        </div>
      )}
      {primary && <OpButton primary icon={icon(primary)} label={label(primary)} k={primary.k} onClick={() => run(primary.name)} />}
      {shown.map((face) => (
        <OpButton key={face.name} icon={icon(face)} label={label(face)} k={face.k} onClick={() => run(face.name)} />
      ))}
      {hidden.length > 0 && (
        <Menu opened={menuOpen} onChange={setMenuOpen} position="bottom-end" width={264} returnFocus>
          <Menu.Target>
            <OpButton icon={<IconDots size={16} stroke={1.5} />} label={words.say('ops.more')} k="." />
          </Menu.Target>
          <Menu.Dropdown className={classes.menu} onKeyDown={onMenuKey}>
            {hidden.map((face) => (
              <div key={face.name}>
                {face.final && hidden.length > 1 && <Menu.Divider />}
                <Menu.Item
                  leftSection={icon(face)}
                  rightSection={<Key k={face.k} />}
                  {...(face.final ? { color: 'var(--danger)' } : {})}
                  onClick={() => run(face.name)}
                >
                  {label(face)}
                </Menu.Item>
              </div>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {reason && <span className={classes.opsReason}>{reason}</span>}
    </div>
  );
}
