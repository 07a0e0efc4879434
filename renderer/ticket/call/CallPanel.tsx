import { useEffect, useRef, useState } from 'react';
import type { CallInProgress } from '#shared/contract/core.ts';
import type { CallOutcome } from '#shared/domain/model.ts';
import { CoreError, core } from '../../core/client.ts';
import { ariaKeys } from '../../keys/key-names.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useServerNow } from '../../time/now.ts';
import { clockWords, timeWords } from '../../time/words.ts';
import { Key } from '../../ui/Key.tsx';
import { Problem } from '../Problem.tsx';
import { labelOf } from '../perform.ts';
import { atWords } from '../say.ts';
import { useTicket } from '../ticket-context.ts';
import { outcomeIcons } from '../timeline/entry-icons.ts';
import { useUndo } from '../undo.ts';
import { CallbackChoice } from './CallbackChoice.tsx';
import classes from './call.module.css';
import { useCallUi } from './call-store.ts';

export const outcomes: readonly CallOutcome[] = ['reached', 'no_answer', 'busy', 'voicemail', 'wrong_number'];
const isMac = () => /mac/i.test(navigator.platform);
/** F1–F5; on macOS, where F-keys are the system's, ⌘1–⌘5. */
export const outcomeKey = (index: number): string => (isMac() ? `ctrl+${index + 1}` : `f${index + 1}`);

/** Elapsed time from server-corrected clocks; `role=timer` is not announced. */
export function CallClock({ startedAt, className }: { startedAt: string; className?: string | undefined }) {
  const now = useServerNow();
  return (
    <span role="timer" className={className}>
      {clockWords(now - Date.parse(startedAt)).padStart(5, '0')}
    </span>
  );
}

const SAVE_AFTER_MS = 200;
/** What could not be kept (a full disk) is tried again. */
const AGAIN_AFTER_MS = 3_000;

