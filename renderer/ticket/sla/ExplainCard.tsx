import { IconCopy, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ClockView, Explanation } from '#shared/contract/sla.ts';
import { useServerNow } from '../../time/now.ts';
import { durationWords, timeWords } from '../../time/words.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { OpButton } from '../../ui/OpButton.tsx';
import { atWords } from '../say.ts';
import { useTicket } from '../ticket-context.ts';
import { BAR_WIDTH, type BarPiece, barOf, datedDay, type LedgerRow, ledgerOf, ledgerText } from './ledger.ts';
import classes from './sla.module.css';

interface Props {
  explanation: Explanation | null;
  chosen: ClockView['clock'];
  onChoose(clock: ClockView['clock']): void;
  onClose(): void;
}

/** Why the deadline is where it is: a bar whose width is counted minutes, and the ledger. */
export function ExplainCard({ explanation, chosen, onChoose, onClose }: Props) {
  const { detail, words } = useTicket();
  const { say, saying } = words;
  const now = useServerNow();
  const [copied, setCopied] = useState(false);
  const name = say(`clock.${chosen}`);
  const title = explanation?.dueAt
    ? say('explain.title', { clock: name, time: atWords(explanation.dueAt, now, words) })
    : say('explain.titleNoDue', { clock: name });
  const ledger = explanation && ledgerOf(explanation, now, words);
  const copy = () => {
    if (!ledger) return;
    void window.guichet.copyText(ledgerText(title, ledger)).then((answer) => setCopied(answer.ok));
  };
  return (
    <section aria-label={title}>
      <div className={classes.top}>
        <h3>{title}</h3>
        {ledger && ledger.past.length > 0 && (
          <OpButton
            small
            quiet
            icon={<IconCopy size={16} stroke={1.5} />}
            label={say(copied ? 'explain.copied' : 'explain.copy')}
            onClick={copy}
          />
        )}
        <IconButton label={say('explain.close')} data-autofocus onClick={onClose}>
          <IconX size={16} stroke={1.5} />
        </IconButton>
      </div>
      <p className={classes.subtitle}>
        {say('explain.subtitle', {
          kind: say(`head.kind.${detail.ticket.kind}`),
          urgency: say(`head.urgency.${detail.ticket.urgency}`).toLocaleLowerCase(),
          target: durationWords((explanation?.targetMinutes ?? 0) * 60_000 || 60_000, saying),
        })}
      </p>
      <div className={classes.tabs}>
        {detail.clocks.map(({ clock }) => (
          <button key={clock} type="button" aria-pressed={clock === chosen} onClick={() => onChoose(clock)}>
            {say(`clock.${clock}`)}
          </button>
        ))}
      </div>
      {explanation && ledger && ledger.past.length + ledger.coming.length > 0 ? (
        <>
          <Bar explanation={explanation} now={now} />
          <Legend isOver={ledger.leftMs < 0} />
          <LedgerTable {...ledger} />
        </>
      ) : (
        <p className={classes.subtitle} style={{ marginTop: 12 }}>
          {say('explain.none')}
        </p>
      )}
    </section>
  );
}

function Bar({ explanation, now }: { explanation: Explanation; now: number }) {
  const { words } = useTicket();
  const { saying } = words;
  const pieces = barOf(explanation, now);
  const nowAt = nowPlace(pieces, now);
  const first = pieces[0];
  const due = explanation.dueAt === null ? null : Date.parse(explanation.dueAt);
  const dueAt = pieces.find((piece) => piece.kind === 'over')?.left ?? BAR_WIDTH;
  return (
    <>
      <div className={classes.bar} aria-hidden>
        {pieces.map((piece) => (
          <i
            key={`${piece.kind}${piece.from}`}
            className={classes.piece}
            data-kind={piece.kind}
            style={{ left: piece.left, width: piece.width }}
          >
            {piece.kind === 'holiday' && piece.width >= 36 && words.say('explain.holiday').toLocaleLowerCase()}
          </i>
        ))}
        {dayLabels(pieces, (instant) => datedDay(instant, words)).map(({ left, text }) => (
          <span key={text} className={classes.day} style={{ left }}>
            {text}
          </span>
        ))}
        {nowAt !== null && <span className={classes.now} style={{ left: nowAt }} />}
      </div>
      <div className={classes.scale} aria-hidden>
        {first && (nowAt === null || nowAt > 80) && (
          <span style={{ left: 0, color: 'var(--text-3)' }}>{timeWords(first.from, saying)}</span>
        )}
        {nowAt !== null && (
          <span style={{ left: nowAt, transform: 'translateX(-50%)', color: 'var(--accent)', fontWeight: 500 }}>
            {timeWords(now, saying)}
          </span>
        )}
        {due !== null && dueAt > 80 && (nowAt === null || nowAt < dueAt - 80) && (
          <span style={{ right: BAR_WIDTH - dueAt, fontWeight: 600 }}>{timeWords(due, saying)}</span>
        )}
      </div>
    </>
  );
}

