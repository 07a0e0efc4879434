import { IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import type { WaitReason } from '#shared/domain/model.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { serverNow, useServerNow } from '../../time/now.ts';
import { dayHeading, durationWords, instantWords, timeWords } from '../../time/words.ts';
import { Problem } from '../Problem.tsx';
import { sentence } from '../say.ts';
import { closingOf } from '../sla/Clocks.tsx';
import { usedAt } from '../sla/clock-words.ts';
import { PausedBars } from '../sla/PausedBars.tsx';
import { useTicket } from '../ticket-context.ts';
import { wakeChoices } from '../wake-choices.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { AreaField, Segments, TextField, Told } from './fields.tsx';
import classes from './forms.module.css';
import { dayAt, daysFrom, minutesOf, momentOf } from './moment.ts';
import { Picker } from './Picker.tsx';
import { useOperationForm } from './use-operation-form.ts';

const reasons: readonly WaitReason[] = ['beneficiary', 'supplier', 'appointment'];
type WaitDraft = { reason: WaitReason; detail: string; wakeAt: string | null };

/** Days that a wake-up may be chosen from by name; a chip or a typed draft may lie further. */
const DAYS = 60;

/** What the pause does to the clocks, in words. */
function ClocksTold({ reason }: { reason: WaitReason }) {
  const { detail, words } = useTicket();
  const { say, saying } = words;
  const now = useServerNow(60_000);
  const icon = <PausedBars size={16} />;
  if (detail.clocks.some(({ state }) => state === 'paused') || detail.ticket.wait)
    return (
      <Told icon={icon} title={say('waitForm.still')}>
        {say('waitForm.stillWhy')}
      </Told>
    );
  const left = (name: 'contact' | 'resolution') => {
    const clock = detail.clocks.find((candidate) => candidate.clock === name);
    if (clock?.state !== 'running') return null;
    const remaining = clock.targetMinutes * 60_000 - usedAt(clock, now, closingOf(detail.siteHours));
    return remaining > 0 ? durationWords(remaining, saying) : null;
  };
  const contact = detail.clocks.find(({ clock }) => clock === 'contact');
  const attempts = detail.ticket.sla.rounds.at(-1)?.attempts ?? 0;
  const contactLeft = left('contact');
  const resolutionLeft = left('resolution');
  const parts: string[] = [];
  if (contact?.state === 'met') parts.push(say('waitForm.contactMet'));
  else if (contact?.state === 'running' && reason === 'beneficiary' && attempts === 0) parts.push(say('waitForm.contactRuns'));
  else if (contactLeft) parts.push(say('waitForm.contactStops', { duration: contactLeft }));
  if (resolutionLeft) parts.push(say('waitForm.resolutionStops', { duration: resolutionLeft }));
  return (
    <Told icon={icon} title={say('waitForm.stop', { time: timeWords(now, saying) })}>
      {parts.join(' ')}
    </Told>
  );
}

/** The day by its name and the time as it is said: the system's own fields speak the system's language, not the window's. */
function Moment({ at, now, onChange }: { at: string; now: number; onChange(at: string): void }) {
  const { words } = useTicket();
  const { say, saying } = words;
  const day = dayAt(Date.parse(at));
  const [typed, setTyped] = useState(timeWords(at, saying));
  const minutes = minutesOf(typed);
  const take = () => {
    if (minutes === null) return;
    const moment = momentOf(day, minutes);
    if (moment !== at) onChange(moment);
  };
  return (
    <div className={classes.dateRow}>
      <Picker
        label={say('waitForm.day')}
        nothing={say('waitForm.noDay')}
        value={String(day)}
        chosen={dayHeading(day, now, saying)}
        options={daysFrom(now, DAYS, saying)}
        onChoose={({ id }) => onChange(momentOf(Number(id), minutes ?? 540))}
      />
      <TextField
        label={say('waitForm.time')}
        inputMode="numeric"
        value={typed}
        maxLength={8}
        error={minutes === null ? say('waitForm.badTime') : undefined}
        onText={setTyped}
        onBlur={take}
      />
    </div>
  );
}

/** For whom one waits, and when the ticket comes back by itself. */
export function WaitForm() {
  const { detail, words } = useTicket();
  const { say, saying } = words;
  const { wait } = detail.ticket;
  const form = useOperationForm<WaitDraft>('wait', {
    reason: wait?.reason ?? 'beneficiary',
    detail: wait?.detail ?? '',
    wakeAt: wait?.wakeAt ?? null,
  });
  const { reason, wakeAt } = form.content;
  const now = serverNow();
  const choices = wakeChoices(now, detail.siteHours, words);
  const setReason = (chosen: WaitReason) => form.change({ reason: chosen }, 'reason');
  const setWake = (at: string | null) => form.change({ wakeAt: at }, 'wakeAt');
  useKeys(Object.fromEntries(reasons.map((value, index) => [`alt+${index + 1}`, () => setReason(value)])));
  const send = (confirmed = false) =>
    void form.send(
      wakeAt !== null && Date.parse(wakeAt) <= serverNow() ? { wakeAt: say('waitForm.past') } : {},
      () => ({ reason, detail: form.content.detail, wakeAt }),
      confirmed,
    );
  return (
    <FormFrame
      title={say('waitForm.title')}
      icon={<IconHourglass size={16} stroke={1.5} />}
      submit={say('waitForm.title')}
      savedAt={form.savedAt}
      sending={form.sending}
      wrong={form.wrong}
      onSubmit={() => send()}
      onBack={form.back}
    >
      <Segments
        label={say('waitForm.what')}
        value={reason}
        autoFocus
        options={reasons.map((value, index) => ({ value, text: say(`waitForm.${value}`), k: `alt+${index + 1}` }))}
        error={form.errors.reason}
        onChoose={setReason}
      />
      <AreaField
        low
        label={say(`waitForm.detail.${reason}`)}
        aside={say('form.optional')}
        value={form.content.detail}
        maxLength={2000}
        error={form.errors.detail}
        onText={(text) => form.change({ detail: text }, 'detail')}
      />
      <div>
        <div className={classes.labelRow}>
          <span className={classes.labelText}>{say('waitForm.wake')}</span>
        </div>
        <div className={classes.chips}>
          {choices.map((choice) => (
            <button
              key={choice.key}
              type="button"
              className={classes.chip}
              aria-pressed={choice.at === wakeAt}
              onClick={() => setWake(choice.at)}
            >
              {choice.text}
            </button>
          ))}
          <button type="button" className={classes.chip} aria-pressed={wakeAt === null} onClick={() => setWake(null)}>
            {say('waitForm.noWake')}
          </button>
        </div>
        {wakeAt !== null && <Moment key={wakeAt} at={wakeAt} now={now} onChange={setWake} />}
        {form.errors.wakeAt ? (
          <Problem>{form.errors.wakeAt}</Problem>
        ) : (
          <p className={classes.hint}>
            {wakeAt === null ? say('waitForm.noWakeHint') : say('waitForm.wakeHint', { time: sentence(instantWords(wakeAt, now, saying)) })}
          </p>
        )}
      </div>
      <ClocksTold reason={reason} />
      <FormProblem problem={form.problem} onAgain={() => send(true)} />
    </FormFrame>
  );
}
