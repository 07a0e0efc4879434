import { IconLock, IconWorld } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useState } from 'react';
import { ariaKeys, keyOf } from '../keys/key-names.ts';
import { serverNow } from '../time/now.ts';
import { Key } from '../ui/Key.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import classes from './composer.module.css';
import { useAttaching } from './files/attaching.ts';
import { PickFiles } from './files/PickFiles.tsx';
import { namedByHour } from './files/pasted.ts';
import { Toggle } from './forms/Toggle.tsx';
import { isOffered } from './operations.ts';
import { outcomeWords, Problem } from './Problem.tsx';
import { labelOf, type Outcome, perform } from './perform.ts';
import { listWords } from './say.ts';
import { useTicket } from './ticket-context.ts';
import { useClaimByTyping } from './use-claim-by-typing.ts';
import { useDraft } from './use-draft.ts';

type NoteDraft = { text: string; public: boolean };
const empty: NoteDraft = { text: '', public: false };

interface Props {
  field: RefObject<HTMLTextAreaElement | null>;
  /** Beside the empty field. */
  children?: ReactNode;
}

/** The note: internal unless said otherwise; typing it on a pool ticket takes the ticket. */
export function Composer({ field, children }: Props) {
  const { detail, words, names } = useTicket();
  const { say, language } = words;
  const { ticket } = detail;
  const draft = useDraft<NoteDraft>(ticket.id, 'note', detail.drafts.note, empty);
  const { typed, settled, refused } = useClaimByTyping(detail, 'note', 'done.byNote');
  const [focused, setFocused] = useState(false);
  const [problem, setProblem] = useState<Exclude<Outcome, { kind: 'done' }> | null>(null);
  const [sending, setSending] = useState(false);
  const { text } = draft.content;
  const isPublic = draft.content.public;
  const readers = listWords(
    [ticket.beneficiaryId, ticket.requesterId].flatMap((id) => names.person(id) ?? []),
    language,
  );

  const mayAttach = isOffered(detail, 'attach');

  if (!isOffered(detail, 'note')) return null;

  function attach(files: readonly File[]) {
    draft.flush();
    void useAttaching.getState().attach({ id: ticket.id, label: labelOf(detail) }, files, isPublic ? 'public' : 'internal');
  }

  async function send() {
    if (text.trim() === '' || sending) return;
    setSending(true);
    const sent = draft.content;
    draft.flush();
    await settled();
    const outcome = await perform({
      name: 'note',
      ticketId: ticket.id,
      ticketLabel: labelOf(detail),
      input: { text, visibility: isPublic ? 'public' : 'internal' },
      draft: 'note',
    });
    setSending(false);
    if (outcome.kind === 'done') {
      draft.consumed(sent);
      setProblem(null);
      useAttaching.getState().dismiss();
    } else setProblem(outcome);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const key = keyOf(event.nativeEvent);
    if (key === 'ctrl+enter') {
      event.preventDefault();
      void send();
    } else if (key === 'escape') {
      event.preventDefault();
      draft.flush();
      event.currentTarget.blur();
    }
  }

  const wrong = problem ?? refused;
  const isOpen = focused || text !== '';
  return (
    <div className={classes.composer}>
      <div className={classes.measureWidth}>
        <div className={classes.composerRow}>
          <div className={classes.noteBox}>
            <textarea
              ref={field}
              className={classes.note}
              rows={1}
              data-filled={text !== '' || undefined}
              aria-label={say('composer.label')}
              aria-keyshortcuts={ariaKeys('n')}
              placeholder={say(isPublic ? 'composer.public' : 'composer.internal')}
              value={text}
              maxLength={20_000}
              onChange={(event) => {
                draft.change({ text: event.target.value });
                if (event.target.value.trim() !== '') typed();
              }}
              onKeyDown={onKeyDown}
              onPaste={(event) => {
                const files = [...event.clipboardData.files];
                // A text that was copied with its picture is pasted as a text.
                if (files.length === 0 || event.clipboardData.types.includes('text/plain') || !mayAttach) return;
                event.preventDefault();
                attach(files.map((file) => namedByHour(file, serverNow())));
              }}
              onFocus={() => setFocused(true)}
              onBlur={() => {
                setFocused(false);
                draft.flush();
              }}
            />
            <span className={classes.noteKey}>
              <Key k="n" />
            </span>
            {mayAttach && (
              // What one types goes on where it was.
              // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus in the field
              <span className={classes.notePick} onMouseDown={(event) => event.preventDefault()}>
                <PickFiles words={words} onFiles={attach} />
              </span>
            )}
          </div>
          {!isOpen && children}
        </div>
        {wrong && <Problem>{outcomeWords(wrong, words)}</Problem>}
        {isOpen && (
          // A press on the switch must not close what it belongs to.
          // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus in the field
          <div className={classes.composerFoot} data-public={isPublic || undefined} onMouseDown={(event) => event.preventDefault()}>
            {isPublic ? <IconWorld size={16} stroke={1.5} aria-hidden /> : <IconLock size={16} stroke={1.5} aria-hidden />}
            <span>{isPublic ? say('composer.isPublic', { names: readers }) : say('composer.isInternal')}</span>
            <Toggle quiet label={say('composer.switch')} checked={isPublic} onChange={(checked) => draft.change({ public: checked })} />
            <span className={classes.grow} />
            <OpButton small quiet label={say('composer.save')} k="ctrl+enter" busy={sending} onClick={() => void send()} />
          </div>
        )}
      </div>
    </div>
  );
}