/** Where the present is on the bar: before the first piece to come; null when nothing is to come. */
function nowPlace(pieces: readonly BarPiece[], now: number): number | null {
  const next = pieces.find((piece) => piece.from >= now);
  return next ? Math.max(0, next.left - 2) : null;
}

/** One label a day, left out where it would touch the one before. */
function dayLabels(pieces: readonly BarPiece[], day: (instant: number) => string): { left: number; text: string }[] {
  const made: { left: number; text: string }[] = [];
  let seen = '';
  let free = 0;
  for (const piece of pieces) {
    const text = day(piece.from);
    if (text === seen || piece.kind === 'closed') continue;
    seen = text;
    const width = text.length * 7;
    const left = Math.min(piece.left, BAR_WIDTH - width);
    if (left < free) continue;
    made.push({ left, text });
    free = left + width + 8;
  }
  return made;
}

/** What the bar's grounds mean; a deadline that is past has nothing to come. */
function Legend({ isOver }: { isOver: boolean }) {
  const { words } = useTicket();
  const entries = [
    ['counted', 'explain.counted'],
    ['pause', 'explain.suspended'],
    ['closed', 'explain.closed'],
    isOver ? ['over', 'explain.afterDue'] : ['coming', 'explain.coming'],
  ] as const;
  return (
    <div className={classes.legend} aria-hidden>
      {entries.map(([kind, key]) => (
        <span key={kind}>
          <i className={classes.swatch}>
            <i className={classes.piece} data-kind={kind} style={{ inset: 0 }} />
          </i>
          {words.say(key)}
        </span>
      ))}
      <span style={{ marginLeft: 'auto', color: 'var(--text-3)' }}>{words.say('explain.shortened')}</span>
    </div>
  );
}

function LedgerTable({ past, coming, usedMs, leftMs }: { past: LedgerRow[]; coming: LedgerRow[]; usedMs: number; leftMs: number }) {
  const { words } = useTicket();
  const { say, saying } = words;
  const row = (entry: LedgerRow) => (
    <tr key={entry.key} data-counted={entry.counted || undefined}>
      <td>{entry.day}</td>
      <td>{entry.hours}</td>
      <td>{entry.what}</td>
      <td>{entry.duration}</td>
    </tr>
  );
  const zero = usedMs < 1000;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by key
    <div className={classes.ledger} tabIndex={0}>
      <table>
        <thead style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
          <tr>
            <th scope="col">{say('explain.day')}</th>
            <th scope="col">{say('explain.hours')}</th>
            <th scope="col">{say('explain.what')}</th>
            <th scope="col">{say('explain.duration')}</th>
          </tr>
        </thead>
        <tbody>
          {past.map(row)}
          <tr data-total>
            <td colSpan={2}>{zero ? '' : say('explain.used', { duration: durationWords(usedMs, saying) })}</td>
            <td colSpan={2}>{say(leftMs >= 0 ? 'explain.left' : 'explain.over', { duration: durationWords(Math.abs(leftMs), saying) })}</td>
          </tr>
          {coming.map(row)}
        </tbody>
      </table>
    </div>
  );
}
