import type { PortalTicketView } from '#shared/contract/portal.ts';
import { formatPhone } from '#shared/domain/phone.ts';
import type { Failure } from '../api/answer.ts';
import { failureWords } from '../api/failure-words.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import { Frame } from '../look/Frame.tsx';
import { Notice } from '../look/Notice.tsx';
import { instantWords } from '../time/words.ts';
import { Cancel } from './Cancel.tsx';
import { Composer } from './Composer.tsx';
import { NowCard } from './NowCard.tsx';
import classes from './TicketPage.module.css';
import { Timeline } from './Timeline.tsx';

interface Props {
  view: PortalTicketView;
  /** The newest question failed: what is shown is from before. */
  failure: Failure | undefined;
  reload(): Promise<void>;
}

/** What is to be expected, what happened, what one may add. */
export function Follow({ view, failure, reload }: Props) {
  const { t, language } = useWords();
  const { desk } = usePortal();
  const { ticket } = view;
  const when = { language, timeZone: ticket.timeZone, now: view.serverTime };
  const urgency = t('urgency.of', { urgency: t(`urgency.${ticket.urgency}`) });
  const facts = {
    category: view.category[language],
    site: view.siteName,
    place: view.place,
    requester: ticket.requesterName,
    beneficiary: ticket.beneficiaryName,
    phone: formatPhone(view.phone, desk.defaultCountry),
  };
  return (
    <Frame
      title={ticket.title}
      above={`${ticket.number ?? t('ticket.noNumber')}, ${urgency}`}
      back
      footer={view.mayWrite ? <Composer ticketId={ticket.id} onSent={reload} /> : undefined}
    >
      {failure && (
        <div className={classes.stale}>
          <Notice>
            {failure.kind === 'unreachable' ? t('failure.stale', { time: instantWords(view.serverTime, when) }) : failureWords(failure, t)}
          </Notice>
        </div>
      )}
      <NowCard view={view} when={when} />
      <section aria-labelledby="timeline">
        <h2 id="timeline" className={classes.label}>
          {t('ticket.timeline')}
        </h2>
        <Timeline view={view} when={when} />
      </section>
      <details className={classes.details}>
        <summary>{t('ticket.details')}</summary>
        <dl className={classes.facts}>
          {Object.entries(facts)
            .filter(([, fact]) => fact !== '')
            .map(([name, fact]) => (
              <Fact key={name} name={t(`ticket.detail.${name}`)} fact={fact} />
            ))}
        </dl>
      </details>
      {view.mayCancel && <Cancel ticketId={ticket.id} onDone={reload} />}
    </Frame>
  );
}

function Fact({ name, fact }: { name: string; fact: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{fact}</dd>
    </>
  );
}
