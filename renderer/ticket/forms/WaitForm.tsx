import { IconHourglassHigh, IconPlayerPause } from '@tabler/icons-react';
import type { WaitReason } from '#shared/domain/model.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { serverNow, useServerNow } from '../../time/now.ts';
import { durationWords, instantWords, timeWords } from '../../time/words.ts';
import { sentence } from '../say.ts';
import { closingOf } from '../sla/Clocks.tsx';
import { usedAt } from '../sla/clock-words.ts';
import { useTicket } from '../ticket-context.ts';
import { wakeChoices } from '../wake-choices.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { AreaField, Field, Segments, Told } from './fields.tsx';
import classes from './forms.module.css';
import { useOperationForm } from './use-operation-form.ts';

const reasons: readonly WaitReason[] = ['beneficiary', 'supplier', 'appointment'];
type WaitDraft = { reason: WaitReason; detail: string; wakeAt: string | null };

const pad = (part: number) => String(part).padStart(2, '0');
/** What date and time fields want; the machine's zone. */
function localParts(at: string | null): { date: string; time: string } {
  if (at === null) return { date: '', time: '' };
  const local = new Date(at);
  return {
    date: `${local.getFullYear()}-${pad(local.getMonth() + 1)}-${pad(local.getDate())}`,
    time: `${pad(local.getHours())}:${pad(local.getMinutes())}`,
  };
}
function fromParts(date: string, time: string): string | null {
  const at = new Date(`${date}T${time || '09:00'}`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** What the pause does to the clocks, in words. */
function ClocksTold({ reason }: { reason: WaitReason }) {
  const { detail, words } = useTicket();
  const { say, saying } = words;
  const now = useServerNow(60_000);
  const icon = <IconPlayerPause size={16} stroke={1.5} />;
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
  const { date, time } = localParts(wakeAt);
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
      icon={<IconHourglassHigh size={16} stroke={1.5} />}
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
      <Field
        label={say('waitForm.wake')}
        error={form.errors.wakeAt}
        hint={
          wakeAt === null ? say('waitForm.noWakeHint') : say('waitForm.wakeHint', { time: sentence(instantWords(wakeAt, now, saying)) })
        }
      >
        {(id, aria) => (
          <>
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
            <div className={classes.dateRow}>
              <input
                {...aria}
                id={id}
                type="date"
                className={classes.input}
                aria-label={say('waitForm.date')}
                value={date}
                onChange={(event) => setWake(fromParts(event.target.value, time))}
              />
              <input
                type="time"
                className={classes.input}
                aria-label={say('waitForm.time')}
                value={time}
                onChange={(event) => setWake(fromParts(date || localParts(new Date(now).toISOString()).date, event.target.value))}
              />
            </div>
          </>
        )}
      </Field>
      <ClocksTold reason={reason} />
      <FormProblem problem={form.problem} onAgain={() => send(true)} />
    </FormFrame>
  );
}
