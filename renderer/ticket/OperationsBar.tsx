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

/** Measures the hidden copy of every button, again when the bar's width or the words change. */
function useFitting(count: number, key: string) {
  const bar = useRef<HTMLDivElement>(null);
  const copy = useRef<HTMLDivElement>(null);
  const [fits, setFits] = useState(count);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the words, whose widths are measured
  useLayoutEffect(() => {
    const element = bar.current;
    if (!element) return;
    const measure = () => {
      const [first = 0, more = 0, ...rest] = [...(copy.current?.children ?? [])].map((child) => child.getBoundingClientRect().width);
      setFits(fitting(rest, first + (first ? GAP : 0) + more, element.clientWidth - PADDING, GAP));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [key]);
  return { bar, copy, fits };
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
  const [menuOpen, setMenuOpen] = useState(false);
  const { primary, buttons, menu } = planBar(detail);
  const label = (face: OperationFace) => words.say(`operation.${face.name}`);
  const icon = ({ icon: Icon }: OperationFace) => <Icon size={16} stroke={1.5} />;
  const key = [primary, ...buttons].map((face) => face?.name).join() + words.language;
  const { bar, copy, fits } = useFitting(buttons.length, key);
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
      <div ref={copy} className={classes.measure} aria-hidden inert>
        <span>{primary && <OpButton icon={icon(primary)} label={label(primary)} k={primary.k} tabIndex={-1} />}</span>
        <span>{more}</span>
        {buttons.map((face) => (
          <span key={face.name}>
            <OpButton icon={icon(face)} label={label(face)} k={face.k} tabIndex={-1} />
          </span>
        ))}
      </div>
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
