import { IconCheck, IconCopy, IconLogin2, IconRefresh, IconUserX, IconX } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import type { Rejection, TicketDetail } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useSelection } from '../state/selection.ts';
import { serverNow } from '../time/now.ts';
import { OpButton } from '../ui/OpButton.tsx';
import { faceOf, isOffered } from './operations.ts';
import { outcomeWords, Problem } from './Problem.tsx';
import { labelOf, type Outcome, perform, repeat } from './perform.ts';
import { rejectionWords } from './rejection-words.ts';
import classes from './rejections.module.css';
import { useWords } from './say.ts';

const icon = { size: 16, stroke: 1.5 } as const;

interface Props {
  rejection: Rejection;
  /** The ticket as it is now; null: out of sight, nothing can be done on it any more. */
  detail: TicketDetail | null;
  /** Its keys act. */
  keyed: boolean;
  /** Which ticket it is about, where that is not plain to see. */
  about?: ReactNode;
}

/** What the server refused, until it is dismissed: what was kept, what was not applied, what one can do. */
export function RejectionCard({ rejection, detail, keyed, about }: Props) {
  const words = useWords();
  const { say } = words;
  const asking = useRef(false);
  const [asked, setAsked] = useState(false);
  const [copied, setCopied] = useState(false);
  const [problem, setProblem] = useState<Exclude<Outcome, { kind: 'done' }> | null>(null);
  const { title, when, kept, notApplied, values, holderName } = rejectionWords(rejection, serverNow(), words);
  const mayAsk = holderName !== null && detail !== null && isOffered(detail, 'note') && !asked;
  const hasForm = faceOf(rejection.name)?.form ?? false;
  // What hung on it is not done again by itself: then the text is there to be copied.
  const mayDoAgain =
    detail !== null && rejection.refusal.code !== 'invalid' && rejection.notApplied.length === 0 && isOffered(detail, rejection.name);

  const dismiss = () => void core.call('dismissRejection', rejection.operationId).catch(() => undefined);
  const ask = async () => {
    if (!mayAsk || asking.current) return;
    asking.current = true;
    const outcome = await perform({
      name: 'note',
      ticketId: detail.ticket.id,
      ticketLabel: labelOf(detail),
      input: { text: say('rejected.askText', { name: holderName.split(/\s+/)[0] ?? holderName }), visibility: 'internal' },
      draft: null,
    });
    asking.current = false;
    setAsked(outcome.kind === 'done');
    setProblem(outcome.kind === 'done' ? null : outcome);
  };
  const doAgain = async () => {
    if (detail === null) return;
    if (hasForm) {
      dismiss();
      useSelection.getState().select(detail.ticket.id);
      useSelection.getState().openForm(rejection.name);
    } else setProblem(await repeat(rejection.operationId));
  };
  // It came by itself: Escape leaves a search or closes what is open before it puts a refusal away.
  useKeys({ escape: dismiss, d: mayAsk ? () => void ask() : undefined }, keyed, { last: true });

  return (
    <section className={classes.banner} role="alert">
      <div className={classes.top}>
        <IconUserX {...icon} aria-hidden />
        <div className={classes.said}>
          {about}
          <p className={classes.title}>{title}</p>
          <p className={classes.when}>{when}</p>
        </div>
      </div>
      <dl>
        {kept !== null && (
          <>
            <dt>
              <IconCheck {...icon} aria-hidden />
              {say('rejected.kept')}
            </dt>
            <dd>{kept}</dd>
          </>
        )}
        <dt>
          <IconX {...icon} aria-hidden />
          {say('rejected.notApplied')}
        </dt>
        <dd>{notApplied}</dd>
        {values && (
          <>
            <dt>{say('rejected.seen')}</dt>
            <dd>{values.seen}</dd>
            <dt>{say('rejected.current')}</dt>
            <dd>{values.current}</dd>
          </>
        )}
      </dl>
      <div className={classes.buttons}>
        {mayDoAgain && (
          <OpButton
            icon={<IconRefresh {...icon} />}
            label={say(hasForm ? 'rejected.again' : 'rejected.repeat')}
            title={say(hasForm ? 'rejected.againWhy' : 'rejected.repeatWhy')}
            onClick={() => void doAgain()}
          />
        )}
        {mayAsk && (
          <OpButton
            icon={<IconLogin2 {...icon} />}
            label={say('rejected.ask')}
            title={say('rejected.askWhy')}
            {...(keyed ? { k: 'd' } : {})}
            onClick={() => void ask()}
          />
        )}
        {rejection.text !== '' && (
          <OpButton
            icon={<IconCopy {...icon} />}
            label={say(copied ? 'rejected.copied' : 'rejected.copy')}
            onClick={() => void window.guichet.copyText(rejection.text).then((answer) => setCopied(answer.ok))}
          />
        )}
        <OpButton quiet label={say('rejected.dismiss')} {...(keyed ? { k: 'escape' } : {})} onClick={dismiss} />
      </div>
      {asked && <p role="status">{say('rejected.asked')}</p>}
      {problem && <Problem>{outcomeWords(problem, words)}</Problem>}
    </section>
  );
}
