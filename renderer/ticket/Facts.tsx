import { IconPhone } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTicking } from '../time/now.ts';
import { instantWords } from '../time/words.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Cut } from '../ui/Cut.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import { beginCall, useCallUi } from './call/call-store.ts';
import classes from './facts.module.css';
import { faceOf, isOffered, planBar } from './operations.ts';
import { atWords } from './say.ts';
import { useSiteWords } from './site-words.ts';
import { Clocks } from './sla/Clocks.tsx';
import { useTicket } from './ticket-context.ts';

/** "Site ouvert jusqu’à 18:00", "14:07 là-bas" when the site's clock differs, the language when it is not mine, who reported it. */
function SiteLine() {
  const { detail, desk, words, names } = useTicket();
  const { say, saying } = words;
  const { ticket, siteHours } = detail;
  const { hours, there } = useSiteWords(siteHours, words);
  const language = detail.people[ticket.beneficiaryId]?.language;
  const speaks = language && language !== desk.me.language ? say(`contact.speaks.${language}`) : undefined;
  const callback = useTicking((now) => {
    if (!ticket.callback) return '';
    const { at } = ticket.callback;
    if (Date.parse(at) < now) return say('contact.callbackPast', { time: instantWords(at, now, saying) });
    return say('contact.callback', { time: atWords(at, now, words) });
  });
  const requester = ticket.requesterId === ticket.beneficiaryId ? undefined : names.person(ticket.requesterId);
  return (
    <p className={classes.meta}>
      {[hours, there, speaks, requester && say('contact.reportedBy', { name: shortName(requester) }), callback]
        .filter(Boolean)
        .map((part, index) => (
          <Fragment key={part}>
            {index > 0 && ' · '}
            <span>{part}</span>
          </Fragment>
        ))}
    </p>
  );
}

/** "A. Besson": a line about somebody else than the one who is called. */
export function shortName(name: string): string {
  const [first, ...rest] = name.trim().split(/\s+/);
  return rest.length === 0 || !first ? name : `${first[0]}. ${rest.join(' ')}`;
}

/** A number that wants a question, or why it is not dialled. */
function CallNotice() {
  const { detail, words, names } = useTicket();
  const notice = useCallUi((state) => state.notice);
  const tell = useCallUi((state) => state.tell);
  if (notice?.ticketId !== detail.ticket.id) return null;
  const shown = names.phone(detail.ticket.phone);
  return (
    <div className={classes.ask} role="alert">
      <p>{words.say(notice.key, notice.values)}</p>
      {notice.kind === 'ask' && (
        <OpButton small label={words.say('contact.dial')} autoFocus onClick={() => void beginCall(detail, shown, true)} />
      )}
      <OpButton
        small
        quiet
        label={words.say(notice.kind === 'ask' ? 'contact.dont' : 'rejected.dismiss')}
        k="escape"
        onClick={() => tell(null)}
      />
    </div>
  );
}

/** Who is to be called, and how much time is left. */
export function Facts() {
  const { detail, words, names } = useTicket();
  const { ticket } = detail;
  const beneficiary = names.person(ticket.beneficiaryId) ?? '';
  const number = names.phone(ticket.phone);
  const key = faceOf('log_call')?.k;
  const { primary, buttons } = planBar(detail);
  const isInBar = [primary, ...buttons].some((face) => face?.name === 'log_call');
  return (
    <div className={classes.facts}>
      <section aria-label={words.say('contact.label')}>
        <div className={classes.who}>
          <Avatar name={beneficiary} large />
          <div className={classes.names}>
            <Cut className={classes.name}>{beneficiary}</Cut>
            <Cut className={classes.where}>{[detail.site?.name, ticket.place].filter(Boolean).join(', ')}</Cut>
          </div>
        </div>
        <div className={classes.phone}>
          {number ? <b>{number}</b> : <span className={classes.noPhone}>{words.say('contact.noPhone')}</span>}
          {number && !isInBar && isOffered(detail, 'log_call') && (
            <OpButton
              small
              icon={<IconPhone size={16} stroke={1.5} />}
              label={words.say('contact.call')}
              {...(key ? { k: key } : {})}
              onClick={() => void beginCall(detail, number)}
            />
          )}
        </div>
        <CallNotice />
        <SiteLine />
      </section>
      <Clocks />
    </div>
  );
}
