/** The call in progress: stored before the system dials, at most 250 ms behind what is typed, asked for its outcome after a kill. */
import type { z } from 'zod';
import type { CallInProgress, coreCalls, Performed } from '#shared/contract/core.ts';
import { CoreError } from '../failure.ts';
import { callInProgress } from '../view/ticket-detail.ts';
import type { Workplace } from '../workplace.ts';
import { perform, type SendNow } from './perform.ts';

/** Fails with `busy` while another call is in progress. */
export function startCall(place: Workplace, input: z.output<typeof coreCalls.startCall.input>): CallInProgress {
  const { outbox, personId } = place;
  outbox.transaction(() => {
    if (outbox.anyCall()) throw new CoreError('busy', 'another call is in progress');
    outbox.startCall(personId, { id: place.machine.newId(), ...input, startedAt: place.now(), note: '', callbackAt: null });
  });
  const call = callInProgress(place);
  if (!call) throw new CoreError('internal', 'the call was not stored');
  return call;
}

export function updateCall(place: Workplace, input: z.output<typeof coreCalls.updateCall.input>): void {
  const { outbox, personId } = place;
  outbox.transaction(() => {
    const call = outbox.call(personId);
    if (!call) throw new CoreError('invalid_input', 'no call is in progress');
    const { recovered: _recovered, ...stored } = call;
    // The id of the process stays: a recovered call is still a recovered one while its note is completed.
    outbox.updateCall({ ...stored, note: input.note, callbackAt: input.callbackAt });
  });
}

/** Queues log_call and ends the call in one transaction; null outcome: the call is dropped. Never claims. */
export async function endCall(
  place: Workplace,
  input: z.output<typeof coreCalls.endCall.input>,
  sendNow: SendNow,
): Promise<Performed | null> {
  const { outbox, personId } = place;
  const call = outbox.call(personId);
  if (!call) throw new CoreError('invalid_input', 'no call is in progress');
  const { outcome } = input;
  if (outcome === null) {
    outbox.transaction(() => outbox.endCall());
    return null;
  }
  // The end of a call that a kill cut off is not known: no duration is better than one that counts the night.
  const seconds = call.recovered || outcome !== 'reached' ? 0 : Math.round((Date.parse(place.now()) - Date.parse(call.startedAt)) / 1_000);
  return perform(
    place,
    {
      name: 'log_call',
      ticketId: call.ticketId,
      input: {
        outcome,
        number: call.number.e164 ?? call.number.typed,
        startedAt: call.startedAt,
        duration: Math.min(Math.max(seconds, 0), 86_400),
        note: call.note,
        callbackAt: call.callbackAt,
      },
      draft: null,
      occurredAt: call.startedAt,
      alongside: () => outbox.endCall(),
      evenOutOfSight: true,
    },
    sendNow,
  );
}
