/** Does again what the server refused: the same work, under a new id, since the old one has its answer for ever. */
import type { Performed } from '#shared/contract/core.ts';
import { attachedUpload } from '#shared/domain/ticket/attach.ts';
import { CoreError } from '../failure.ts';
import type { Workplace } from '../workplace.ts';
import { perform, type SendNow } from './perform.ts';

/** The rules judge it as what is done now; a call stays where it was in time. */
export async function repeatRejected(place: Workplace, operationId: string, sendNow: SendNow): Promise<Performed> {
  const { outbox, personId } = place;
  const operation = outbox.get(operationId);
  const isListed = outbox.rejections(personId).some(({ rejection }) => rejection.operationId === operationId);
  if (!operation || !isListed) throw new CoreError('invalid_input', 'no refused operation has this id');
  const { name, ticketId, input, occurredAt, draft } = operation;
  // The text that was given back is done with, unless it was worked on since.
  const given = draft && outbox.drafts(personId, ticketId).find((one) => one.form === draft.form);
  const untouched = draft && given && JSON.stringify(given.content) === JSON.stringify(draft.content);
  const command = { name, ticketId, input, draft: untouched ? draft.form : null };
  const performed = await perform(
    place,
    {
      ...command,
      ...(name === 'log_call' && { occurredAt }),
      alongside: () => {
        outbox.dismissRejection(personId, operationId);
        // The server has lost or forgotten the file: it goes once more.
        const upload = attachedUpload(name, input);
        if (upload !== undefined) outbox.files.startOver(upload);
      },
    },
    sendNow,
  );
  // Nothing was left to do: it is so already.
  if (performed.ok && performed.operationIds.length === 0) outbox.dismissRejection(personId, operationId);
  return performed;
}
