import { FocusTrap } from '@mantine/core';
import { IconCloudUp, IconMail, IconPhonePlus, IconSearch, IconSettings } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { TicketDetail } from '#shared/contract/core.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { useWatch } from '../core/use-watch.ts';
import { press } from '../keys/use-keys.ts';
import { viewFaces } from '../shell/Rail.tsx';
import { useFilters } from '../state/filters.ts';
import { usePanels } from '../state/panels.ts';
import { useSelection } from '../state/selection.ts';
import { faces, offerOf } from '../ticket/operations.ts';
import { Key } from '../ui/Key.tsx';
import { UrgencyMark } from '../ui/UrgencyMark.tsx';
import { useSaying } from '../ui/use-saying.ts';
import { matchWords, type Span } from './commands.ts';
import classes from './Palette.module.css';

interface Command {
  id: string;
  group: 'ticket' | 'go' | 'tickets';
  icon: ReactNode;
  label: readonly Span[];
  aside?: string;
  k?: string;
  /** Why it is not offered, in place of its key; then it does nothing. */
  reason?: string;
  run?(): void;
}

const groups = ['ticket', 'go', 'tickets'] as const;

/** Everything from one field: operations on the selected ticket, views, and tickets by their words. */
export function Palette() {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const setPalette = usePanels((state) => state.setPalette);
  const ticketId = useSelection((state) => state.ticketId);
  const ticket = useWatch('ticket', ticketId ?? '') ?? null;
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => (opener instanceof HTMLElement ? opener.focus({ preventScroll: true }) : undefined), [opener]);
  const commands = useCommands(typed.trim(), ticketId === null ? null : ticket);
  const at = Math.min(active, commands.length - 1);
  const close = () => setPalette(false);
  const field = useRef<HTMLInputElement>(null);
  // At once: the next letter may already be on its way.
  useLayoutEffect(() => field.current?.focus(), []);

  function run(command: Command | undefined) {
    if (!command?.run) return;
    close();
    // After the palette has left, so that what opens finds the keyboard free.
    setTimeout(command.run, 0);
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && commands.length > 0) {
      event.preventDefault();
      const next = (at + step + commands.length) % commands.length;
      setActive(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(commands[at]);
    } else if (event.key === 'Escape' || (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  return createPortal(
    <div className={classes.scrim} onPointerDown={(event) => event.target === event.currentTarget && close()}>
      <FocusTrap active>
        <div className={classes.palette} role="dialog" aria-modal="true" aria-label={t('palette.label')} onKeyDown={onKeyDown}>
          <div className={classes.head}>
            <IconSearch size={16} stroke={1.5} aria-hidden />
            <input
              ref={field}
              data-autofocus
              className={classes.field}
              role="combobox"
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-activedescendant={commands.length > 0 ? `${id}-${at}` : undefined}
              aria-label={t('palette.placeholder')}
              placeholder={t('palette.placeholder')}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                setActive(0);
              }}
            />
            {ticket && <span className={classes.about}>{ticket.ticket.number ?? ticket.ticket.title}</span>}
          </div>
          <div className={classes.body} id={`${id}-list`} role="listbox" aria-label={t('palette.label')}>
            {commands.length === 0 && <p className={classes.none}>{t('palette.none')}</p>}
            {groups.map((group) => {
              const lines = commands.map((command, index) => ({ command, index })).filter(({ command }) => command.group === group);
              if (lines.length === 0) return null;
              return (
                // biome-ignore lint/a11y/useSemanticElements: a group of options
                <div key={group} role="group" aria-label={t(`palette.${group}`)} className={classes.group}>
                  <div className={classes.heading} aria-hidden>
                    {t(`palette.${group}`)}
                  </div>
                  {lines.map(({ command, index }) => (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
                    // biome-ignore lint/a11y/useFocusableInteractive: pointed at by aria-activedescendant
                    <div
                      key={command.id}
                      id={`${id}-${index}`}
                      className={classes.command}
                      role="option"
                      aria-selected={index === at}
                      aria-disabled={command.run === undefined || undefined}
                      onPointerMove={() => setActive(index)}
                      onClick={() => run(command)}
                    >
                      {command.icon}
                      <span className={classes.label}>
                        {command.label.map((span, place) =>
                          // biome-ignore lint/suspicious/noArrayIndexKey: spans of one text
                          span.match ? <mark key={place}>{span.text}</mark> : <span key={place}>{span.text}</span>,
                        )}
                      </span>
                      {command.aside && <span className={classes.aside}>{command.aside}</span>}
                      {command.reason ? (
                        <span className={classes.reason} title={command.reason}>
                          {command.reason}
                        </span>
                      ) : (
                        command.k && <Key k={command.k} />
                      )}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
          <footer className={classes.foot} aria-hidden>
            <span>
              <Key k="arrowup arrowdown" />
              {t('palette.choose')}
            </span>
            <span>
              <Key k="enter" />
              {t('palette.run')}
            </span>
            <span className={classes.close}>
              <Key k="escape" />
              {t('palette.close')}
            </span>
          </footer>
        </div>
      </FocusTrap>
    </div>,
    document.body,
  );
}

function useCommands(typed: string, ticket: TicketDetail | null): Command[] {
  const { t } = useTranslation();
  const { language } = useSaying();
  const found = useWatch('list', { view: 'search', text: typed, sort: 'newest', teamIds: [], siteIds: [], kinds: [], offset: 0, limit: 6 });
  return useMemo(() => {
    const { goTo, show, select } = useSelection.getState();
    const commands: Command[] = [];
    const refused: Command[] = [];
    for (const face of ticket ? faces : []) {
      const offer = ticket && offerOf(ticket, face.name);
      const label = matchWords(t(`ticket:operation.${face.name}`), typed);
      if (!offer || !label) continue;
      const icon = <face.icon size={16} stroke={1.5} aria-hidden />;
      const base = { id: face.name, group: 'ticket' as const, icon, label };
      if (offer.offered) commands.push({ ...base, k: face.k, run: () => press(face.k) });
      // What cannot be done is named only to those who look for it, with the reason, and after what can.
      else if (typed && offer.refusal) refused.push({ ...base, reason: refusalText(offer.refusal, language) });
    }
    commands.push(...refused);
    const places = [
      ...viewFaces.map(({ view, icon: Icon, k }) => ({
        id: view,
        k,
        icon: <Icon size={16} stroke={1.5} aria-hidden />,
        text: t(`view.${view}`),
        run: () => show(view),
      })),
      {
        id: 'caller',
        k: 'o',
        icon: <IconPhonePlus size={16} stroke={1.5} aria-hidden />,
        text: t('rail.openForCaller'),
        run: () => goTo('open_for_caller'),
      },
      {
        id: 'outbox',
        k: 'g o',
        icon: <IconCloudUp size={16} stroke={1.5} aria-hidden />,
        text: t('outbox.page'),
        run: () => goTo('outbox'),
      },
      {
        id: 'mails',
        k: 'g c',
        icon: <IconMail size={16} stroke={1.5} aria-hidden />,
        text: t('mails.title'),
        run: () => goTo('mails'),
      },
      {
        id: 'settings',
        icon: <IconSettings size={16} stroke={1.5} aria-hidden />,
        text: t('settings.title'),
        run: () => goTo('settings'),
      },
    ];
    for (const { text, ...place } of places) {
      const label = matchWords(text, typed);
      if (label) commands.push({ ...place, group: 'go', label });
    }
    if (typed.length > 1)
      for (const row of found?.rows ?? [])
        commands.push({
          id: row.id,
          group: 'tickets',
          icon: <UrgencyMark urgency={row.urgency} />,
          label: matchWords(row.title, typed) ?? [{ text: row.title, match: false }],
          aside: [row.beneficiary, row.number].filter(Boolean).join('  '),
          run: () => {
            useFilters.getState().setText(typed);
            show('search');
            select(row.id);
          },
        });
    return commands;
  }, [typed, ticket, found, language, t]);
}
