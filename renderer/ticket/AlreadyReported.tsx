import type { ClockView } from '#shared/contract/sla.ts';
import { useWatch } from '../core/use-watch.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useSelection } from '../state/selection.ts';
import { Cut } from '../ui/Cut.tsx';
import { clockUnder, DueTime } from '../ui/DueTime.tsx';
import { Key } from '../ui/Key.tsx';
import { UrgencyMark } from '../ui/UrgencyMark.tsx';
import { type Earlier, EarlierList } from './Earlier.tsx';
import classes from './open.module.css';
import { useWords } from './say.ts';

const SHOWN = 6;

interface Props {
  siteId: string | null;
  siteName: string;
  personName: string;
  /** Undefined: not known yet. */
  earlier: Earlier | undefined;
  onLeave(): void;
}

/** Open tickets of the caller's site, and his own from before: the same fault may be known already. */
export function AlreadyReported({ siteId, siteName, personName, earlier, onLeave }: Props) {
  const words = useWords();
  const { say } = words;
  const see = (ticketId: string) => {
    onLeave();
    const { goTo, select } = useSelection.getState();
    goTo('console');
    select(ticketId);
  };
  return (
    <aside className={classes.aside} aria-label={say('caller.already', { site: siteName })}>
      {siteId === null ? (
        <p style={{ paddingTop: 14 }}>{say('caller.alreadyChoose')}</p>
      ) : (
        <SiteTickets siteId={siteId} siteName={siteName} onLeave={onLeave} />
      )}
      {earlier && earlier.tickets.length > 0 && (
        <section>
          <h3>
            {personName}
            <span>{say('caller.thisYear', { count: earlier.thisYear })}</span>
          </h3>
          <EarlierList tickets={earlier.tickets} words={words} onSee={see} />
        </section>
      )}
    </aside>
  );
}

function SiteTickets({ siteId, siteName, onLeave }: { siteId: string; siteName: string; onLeave(): void }) {
  const { say } = useWords();
  const found = useWatch('list', {
    view: 'all',
    text: '',
    sort: 'newest',
    teamIds: [],
    siteIds: [siteId],
    kinds: [],
    offset: 0,
    limit: 60,
  });
  // What still has a clock is still open: nothing here judges a phase.
  const open = (found?.rows ?? []).filter((row) => row.due.state !== 'none').slice(0, SHOWN);
  const see = (ticketId: string, clock?: ClockView['clock']) => {
    onLeave();
    const { goTo, select, explain } = useSelection.getState();
    goTo('console');
    if (clock === undefined) select(ticketId);
    else explain(ticketId, clock);
  };
  useKeys(Object.fromEntries(open.map((row, index) => [`alt+${index + 1}`, () => see(row.id)])));
  return (
    <>
      <h2>{say('caller.already', { site: siteName })}</h2>
      {found && open.length === 0 && <p>{say('caller.alreadyNone')}</p>}
      {open.map((row, index) => (
        <button key={row.id} type="button" className={classes.row} onClick={(event) => see(row.id, clockUnder(event.target))}>
          <UrgencyMark urgency={row.urgency} />
          <b>
            <Cut>{row.title}</Cut>
          </b>
          <Key k={`alt+${index + 1}`} />
          <small>
            <Cut>{`${row.holder ?? say('caller.inPool')} · ${row.beneficiary}`}</Cut>
          </small>
          <DueTime due={row.due} />
        </button>
      ))}
    </>
  );
}
