import { IconEyeOff } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DeskInfo, TicketDetail } from '#shared/contract/core.ts';
import { useWatch } from '../core/use-watch.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useSelection } from '../state/selection.ts';
import { Composer } from './Composer.tsx';
import { CallPanel } from './call/CallPanel.tsx';
import { beginCall, useCallUi } from './call/call-store.ts';
import { Facts } from './Facts.tsx';
import { FormOf } from './forms/FormOf.tsx';
import { Head } from './Head.tsx';
import { useKeptSame } from './keep-same.ts';
import { NearButton } from './Near.tsx';
import { nameBook } from './name-book.ts';
import { OperationsBar } from './OperationsBar.tsx';
import { faceOf, faces, isOffered } from './operations.ts';
import { Pin } from './Pin.tsx';
import { outcomeWords, Problem } from './Problem.tsx';
import { labelOf, type Outcome, perform } from './perform.ts';
import { Rejections } from './Rejections.tsx';
import { Side } from './Side.tsx';
import { useWords } from './say.ts';
import classes from './ticket.module.css';
import { TicketProvider, type TicketScope, useTicket } from './ticket-context.ts';
import { Timeline } from './timeline/Timeline.tsx';
import { useSimilar } from './use-similar.ts';

/** One ticket, whole: who, how much time, what is offered, what happened, and the place to write. */
export function TicketPane({ ticketId }: { ticketId: string }) {
  const detail = useWatch('ticket', ticketId);
  const desk = useWatch('desk', undefined);
  const words = useWords();
  if (detail === null)
    return (
      <section className={classes.pane} aria-label={words.say('head.label')}>
        <div className={classes.empty} role="status">
          <IconEyeOff size={32} stroke={1.5} aria-hidden />
          <h2>{words.say('head.gone')}</h2>
          <p>{words.say('head.goneWhy')}</p>
        </div>
      </section>
    );
  if (!detail || !desk) return <section className={classes.pane} aria-label={words.say('head.label')} aria-busy="true" />;
  return <Pane key={ticketId} detail={detail} desk={desk} />;
}

function Pane({ detail: answered, desk: deskAnswered }: { detail: TicketDetail; desk: DeskInfo }) {
  const words = useWords();
  const detail = useKeptSame(answered);
  const desk = useKeptSame(deskAnswered);
  const { people } = detail;
  const names = useMemo(() => nameBook(people, desk), [people, desk]);
  const scope = useMemo<TicketScope>(() => ({ detail, desk, words, names }), [detail, desk, words, names]);
  return (
    <TicketProvider value={scope}>
      <Content />
    </TicketProvider>
  );
}

function Content() {
  const { detail, words, names } = useTicket();
  const { ticket } = detail;
  const form = useSelection((state) => state.form);
  const openForm = useSelection((state) => state.openForm);
  const closeForm = useSelection((state) => state.closeForm);
  const call = useWatch('call', undefined) ?? null;
  const folded = useCallUi((state) => state.folded);
  const notice = useCallUi((state) => state.notice);
  const tell = useCallUi((state) => state.tell);
  const near = useSimilar(ticket.id);
  const note = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState<Exclude<Outcome, { kind: 'done' }> | null>(null);
  const isCalling = call?.ticketId === ticket.id && !folded;
  const callsElsewhere = call !== null && !isCalling;
  const hasForm = form !== null && (faceOf(form)?.form ?? false) && !isCalling;

  async function start(name: string) {
    setProblem(null);
    if (name === 'log_call') return beginCall(detail, names.phone(ticket.phone));
    if (name === 'note') {
      closeForm();
      // After the form, if one was open, has given its place back.
      requestAnimationFrame(() => note.current?.focus());
      return;
    }
    if (faceOf(name)?.form) return openForm(name);
    const outcome = await perform({ name, ticketId: ticket.id, ticketLabel: labelOf(detail), input: {}, draft: null });
    if (outcome.kind !== 'done') setProblem(outcome);
  }

  // Other parts of the window (the palette) ask for any operation as for a form.
  const asked = form !== null && !(faceOf(form)?.form ?? false) ? form : null;
  const startRef = useRef(start);
  startRef.current = start;
  useEffect(() => {
    if (asked === null) return;
    closeForm();
    void startRef.current(asked);
  }, [asked, closeForm]);

  useKeys(
    Object.fromEntries(
      faces
        .filter((face) => isOffered(detail, face.name) && !(face.name === 'log_call' && callsElsewhere))
        .map((face) => [face.k, () => void start(face.name)]),
    ),
    !hasForm && !isCalling,
  );
  useKeys({ escape: () => tell(null) }, notice?.ticketId === ticket.id);

  const isCompact = hasForm || isCalling;
  return (
    <section className={classes.pane} aria-label={words.say('head.label')}>
      {isCalling && <CallPanel key={call.id} call={call} />}
      {isCompact ? (
        <Head compact />
      ) : (
        <>
          <Head />
          <div className={classes.head}>
            <Facts />
          </div>
          <Rejections />
          <OperationsBar onStart={(name) => void start(name)} />
          {problem && (
            <div className={classes.head}>
              <Problem>{outcomeWords(problem, words)}</Problem>
            </div>
          )}
        </>
      )}
      {hasForm && form ? (
        <FormOf key={form} name={form} />
      ) : (
        <div className={classes.body} data-side={!isCalling || undefined}>
          <div className={classes.column}>
            <div className={classes.feed}>
              <div className={classes.measureWidth}>
                <Pin />
                <Timeline />
              </div>
            </div>
            {!isCalling && (
              <Composer field={note}>
                <NearButton near={near} />
              </Composer>
            )}
          </div>
          {!isCalling && <Side near={near} />}
        </div>
      )}
    </section>
  );
}
