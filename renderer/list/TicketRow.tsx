import { IconArrowBackUp, IconCloudUp, IconPhoneX } from '@tabler/icons-react';
import { memo } from 'react';
import type { ListRow } from '#shared/contract/core.ts';
import { useShellWords } from '../i18n/index.ts';
import { useTicking } from '../time/now.ts';
import { daysBetween, dayWords, timeWords } from '../time/words.ts';
import { Cut } from '../ui/Cut.tsx';
import { DueTime } from '../ui/DueTime.tsx';
import { Tag } from '../ui/Tag.tsx';
import { UrgencyMark } from '../ui/UrgencyMark.tsx';
import { useSaying } from '../ui/use-saying.ts';
import { Marked } from './Marked.tsx';
import classes from './TicketRow.module.css';

function Glyph({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className={classes.glyph} role="img" aria-label={label} title={label}>
      {children}
    </span>
  );
}

function Glyphs({ row }: { row: ListRow }) {
  const t = useShellWords();
  return (
    <>
      {row.attempted && (
        <Glyph label={t('row.attempted')}>
          <IconPhoneX size={14} stroke={1.5} />
        </Glyph>
      )}
      {row.refused && (
        <span className={classes.glyph} title={t('row.refusedWhy')}>
          <Tag>
            <IconArrowBackUp size={14} stroke={1.5} aria-hidden />
            {t('row.refused')}
          </Tag>
        </span>
      )}
      {row.toConfirm && <Tag dashed>{t('row.toConfirm')}</Tag>}
      {row.claimRefused && <Tag>{t('row.claimRefused')}</Tag>}
      {row.unsent && !row.toConfirm && (
        <Glyph label={t('row.unsent')}>
          <IconCloudUp size={14} stroke={1.5} />
        </Glyph>
      )}
    </>
  );
}

function Who({ row }: { row: ListRow }) {
  const t = useShellWords();
  const found = row.found;
  const where = [row.kind === 'request' ? t('row.request') : null, row.beneficiary, row.site];
  if (!found || found.field === 'title') return <Cut className={classes.who}>{where.filter(Boolean).join(' · ')}</Cut>;
  return (
    <Cut className={classes.who}>
      {found.field === 'person' ? null : `${row.beneficiary} · `}
      {/* What was reported speaks for itself; the rest says where it stands. */}
      {found.field === 'person' || found.field === 'description' ? null : `${t(`search.in.${found.field}`)} `}
      <Marked text={found.excerpt} />
      {found.field === 'person' ? ` · ${row.site}` : null}
    </Cut>
  );
}

/** What stands at the right of the second line: the deadline, or how it ended. */
function End({ row }: { row: ListRow }) {
  const t = useShellWords();
  if (row.due.state !== 'none') return <DueTime due={row.due} />;
  return <span className={classes.ended}>{t(`phase.${row.phase}`)}</span>;
}

interface Props {
  row: ListRow;
  selected: boolean;
  gone: boolean;
}

/** Two lines of 16 px: title and glyphs; person, site and deadline. */
export const TicketRow = memo(function TicketRow({ row, selected, gone }: Props) {
  return (
    <div className={classes.row} data-selected={selected || undefined} data-gone={gone || undefined}>
      <UrgencyMark urgency={row.urgency} />
      <div className={classes.line}>
        <Cut className={classes.title}>{row.found?.field === 'title' ? <Marked text={row.found.excerpt} /> : row.title}</Cut>
        <span className={classes.glyphs}>
          <Glyphs row={row} />
        </span>
      </div>
      <div className={classes.line}>
        <Who row={row} />
        <End row={row} />
      </div>
    </div>
  );
});

function CallbackTime({ at }: { at: string }) {
  const saying = useSaying();
  const late = useTicking((now) => now >= Date.parse(at));
  // An hour alone would be read as today's.
  const words = useTicking((now) => (daysBetween(now, at, saying) < 0 ? dayWords(at, now, saying) : timeWords(at, saying)));
  return (
    <span className={classes.time} data-late={late || undefined}>
      {words}
    </span>
  );
}

/** A promised call: the time first, then who; red with how late once it is past. */
export const CallbackRow = memo(function CallbackRow({ row, selected, gone }: Props) {
  const at = row.callbackAt;
  return (
    <div className={classes.callback} data-selected={selected || undefined} data-gone={gone || undefined}>
      {at ? <CallbackTime at={at} /> : <span />}
      <UrgencyMark urgency={row.urgency} />
      <div className={classes.line}>
        <Cut className={classes.title}>{row.beneficiary}</Cut>
        <span className={classes.glyphs}>
          <Glyphs row={row} />
        </span>
      </div>
      <div className={classes.line}>
        <Cut className={classes.who}>{row.title}</Cut>
        {at && <LateCall at={at} />}
      </div>
    </div>
  );
});

function LateCall({ at }: { at: string }) {
  const late = useTicking((now) => now >= Date.parse(at));
  // A promise has no "soon": it is due at its minute, and late after it.
  return late ? <DueTime explains={false} due={{ state: 'running', clock: 'contact', dueAt: at, soonAt: at }} /> : null;
}

/** The row's own geometry, while it is not there yet. */
export function SkeletonRow({ index }: { index: number }) {
  const width = 48 + ((index * 37) % 40);
  return (
    <div className={classes.row} data-skeleton>
      <span className={classes.dot} />
      <span className={classes.line}>
        <span className={classes.bone} style={{ width: `${width}%` }} />
      </span>
      <span className={classes.line}>
        <span className={classes.bone} style={{ width: `${width * 0.6}%` }} />
        <span className={classes.bone} style={{ width: 38, marginLeft: 'auto' }} />
      </span>
    </div>
  );
}
