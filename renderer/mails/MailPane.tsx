import { IconFilePlus, IconPaperclip, IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { QuarantineAction, QuarantinedMail } from '#shared/contract/quarantine.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { CoreError, core } from '../core/client.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useWords } from '../ticket/say.ts';
import { exactWords } from '../time/words.ts';
import { OpButton } from '../ui/OpButton.tsx';
import { DiscardMail } from './DiscardMail.tsx';
import classes from './mails.module.css';
import { NoteOnTicket } from './NoteOnTicket.tsx';
import { OpenFromMail } from './OpenFromMail.tsx';
import { useMail } from './use-mails.ts';
import { whyKey } from './why-words.ts';

type Form = 'note' | 'open' | 'discard';

export interface MailForm {
  sending: boolean;
  /** Why it was not done. */
  problem: string | null;
  send(action: QuarantineAction): void;
  back(): void;
}

/** What became of a mail, in words; `ticketId`: where it is now. */
export interface Handled {
  text: string;
  ticketId: string | null;
}

/** One mail, and what can be made of it. The first who deals with it is the one who did. */
export function MailPane({ mail: { id, ...head }, onHandled }: { mail: QuarantinedMail; onHandled(what: Handled): void }) {
  const { t } = useTranslation();
  const { language, saying } = useWords();
  const { mail } = useMail(id);
  const [form, setForm] = useState<Form | null>(null);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const choose = (next: Form | null) => {
    setProblem(null);
    setForm(next);
  };
  const actions = useRef<HTMLDivElement>(null);
  /** The focus is where it was before the form. */
  const back = () => {
    flushSync(() => choose(null));
    actions.current?.querySelector<HTMLElement>(`[data-form="${form}"]`)?.focus();
  };
  useKeys({ n: () => choose('note'), t: () => choose('open'), x: () => choose('discard') }, form === null);

  async function send(action: QuarantineAction): Promise<void> {
    if (sending) return;
    setSending(true);
    setProblem(null);
    try {
      const answer = await core.call('handleMail', { id, action });
      if (answer.outcome === 'refused') setProblem(refusalText(answer.refusal, language));
      else if (answer.outcome === 'already_handled') {
        const { as, byName } = answer.handled;
        onHandled({ text: t(`mails.handled.${as}`, { name: byName }), ticketId: null });
      } else onHandled({ text: t(`mails.done.${action.action}`), ticketId: answer.ticketId });
    } catch (error) {
      const outOfReach = error instanceof CoreError && error.failure.kind === 'out_of_reach';
      setProblem(t(outOfReach ? 'mails.outOfReach' : 'mails.failedReason'));
    } finally {
      setSending(false);
    }
  }
  const work: MailForm = { sending, problem, send: (action) => void send(action), back };
  const view = mail.state === 'there' ? mail.value : undefined;

  return (
    <article className={classes.pane} aria-label={head.subject || t('mails.noSubject')}>
      <header className={classes.mailHead}>
        <h2>{head.subject || t('mails.noSubject')}</h2>
        <p className={classes.sender}>
          {head.from ? (
            <>
              <b>{head.from.name || head.from.address}</b> <span className={classes.address}>{head.from.address}</span>
            </>
          ) : (
            t('mails.nobody')
          )}
          <time dateTime={head.receivedAt}>{exactWords(head.receivedAt, saying)}</time>
        </p>
        <p className={classes.reason}>{t(`mails.whyText.${whyKey(head.why)}`)}</p>
      </header>
      {form === 'note' ? (
        <NoteOnTicket ticket={view?.ticket ?? null} work={work} />
      ) : form === 'open' ? (
        <OpenFromMail mail={{ id, ...head }} work={work} />
      ) : form === 'discard' ? (
        <DiscardMail work={work} />
      ) : (
        <div ref={actions} className={classes.actions}>
          <OpButton
            primary
            icon={<IconFilePlus size={16} stroke={1.5} />}
            label={t('mails.note')}
            data-form="note"
            k="n"
            onClick={() => choose('note')}
          />
          <OpButton
            icon={<IconPlus size={16} stroke={1.5} />}
            label={t('mails.open')}
            data-form="open"
            k="t"
            onClick={() => choose('open')}
          />
          <OpButton
            icon={<IconTrash size={16} stroke={1.5} />}
            label={t('mails.discard')}
            data-form="discard"
            k="x"
            onClick={() => choose('discard')}
          />
        </div>
      )}
      {head.files.length > 0 && (
        <ul className={classes.files} aria-label={t('mails.files')}>
          {head.files.map((file) => (
            <li key={file.name}>
              <IconPaperclip size={16} stroke={1.5} aria-hidden />
              {file.name}
            </li>
          ))}
        </ul>
      )}
      {mail.state === 'failed' ? (
        <p className={classes.text}>{t(mail.outOfReach ? 'mails.outOfReach' : 'mails.failedReason')}</p>
      ) : (
        view && <p className={classes.text}>{view.text || t('mails.noText')}</p>
      )}
    </article>
  );
}