/** The call takes over the top of the ticket: number, clock, note, five outcomes with a key each. */
export function CallPanel({ call }: { call: CallInProgress }) {
  const { detail, words, names } = useTicket();
  const { say, saying } = words;
  const fold = useCallUi((state) => state.fold);
  const notDialled = useCallUi((state) => state.notDialled);
  const [note, setNote] = useState(call.note);
  const [callbackAt, setCallbackAt] = useState(call.callbackAt);
  const [choosing, setChoosing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef({ note, callbackAt });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ending = useRef(false);

  // The proposal comes a moment after the call began; what was chosen here stays.
  useEffect(() => {
    if (call.callbackAt === null || latest.current.callbackAt !== null) return;
    latest.current.callbackAt = call.callbackAt;
    setCallbackAt(call.callbackAt);
  }, [call.callbackAt]);

  const save = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    return core.call('updateCall', latest.current).catch(() => {
      if (!ending.current) timer.current ??= setTimeout(() => void saveRef.current(), AGAIN_AFTER_MS);
    });
  };
  const saveRef = useRef(save);
  saveRef.current = save;
  useEffect(() => {
    const flush = () => {
      if (timer.current !== undefined && !ending.current) void saveRef.current();
    };
    // The window is left or closes: what was typed last goes with it.
    window.addEventListener('blur', flush);
    window.addEventListener('beforeunload', flush);
    return () => {
      window.removeEventListener('blur', flush);
      window.removeEventListener('beforeunload', flush);
      flush();
    };
  }, []);

  async function end(outcome: CallOutcome | null) {
    if (ending.current) return;
    ending.current = true;
    clearTimeout(timer.current);
    const again = outcome === 'reached' || outcome === 'wrong_number' ? null : latest.current.callbackAt;
    try {
      await core.call('updateCall', { note: latest.current.note, callbackAt: again });
      const performed = await core.call('endCall', { outcome });
      if (performed && !performed.ok) throw new Error(performed.refusal.code);
      if (performed?.undoable)
        useUndo.getState().offer({
          operationIds: performed.operationIds,
          title: 'done.log_call',
          detail: outcome && `call.outcome.${outcome}`,
          ticket: labelOf(detail),
        });
      useCallUi.getState().reset();
    } catch (error) {
      ending.current = false;
      const full = error instanceof CoreError && error.failure.kind === 'disk_full';
      setProblem(
        full ? say('form.failure.disk_full') : say('call.failed', { detail: error instanceof Error ? error.message : String(error) }),
      );
    }
  }

  const unfold = () => {
    void save();
    fold(true);
  };
  useKeys({
    ...Object.fromEntries(outcomes.map((outcome, index) => [outcomeKey(index), () => void end(outcome)])),
    escape: choosing ? () => setChoosing(false) : unfold,
  });

  const change = (part: Partial<typeof latest.current>) => {
    latest.current = { ...latest.current, ...part };
    timer.current ??= setTimeout(() => void saveRef.current(), SAVE_AFTER_MS);
  };
  const choose = (at: string | null) => {
    setCallbackAt(at);
    setChoosing(false);
    change({ callbackAt: at });
    void save();
  };
  const noteId = `call-note-${call.id}`;
  return (
    <section className={classes.call} aria-label={say('call.label')}>
      <div className={classes.top}>
        <div>
          <span className={classes.live}>{say(call.recovered ? 'call.recovered' : 'call.running')}</span>
          <div className={classes.number}>{names.phone(call.number)}</div>
          <div className={classes.who}>
            <b>{call.personName}</b>
            {[detail.site?.name, detail.ticket.place].filter(Boolean).length > 0 &&
              ` · ${[detail.site?.name, detail.ticket.place].filter(Boolean).join(', ')}`}
          </div>
        </div>
        <div className={classes.time}>
          {!call.recovered && (
            <div className={classes.clock}>
              <CallClock startedAt={call.startedAt} />
            </div>
          )}
          <div>{say('call.since', { time: timeWords(call.startedAt, saying) })}</div>
        </div>
      </div>
      {notDialled && <Problem>{say('call.notDialled')}</Problem>}
      <label className={classes.label} htmlFor={noteId}>
        {say('call.note')}
      </label>
      <textarea
        id={noteId}
        className={classes.note}
        // biome-ignore lint/a11y/noAutofocus: the hand is on the keyboard and the phone at the ear
        autoFocus
        // A call that was found again goes on where its note ends.
        onFocus={({ currentTarget: field }) => field.setSelectionRange(field.value.length, field.value.length)}
        value={note}
        maxLength={10_000}
        onChange={(event) => {
          setNote(event.target.value);
          change({ note: event.target.value });
        }}
      />
      <fieldset className={classes.outcomes} aria-label={say('call.outcomes')}>
        {outcomes.map((outcome, index) => {
          const Icon = outcomeIcons[outcome];
          const key = outcomeKey(index);
          return (
            <button
              key={outcome}
              type="button"
              className={classes.outcome}
              aria-keyshortcuts={ariaKeys(key)}
              onClick={() => void end(outcome)}
            >
              <Icon size={16} stroke={1.5} aria-hidden />
              <Key k={key} />
              <span>{say(`call.outcome.${outcome}`)}</span>
            </button>
          );
        })}
      </fieldset>
      {problem && <Problem>{problem}</Problem>}
      <div className={classes.foot}>
        <span>
          {callbackAt === null ? say('call.noNext') : `${say('call.next')} `}
          {callbackAt !== null && <b>{atWords(callbackAt, Date.parse(call.startedAt), words)}</b>}
        </span>
        <button type="button" className={classes.link} aria-expanded={choosing} onClick={() => setChoosing(!choosing)}>
          {say('call.change')}
        </button>
        {(notDialled || call.recovered) && (
          <button type="button" className={classes.link} onClick={() => void end(null)}>
            {say('call.drop')}
          </button>
        )}
        <button type="button" className={classes.back} onClick={unfold}>
          {say('call.back')}
          <Key k="escape" />
        </button>
      </div>
      {choosing && <CallbackChoice value={callbackAt} onChoose={choose} />}
    </section>
  );
}
