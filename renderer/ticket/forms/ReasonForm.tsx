import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { faceOf } from '../operations.ts';
import { useTicket } from '../ticket-context.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { AreaField, Told } from './fields.tsx';
import { useOperationForm } from './use-operation-form.ts';

/** Reopen, cancel, refuse, release: a reason that somebody will read. */
export function ReasonForm({ name }: { name: 'reopen' | 'cancel' | 'refuse' | 'release' }) {
  const { detail, words } = useTicket();
  const { say, language } = words;
  const form = useOperationForm(name, { reason: '' });
  const { reason } = form.content;
  const texts = name === 'release' ? 'releaseForm' : `reasonForm.${name}`;
  const face = faceOf(name);
  const send = (confirmed = false) =>
    void form.send(
      reason.trim() === '' ? { reason: say(`${texts}.needed`) } : {},
      (seen) => (name === 'release' ? { reason, seenHolderId: seen.holderId } : { reason }),
      confirmed,
    );
  return (
    <FormFrame
      title={say(`${texts}.title`)}
      icon={face && <face.icon size={16} stroke={1.5} />}
      submit={say(`${texts}.title`)}
      savedAt={form.savedAt}
      sending={form.sending}
      wrong={form.wrong}
      onSubmit={() => send()}
      onBack={form.back}
    >
      <AreaField
        label={say('form.reason')}
        value={reason}
        maxLength={2000}
        autoFocus
        {...(name === 'release' ? { placeholder: say('releaseForm.placeholder') } : {})}
        error={form.errors.reason}
        onText={(text) => form.change({ reason: text }, 'reason')}
      />
      <Told
        icon={name === 'cancel' ? <IconAlertTriangle size={16} stroke={1.5} /> : <IconInfoCircle size={16} stroke={1.5} />}
        title={say(`${texts}.what`, { team: detail.team?.names[language] ?? '' })}
      >
        {say(`${texts}.whatWhy`)}
      </Told>
      <FormProblem problem={form.problem} onAgain={() => send(true)} />
    </FormFrame>
  );
}
