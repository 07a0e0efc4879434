import { IconLink } from '@tabler/icons-react';
import type { LinkKind } from '#shared/domain/model.ts';
import { useTicket } from '../ticket-context.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { Segments } from './fields.tsx';
import { TicketPicker } from './TicketPicker.tsx';
import { useOperationForm } from './use-operation-form.ts';

type Content = { otherId: string | null; other: string; as: LinkKind };
const kinds = ['duplicate_of', 'parent', 'related'] as const satisfies readonly LinkKind[];

/** What this ticket is to another one, found by number or by words among those that are here. */
export function LinkForm() {
  const { detail, words } = useTicket();
  const { say } = words;
  const form = useOperationForm<Content>('link', { otherId: null, other: '', as: 'related' });
  const { otherId, other, as } = form.content;
  const send = () => void form.send(otherId === null ? { otherId: say('linkForm.needed') } : {}, () => ({ otherId, as }));
  return (
    <FormFrame
      title={say('linkForm.title')}
      icon={<IconLink size={16} stroke={1.5} />}
      submit={say('linkForm.submit')}
      savedAt={form.savedAt}
      sending={form.sending}
      wrong={form.wrong}
      onSubmit={send}
      onBack={form.back}
    >
      <TicketPicker
        label={say('linkForm.other')}
        value={otherId}
        chosen={other}
        except={detail.ticket.id}
        error={form.errors.otherId}
        onChoose={(option) => form.change({ otherId: option.id, other: option.label }, 'otherId')}
      />
      <Segments
        label={say('linkForm.as')}
        value={as}
        options={kinds.map((kind) => ({ value: kind, text: say(`linkForm.kind.${kind}`) }))}
        onChoose={(kind) => form.change({ as: kind })}
      />
      <FormProblem problem={form.problem} onAgain={send} />
    </FormFrame>
  );
}
