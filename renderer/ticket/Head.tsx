import { IconChevronDown, IconChevronUp, IconCloudUp } from '@tabler/icons-react';
import { Fragment } from 'react';
import { ariaKeys } from '../keys/key-names.ts';
import { useSelection } from '../state/selection.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Cut } from '../ui/Cut.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Tag } from '../ui/Tag.tsx';
import { UrgencyMark } from '../ui/UrgencyMark.tsx';
import classes from './head.module.css';
import { Present } from './Present.tsx';
import { clockGlyphs, useClockShown, withWhy } from './sla/Clocks.tsx';
import { ExplainPopover, useExplained } from './sla/ExplainPopover.tsx';
import { useTicket } from './ticket-context.ts';

/** Who has it: a dashed tag in the pool, "À vous", or a name. */
function Holder() {
  const { detail, desk, words } = useTicket();
  const { holderId, resolvedAt, closedAt, sla } = detail.ticket;
  const toConfirm = detail.toConfirm && (
    <span title={words.say('head.toConfirmWhy')}>
      <Tag dashed>{words.say('head.toConfirm')}</Tag>
    </span>
  );
  if (holderId === null)
    return resolvedAt === null && closedAt === null && sla.endedAt === null ? (
      <Tag dashed>{words.say('head.inPool')}</Tag>
    ) : (
      <span className={classes.holder}>{words.say('head.formerHolder')}</span>
    );
  const isMine = holderId === desk.me.id;
  const name = detail.people[holderId]?.name ?? '';
  return (
    <>
      {toConfirm}
      <span className={classes.holder}>
        <Avatar name={isMine ? desk.me.name : name} />
        {isMine ? words.say('head.yours') : name}
      </span>
    </>
  );
}

function ShortDue({ clock }: { clock: Parameters<typeof useClockShown>[0] }) {
  const { words } = useTicket();
  const { explain } = useExplained();
  const { tone, value, title } = useClockShown(clock);
  return (
    <button
      type="button"
      className={classes.shortDue}
      data-tone={tone}
      title={withWhy(title, words)}
      aria-haspopup="dialog"
      onClick={() => explain(clock.clock)}
    >
      {clockGlyphs[tone]}
      {`${words.say(`clock.${clock.clock}`).toLocaleLowerCase()} ${value}`}
    </button>
  );
}

/** Number, urgency, kind and category, holder, neighbours; the title. `compact`: dues in place of the kind, during a call or a form. */
export function Head({ compact = false }: { compact?: boolean }) {
  const { detail, words } = useTicket();
  const { say, language } = words;
  const { ticket } = detail;
  const stepBy = useSelection((state) => state.stepBy);
  const shortClocks = detail.clocks.filter(({ clock, state }) => clock !== 'takeCharge' && state !== 'pending');
  return (
    <header className={classes.head} data-compact={compact || undefined}>
      <div className={classes.line}>
        <span className={classes.number}>{ticket.number ?? say('head.noNumber')}</span>
        <span className={classes.separator} />
        <span className={classes.urgency}>
          <UrgencyMark urgency={ticket.urgency} />
          <span aria-hidden>{say(`head.urgency.${ticket.urgency}`)}</span>
        </span>
        {compact ? (
          <ExplainPopover>
            <span className={classes.shortDues}>
              {shortClocks.map((clock) => (
                <Fragment key={clock.clock}>
                  <span className={classes.separator} />
                  <ShortDue clock={clock} />
                </Fragment>
              ))}
            </span>
          </ExplainPopover>
        ) : (
          <>
            <span className={classes.separator} />
            <Cut className={classes.kind}>
              {[say(`head.kind.${ticket.kind}`), detail.category?.names[language]].filter(Boolean).join(' · ')}
            </Cut>
          </>
        )}
        <span className={classes.grow} />
        {detail.unsent && <IconCloudUp size={16} stroke={1.5} role="img" aria-label={say('head.unsent')} />}
        <Present />
        <Holder />
        {!compact && stepBy && (
          <span className={classes.arrows}>
            <IconButton label={say('head.previous')} aria-keyshortcuts={ariaKeys('k')} onClick={() => stepBy(-1)}>
              <IconChevronUp size={16} stroke={1.5} />
            </IconButton>
            <IconButton label={say('head.next')} aria-keyshortcuts={ariaKeys('j')} onClick={() => stepBy(1)}>
              <IconChevronDown size={16} stroke={1.5} />
            </IconButton>
          </span>
        )}
      </div>
      <h2 className={classes.title}>{ticket.title}</h2>
    </header>
  );
}
