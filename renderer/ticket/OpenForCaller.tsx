import { IconCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { type DeskInfo, NEW_TICKET } from '#shared/contract/core.ts';
import { formatPhone, normalisePhone } from '#shared/domain/phone.ts';
import { urgencyOf } from '#shared/domain/urgency.ts';
import { core } from '../core/client.ts';
import { useWatch } from '../core/use-watch.ts';
import { useSelection } from '../state/selection.ts';
import { serverNow } from '../time/now.ts';
import { timeWords } from '../time/words.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import { UrgencyMark } from '../ui/UrgencyMark.tsx';
import { AlreadyReported } from './AlreadyReported.tsx';
import { CallClock } from './call/CallPanel.tsx';
import { FormFrame } from './forms/FormFrame.tsx';
import { FormProblem } from './forms/FormProblem.tsx';
import { AreaField, TextField } from './forms/fields.tsx';
import forms from './forms/forms.module.css';
import { CategoryPicker, factsOf, KindQuestion, SitePicker, UrgencyQuestions } from './forms/OpeningFields.tsx';
import { PersonPicker } from './forms/PersonPicker.tsx';
import { Toggle } from './forms/Toggle.tsx';
import classes from './open.module.css';
import { emptyOpening, missingIn, type OpenDraft, openInput } from './open-draft.ts';
import { type Outcome, perform } from './perform.ts';
import { useWords } from './say.ts';
import { useAsked } from './use-asked.ts';
import { type Draft, useDraft } from './use-draft.ts';

type Stored = Parameters<typeof useDraft>[2];

/** A new ticket for somebody who calls, or came by. The draft is read before the form is drawn, so that nothing jumps. */
export function OpenForCaller() {
  const desk = useWatch('desk', undefined);
  const [stored, setStored] = useState<{ draft: Stored }>();
  useEffect(() => {
    let current = true;
    core
      .call('readDraft', { ticketId: NEW_TICKET, form: 'open' })
      .then((draft) => current && setStored({ draft: draft ?? undefined }))
      .catch(() => current && setStored({ draft: undefined }));
    return () => {
      current = false;
    };
  }, []);
  if (!desk || !stored) return <div className={classes.page} aria-busy="true" />;
  return <Opening desk={desk} stored={stored.draft} />;
}

function Opening({ desk, stored }: { desk: DeskInfo; stored: Stored }) {
  const words = useWords();
  const { say, saying } = words;
  const draft = useDraft<OpenDraft>(NEW_TICKET, 'open', stored, emptyOpening);
  const { content } = draft;
  const [startedAt] = useState(() => new Date(serverNow()).toISOString());
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState(0);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Exclude<Outcome, { kind: 'done' }> | null>(null);
  const ticketId = useRef(crypto.randomUUID());
  const what = useRef<HTMLInputElement>(null);
  const { goTo, select } = useSelection.getState();
  const urgency = urgencyOf(content.importance, content.relevance);
  const personId = content.beneficiaryId ?? content.callerId;
  const earlier = useAsked('earlier', personId === null ? null : { personId, except: null });
  const siteName = (id: string | null) => desk.sites.find((site) => site.id === id)?.name;

  const change = (part: Partial<OpenDraft>, ...fields: string[]) => {
    draft.change(part);
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !fields.includes(field))));
  };
  const leave = () => {
    draft.flush();
    goTo('console');
  };
  async function send() {
    if (sending) return;
    const missing = missingIn(content, say);
    setErrors(missing);
    setProblem(null);
    if (Object.keys(missing).length > 0) {
      setWrong((count) => count + 1);
      return;
    }
    setSending(true);
    const input = openInput(content);
    draft.flush();
    const outcome = await perform({ name: 'open', ticketId: ticketId.current, ticketLabel: content.title, input, draft: 'open' });
    setSending(false);
    if (outcome.kind !== 'done') {
      setProblem(outcome);
      return;
    }
    draft.consumed(content);
    goTo('console');
    select(ticketId.current);
  }

  return (
    <div className={classes.page}>
      <section className={classes.main} aria-label={say('caller.title')}>
        <header className={classes.head}>
          <h2>{say('caller.title')}</h2>
          {draft.savedAt && <span className={classes.saved}>{say('form.draftKept', { time: timeWords(draft.savedAt, saying) })}</span>}
        </header>
        <FormFrame
          bare
          title={say('caller.title')}
          icon={<IconCheck size={16} stroke={1.5} />}
          submit={say('caller.open')}
          savedAt={draft.savedAt}
          sending={sending}
          wrong={wrong}
          onSubmit={() => void send()}
          onBack={leave}
          back={say('form.close')}
          above={<OnLine startedAt={startedAt} onLine={content.onLine} onChange={(onLine) => change({ onLine })} />}
          footNote={
            <>
              <UrgencyMark urgency={urgency} />
              <b style={{ fontWeight: 500 }}>{say(`head.urgency.${urgency}`)}</b>
              <span className={forms.aside}>{say(content.onLine ? 'caller.yours' : 'caller.pool')}</span>
            </>
          }
        >
          <People
            desk={desk}
            draft={draft}
            errors={errors}
            change={change}
            siteName={siteName}
            thisYear={earlier?.thisYear}
            onCaller={() => what.current?.focus()}
          />
          <TextField
            ref={what}
            label={say('caller.what')}
            value={content.title}
            maxLength={200}
            error={errors.title}
            onText={(title) => change({ title }, 'title')}
          />
          <AreaField
            low
            label={say('caller.details')}
            value={content.description}
            maxLength={20_000}
            error={errors.description}
            onText={(description) => change({ description }, 'description')}
          />
          <UrgencyQuestions content={content} change={change} />
          <div className={classes.two}>
            <CategoryPicker desk={desk} content={content} errors={errors} change={change} />
            <KindQuestion content={content} change={change} />
          </div>
          <Place desk={desk} content={content} errors={errors} change={change} />
          <FormProblem problem={problem} />
        </FormFrame>
      </section>
      <AlreadyReported
        siteId={content.siteId}
        siteName={siteName(content.siteId) ?? ''}
        personName={content.beneficiaryName || content.callerName}
        earlier={earlier}
        onLeave={draft.flush}
      />
    </div>
  );
}

