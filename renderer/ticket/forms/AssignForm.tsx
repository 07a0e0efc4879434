import { IconInbox, IconUserShare } from '@tabler/icons-react';
import { usePresent } from '../../state/present.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { useTicket } from '../ticket-context.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { AreaField } from './fields.tsx';
import { type Option, Picker } from './Picker.tsx';
import { useOperationForm } from './use-operation-form.ts';

type AssignDraft = { teamId: string; holderId: string | null; reason: string };
/** The option that stands for a team's pool; ids of people never hold a blank. */
const POOL = ' pool';

/** To a colleague of the team; a lead also to another team, its pool or one of its technicians. */
export function AssignForm() {
  const { detail, desk, words, names } = useTicket();
  const { say, language } = words;
  const { ticket } = detail;
  const form = useOperationForm<AssignDraft>('assign', { teamId: ticket.teamId, holderId: null, reason: '' });
  const { teamId, holderId, reason } = form.content;
  // Which teams one may choose; core and server judge all the same.
  const leads = desk.memberships.some((membership) => membership.role === 'lead' && membership.teamId === ticket.teamId);
  const otherTeam = teamId !== ticket.teamId;
  const teamName = (id: string) => names.team(id)?.[language] ?? id;
  const online = new Set(usePresent((state) => state.people).map(({ personId }) => personId));
  const colleagues: Option[] = (desk.colleagues[teamId] ?? [])
    .filter(({ id }) => id !== ticket.holderId)
    .map(({ id, name, role }) => ({
      id,
      label: id === desk.me.id ? `${name} (${say('assignForm.me')})` : name,
      detail: [role === 'lead' && say('assignForm.role.lead'), online.has(id) && say('assignForm.online')].filter(Boolean).join(' · '),
      icon: <Avatar name={name} />,
    }));
  const pool: Option[] = otherTeam
    ? [{ id: POOL, label: say('assignForm.pool', { team: teamName(teamId) }), icon: <IconInbox size={20} stroke={1.5} aria-hidden /> }]
    : [];
  const options = [...pool, ...colleagues];
  const value = holderId ?? (otherTeam ? POOL : null);
  const send = (confirmed = false) =>
    void form.send(
      holderId === null && !otherTeam ? { holderId: say('assignForm.needed') } : {},
      (seen) => ({ teamId, holderId, reason, seenHolderId: seen.holderId }),
      confirmed,
    );
  return (
    <FormFrame
      title={say('assignForm.title')}
      icon={<IconUserShare size={16} stroke={1.5} />}
      submit={say('assignForm.title')}
      savedAt={form.savedAt}
      sending={form.sending}
      wrong={form.wrong}
      onSubmit={() => send()}
      onBack={form.back}
    >
      {leads && (
        <Picker
          narrow
          label={say('assignForm.team')}
          nothing={say('assignForm.nobody')}
          value={teamId}
          chosen={teamName(teamId)}
          options={desk.teams.map(({ id, names: teamNames }) => ({ id, label: teamNames[language] }))}
          error={form.errors.teamId}
          onChoose={(option) => form.change({ teamId: option.id, holderId: null }, 'teamId', 'holderId')}
        />
      )}
      <Picker
        key={teamId}
        inline
        autoFocus
        label={say('assignForm.who')}
        placeholder={say('assignForm.search')}
        nothing={say('assignForm.nobody')}
        value={value}
        chosen={options.find((option) => option.id === value)?.label ?? ''}
        options={options}
        error={form.errors.holderId}
        onChoose={(option) => form.change({ holderId: option.id === POOL ? null : option.id }, 'holderId')}
      />
      <AreaField
        low
        label={say('form.reason')}
        aside={say('form.optional')}
        value={reason}
        maxLength={2000}
        error={form.errors.reason}
        onText={(text) => form.change({ reason: text }, 'reason')}
      />
      <FormProblem problem={form.problem} onAgain={() => send(true)} />
    </FormFrame>
  );
}
