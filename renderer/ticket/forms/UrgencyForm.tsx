import { IconInfoCircle, IconUrgent } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { Importance, Relevance, Urgency } from '#shared/domain/model.ts';
import { urgencyOf } from '#shared/domain/urgency.ts';
import { UrgencyMark } from '../../ui/UrgencyMark.tsx';
import { Problem } from '../Problem.tsx';
import { useTicket } from '../ticket-context.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { AreaField, Segments, Told } from './fields.tsx';
import classes from './forms.module.css';
import { Toggle } from './Toggle.tsx';
import { type FieldErrors, useOperationForm } from './use-operation-form.ts';

export const importances: readonly Importance[] = ['person', 'team', 'site'];
export const relevances: readonly Relevance[] = ['nuisance', 'hindered', 'blocked'];
const urgencies: readonly Urgency[] = ['low', 'medium', 'high'];

type UrgencyDraft = { importance: Importance; relevance: Relevance; override: Urgency | null; reason: string };

/** Importance × relevance, or an urgency of its own with a reason. */
export function UrgencyForm() {
  const { detail, words } = useTicket();
  const { say } = words;
  const { ticket } = detail;
  const form = useOperationForm<UrgencyDraft>('set_urgency', {
    importance: ticket.importance,
    relevance: ticket.relevance,
    override: ticket.urgencyOverride?.urgency ?? null,
    reason: ticket.urgencyOverride?.reason ?? '',
  });
  const { importance, relevance, override, reason } = form.content;
  const byMatrix = urgencyOf(importance, relevance);
  const result = override ?? byMatrix;
  const low = (urgency: Urgency) => say(`head.urgency.${urgency}`).toLocaleLowerCase();
  const isSame =
    importance === ticket.importance &&
    relevance === ticket.relevance &&
    override === (ticket.urgencyOverride?.urgency ?? null) &&
    reason === (ticket.urgencyOverride?.reason ?? '');
  const check = (): FieldErrors => {
    if (override !== null && reason.trim() === '') return { 'override.reason': say('urgencyForm.reasonNeeded') };
    return isSame ? { importance: say('form.alreadySo') } : {};
  };
  const send = (confirmed = false) =>
    void form.send(
      check(),
      (seen) => ({ importance, relevance, override: override === null ? null : { urgency: override, reason }, seenUrgency: seen.urgency }),
      confirmed,
    );
  const move = (event: React.KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = (list: readonly string[], value: string, by: number) => Math.min(2, Math.max(0, list.indexOf(value) + by));
    const column = importances[at(importances, importance, step[0] ?? 0)] ?? importance;
    const row = relevances[at(relevances, relevance, step[1] ?? 0)] ?? relevance;
    form.change({ importance: column, relevance: row }, 'importance');
    const cell = event.currentTarget.querySelector(`[data-cell="${column} ${row}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  };
  return (
    <FormFrame
      title={say('urgencyForm.title')}
      icon={<IconUrgent size={16} stroke={1.5} />}
      submit={say('urgencyForm.title')}
      savedAt={form.savedAt}
      sending={form.sending}
      wrong={form.wrong}
      onSubmit={() => send()}
      onBack={form.back}
    >
      <div>
        <div className={classes.labelRow}>
          <span className={classes.labelText}>{say('urgencyForm.matrix')}</span>
        </div>
        <div className={classes.matrix} role="radiogroup" aria-label={say('urgencyForm.matrix')} onKeyDown={move} tabIndex={-1}>
          <span />
          {importances.map((column) => (
            <span key={column} className={classes.columnHead}>
              {say(`urgencyForm.importance.${column}`)}
            </span>
          ))}
          {relevances.map((row) => (
            <Fragment key={row}>
              <span>{say(`urgencyForm.relevance.${row}`)}</span>
              {importances.map((column) => {
                const isChosen = column === importance && row === relevance;
                const urgency = urgencyOf(column, row);
                return (
                  // biome-ignore lint/a11y/useSemanticElements: a cell of the matrix
                  <button
                    key={column}
                    type="button"
                    role="radio"
                    data-cell={`${column} ${row}`}
                    className={classes.cell}
                    aria-checked={isChosen}
                    aria-label={`${say(`urgencyForm.importance.${column}`)}, ${say(`urgencyForm.relevance.${row}`)} : ${low(urgency)}`}
                    tabIndex={isChosen ? 0 : -1}
                    // biome-ignore lint/a11y/noAutofocus: the first field of a form that was asked for
                    autoFocus={isChosen}
                    onClick={() => form.change({ importance: column, relevance: row }, 'importance')}
                  >
                    <UrgencyMark urgency={urgency} />
                    {say(`head.urgency.${urgency}`)}
                  </button>
                );
              })}
            </Fragment>
          ))}
        </div>
        {form.errors.importance && <Problem>{form.errors.importance}</Problem>}
      </div>
      <div>
        <Toggle
          label={say('urgencyForm.override')}
          checked={override !== null}
          onChange={(checked) => form.change({ override: checked ? byMatrix : null }, 'override.reason', 'importance')}
        />
        <p className={classes.hint}>{say('urgencyForm.overrideWhy', { urgency: low(byMatrix) })}</p>
      </div>
      {override !== null && (
        <>
          <Segments
            label={say('urgencyForm.override')}
            value={override}
            options={urgencies.map((value) => ({ value, text: say(`head.urgency.${value}`) }))}
            onChoose={(value) => form.change({ override: value })}
          />
          <AreaField
            low
            label={say('form.reason')}
            value={reason}
            maxLength={2000}
            error={form.errors['override.reason']}
            onText={(text) => form.change({ reason: text }, 'override.reason')}
          />
        </>
      )}
      <Told
        icon={<IconInfoCircle size={16} stroke={1.5} />}
        title={
          result === ticket.urgency
            ? say('urgencyForm.same', { to: low(result) })
            : say('urgencyForm.what', { from: low(ticket.urgency), to: low(result) })
        }
      >
        {result === ticket.urgency ? null : say('urgencyForm.whatWhy')}
      </Told>
      <FormProblem problem={form.problem} onAgain={() => send(true)} />
    </FormFrame>
  );
}