/** Whether the caller is on the line, which makes the ticket mine and the contact met. */
function OnLine({ startedAt, onLine, onChange }: { startedAt: string; onLine: boolean; onChange(onLine: boolean): void }) {
  const { say } = useWords();
  return (
    <div className={classes.live} data-off={!onLine || undefined}>
      <span className={classes.dot}>{say(onLine ? 'caller.onLine' : 'caller.offLine')}</span>
      {onLine && <CallClock startedAt={startedAt} className={classes.clock} />}
      <span className={classes.what}>{say(onLine ? 'caller.onLineWhat' : 'caller.offLineWhat')}</span>
      <Toggle labelPosition="left" label={say('caller.switch')} checked={onLine} onChange={onChange} />
    </div>
  );
}

interface PartProps {
  desk: DeskInfo;
  errors: Record<string, string>;
  change(part: Partial<OpenDraft>, ...fields: string[]): void;
  siteName(id: string | null): string | undefined;
}

interface PeopleProps extends PartProps {
  draft: Draft<OpenDraft>;
  /** Tickets of whoever has the problem; undefined: not known yet. */
  thisYear: number | undefined;
  /** It is known who calls. */
  onCaller(): void;
}

/** Who calls, and for whom. */
function People({ desk, draft, errors, change, siteName, thisYear, onCaller }: PeopleProps) {
  const { say } = useWords();
  const { callerId, callerName, beneficiaryId, beneficiaryName, phone, place, siteId } = draft.content;
  const [other, setOther] = useState(beneficiaryId !== null);
  const number = formatPhone(normalisePhone(phone, desk.defaultCountry), desk.defaultCountry);
  return (
    <>
      <PersonPicker
        autoFocus
        label={say('caller.who')}
        aside={say('caller.whoHow')}
        nothing={say('caller.nobody')}
        value={callerId}
        chosen={callerName}
        siteName={siteName}
        error={errors.requesterId}
        onChoose={(person) => {
          change(
            { callerId: person.id, callerName: person.name, ...(beneficiaryId === null ? factsOf(person) : {}) },
            'requesterId',
            'siteId',
          );
          onCaller();
        }}
      />
      {callerId !== null && (
        <div className={forms.person}>
          <Avatar name={beneficiaryName || callerName} large />
          <div>
            <b>{beneficiaryName || callerName}</b>
            <small>
              {[
                [siteName(siteId), place].filter(Boolean).join(', '),
                number,
                thisYear !== undefined && thisYear > 0 && say('caller.thisYear', { count: thisYear }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </div>
          <OpButton
            small
            label={say(other ? 'caller.forSelf' : 'caller.forOther')}
            onClick={() => {
              setOther(!other);
              if (other) change({ beneficiaryId: null, beneficiaryName: '' });
            }}
          />
        </div>
      )}
      {other && (
        <PersonPicker
          label={say('caller.beneficiaryOther')}
          nothing={say('caller.nobody')}
          value={beneficiaryId}
          chosen={beneficiaryName}
          siteName={siteName}
          onChoose={(person) => change({ beneficiaryId: person.id, beneficiaryName: person.name, ...factsOf(person) }, 'siteId')}
        />
      )}
    </>
  );
}

/** Where, and under which number; filled from the directory. */
function Place({ desk, content, errors, change }: Omit<PartProps, 'siteName'> & { content: OpenDraft }) {
  const { say } = useWords();
  return (
    <div className={classes.two}>
      <TextField
        type="tel"
        label={say('caller.phone')}
        value={content.phone}
        maxLength={60}
        error={errors.phone}
        onText={(phone) => change({ phone }, 'phone')}
      />
      <SitePicker desk={desk} content={content} errors={errors} change={change} />
      <TextField
        label={say('caller.place')}
        value={content.place}
        maxLength={200}
        error={errors.place}
        onText={(place) => change({ place }, 'place')}
      />
    </div>
  );
}
