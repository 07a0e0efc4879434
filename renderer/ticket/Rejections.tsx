import { IconCheck, IconCopy, IconLogin2, IconRefresh, IconUserX, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Rejection } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useSelection } from '../state/selection.ts';
import { serverNow } from '../time/now.ts';
import { OpButton } from '../ui/OpButton.tsx';
import { faceOf, isOffered } from './operations.ts';
import { outcomeWords, Problem } from './Problem.tsx';
import { labelOf, type Outcome, perform } from './perform.ts';
import { rejectionWords } from './rejection-words.ts';
import classes from './rejections.module.css';
import { useTicket } from './ticket-context.ts';

const icon = { size: 16, stroke: 1.5 } as const;

/** What the server refused, until it is dismissed: what was kept, what was not applied, what one can do. */
function Banner({ rejection, first }: { rejection: Rejection; first: boolean }) {
  const { detail, words } = useTicket();
  const { say } = words;
  const openForm = useSelection((state) => state.openForm);
  const [asked, setAsked] = useState(false);
  const [copied, setCopied] = useState(false);
  const [problem, setProblem] = useState<Exclude<Outcome, { kind: 'done' }> | null>(null);
  const { title, when, kept, notApplied, values, holderName } = rejectionWords(rejection, serverNow(), words);
  const mayAsk = holderName !== null && isOffered(detail, 'note') && !asked;
  const maySendAgain = rejection.refusal.code === 'changed' && (faceOf(rejection.name)?.form ?? false) && isOffered(detail, rejection.name);

  const dismiss = () => void core.call('dismissRejection', rejection.operationId).catch(() => undefined);
  const ask = async () => {
    if (!mayAsk) return;
    const outcome = await perform({
      name: 'note',
      ticketId: detail.ticket.id,
      ticketLabel: labelOf(detail),
      input: { text: say('rejected.askText', { name: holderName.split(/\s+/)[0] ?? holderName }), visibility: 'internal' },
      draft: null,
    });
    setAsked(outcome.kind === 'done');
    setProblem(outcome.kind === 'done' ? null : outcome);
  };
  useKeys({ escape: dismiss, d: mayAsk ? () => void ask() : undefined }, first);

  return (
    <section className={classes.banner} role="alert">
      <div className={classes.top}>
        <IconUserX {...icon} aria-hidden />
        <div>
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
        {maySendAgain && (
          <OpButton
            icon={<IconRefresh {...icon} />}
            label={say('rejected.again')}
            title={say('rejected.againWhy')}
            onClick={() => {
              dismiss();
              openForm(rejection.name);
            }}
          />
        )}
        {mayAsk && (
          <OpButton
            icon={<IconLogin2 {...icon} />}
            label={say('rejected.ask')}
            title={say('rejected.askWhy')}
            {...(first ? { k: 'd' } : {})}
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
        <OpButton quiet label={say('rejected.dismiss')} {...(first ? { k: 'escape' } : {})} onClick={dismiss} />
      </div>
      {asked && <p role="status">{say('rejected.asked')}</p>}
      {problem && <Problem>{outcomeWords(problem, words)}</Problem>}
    </section>
  );
}

export function Rejections() {
  const { detail } = useTicket();
  return detail.rejections.map((rejection, index) => <Banner key={rejection.operationId} rejection={rejection} first={index === 0} />);
}
