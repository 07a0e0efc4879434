import { IconEyeOff } from '@tabler/icons-react';
import { memo, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { DeskInfo, TicketDetail } from '#shared/contract/core.ts';
import { useWatch } from '../core/use-watch.ts';
import { dropLetters, holdLetters } from '../keys/early-letters.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useSelection } from '../state/selection.ts';
import { useAfterFrame } from '../ui/use-after-frame.ts';
import { Composer } from './Composer.tsx';
import { CallerCard } from './call/CallerCard.tsx';
import { CallPanel } from './call/CallPanel.tsx';
import { beginCall, useCallUi } from './call/call-store.ts';
import { Facts } from './Facts.tsx';
import { DropZone } from './files/DropZone.tsx';
import { NotTakenList } from './files/NotTakenList.tsx';
import { FormOf } from './forms/FormOf.tsx';
import { Head } from './Head.tsx';
import headClasses from './head.module.css';
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
import { useTicketDetail } from './ticket-watches.ts';
import { Timeline } from './timeline/Timeline.tsx';
import { type SimilarTicket, useSimilar } from './use-similar.ts';

/** One ticket, whole: who, how much time, what is offered, what happened, and the place to write. */
export function TicketPane({ ticketId }: { ticketId: string }) {
  const detail = useTicketDetail(ticketId);
  const desk = useWatch('desk', undefined);
  const words = useWords();
  // Until the chosen ticket arrives the one before stays in sight, but nothing acts on it any more: a key that was pressed meanwhile
  // is for the chosen one.
  const arrived = detail === null || detail?.ticket.id === ticketId;
  const early = useRef<Early>(null);
  useKeys(
    Object.fromEntries(
      faces.map((face) => [
        face.k,
        () => {
          early.current = { ticketId, names: [...(early.current?.ticketId === ticketId ? early.current.names : []), face.name] };
          if (face.form || face.name === 'note' || face.name === 'log_call') holdLetters();
        },
      ]),
    ),
    !arrived,
  );
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
  return <Pane detail={detail} desk={desk} current={arrived} early={early} />;
}

/** Where a draft is, one goes on at its end. */
function writeOn(field: HTMLTextAreaElement): void {
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

/** Operations whose keys came before their ticket. */
type Early = { ticketId: string; names: readonly string[] } | null;
interface PaneProps {
  detail: TicketDetail;
  desk: DeskInfo;
  /** It is the ticket that is chosen, not the one before. */
  current: boolean;
  early: RefObject<Early>;
}

function Pane({ detail: answered, desk: deskAnswered, current, early }: PaneProps) {
  const words = useWords();
  const detail = useKeptSame(answered);
  const desk = useKeptSame(deskAnswered);
  const { people } = detail;
  const names = useMemo(() => nameBook(people, desk), [people, desk]);
  const scope = useMemo<TicketScope>(() => ({ detail, desk, words, names }), [detail, desk, words, names]);
  // What one does is answered at the top of the pane, a frame before the rest of the same ticket is drawn anew.
  const rest = useAfterFrame(scope, detail.ticket.id);
  return (
    <TicketProvider value={scope}>
      <Content current={current} early={early} rest={rest} />
    </TicketProvider>
  );
}

interface ContentProps extends Pick<PaneProps, 'current' | 'early'> {
  /** The same ticket, at most a frame older. */
  rest: TicketScope;
}

function Content({ current, early, rest }: ContentProps) {
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
  const [failed, setFailed] = useState<{ ticketId: string; outcome: Exclude<Outcome, { kind: 'done' }> }>();
  const problem = failed?.ticketId === ticket.id ? failed.outcome : null;
  const isCalling = call?.ticketId === ticket.id && !folded;
  const callsElsewhere = call !== null && !isCalling;
  const hasForm = current && form !== null && (faceOf(form)?.form ?? false) && !isCalling;

  async function start(name: string) {
    if (!current) return;
    setFailed(undefined);
    if (name === 'log_call') return beginCall(detail, names.phone(ticket.phone));
    if (name === 'note') {
      closeForm();
      // At once, so that the next letter is the note's first one; where a form is open, after it has given its place back.
      if (note.current) return writeOn(note.current);
      holdLetters();
      requestAnimationFrame(() => note.current && writeOn(note.current));
      return;
    }
    if (faceOf(name)?.form) return openForm(name);
    const outcome = await perform({ name, ticketId: ticket.id, ticketLabel: labelOf(detail), input: {}, draft: null });
    if (outcome.kind !== 'done') setFailed({ ticketId: ticket.id, outcome });
  }

  // Other parts of the window (the palette) ask for any operation as for a form.
  const asked = form !== null && !(faceOf(form)?.form ?? false) ? form : null;
  const startRef = useRef(start);
  startRef.current = start;
  useEffect(() => {
    if (!current || early.current === null) return;
    const { ticketId, names: wished } = early.current;
    early.current = null;
    const offered = ticketId === ticket.id ? wished.filter((name) => isOffered(detail, name)) : [];
    if (offered.length === 0) dropLetters();
    for (const name of offered) void startRef.current(name);
  }, [current, detail, early, ticket.id]);
  useEffect(() => {
    if (asked === null || !current) return;
    closeForm();
    void startRef.current(asked);
  }, [asked, closeForm, current]);

  useKeys(
    Object.fromEntries(
      faces
        .filter((face) => isOffered(detail, face.name) && !(face.name === 'log_call' && callsElsewhere))
        .map((face) => [face.k, () => void start(face.name)]),
    ),
    current && !hasForm && !isCalling,
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
          <Who scope={rest} />
          <Rejections key={ticket.id} />
          <OperationsBar onStart={(name) => void start(name)} />
          {problem && (
            <div className={headClasses.head}>
              <Problem>{outcomeWords(problem, words)}</Problem>
            </div>
          )}
        </>
      )}
      {hasForm && form ? (
        <FormOf key={`${ticket.id} ${form}`} name={form} />
      ) : (
        <Below scope={rest} near={near} note={note} isCalling={isCalling} />
      )}
    </section>
  );
}

const Who = memo(function Who({ scope }: { scope: TicketScope }) {
  return (
    <TicketProvider value={scope}>
      <div className={headClasses.head}>
        <Facts />
      </div>
    </TicketProvider>
  );
});

interface BelowProps {
  scope: TicketScope;
  near: readonly SimilarTicket[];
  note: RefObject<HTMLTextAreaElement | null>;
  isCalling: boolean;
}

/** What happened, the place to write, and what stands beside them. */
const Below = memo(function Below({ scope, near, note, isCalling }: BelowProps) {
  const { id } = scope.detail.ticket;
  return (
    <TicketProvider value={scope}>
      <DropZone className={classes.body} data-side={isCalling ? undefined : true}>
        <div className={classes.column}>
          {/* Never the chosen ticket's id: what is typed belongs to the ticket that is drawn. The rest of the pane is filled anew. */}
          <div key={id} className={classes.feed}>
            <div className={classes.measureWidth}>
              {isCalling && <CallerCard />}
              <Pin />
              <Timeline />
            </div>
          </div>
          <NotTakenList />
          {!isCalling && (
            <Composer key={`${id} note`} field={note}>
              <NearButton near={near} />
            </Composer>
          )}
        </div>
        {!isCalling && <Side near={near} />}
      </DropZone>
    </TicketProvider>
  );
});
