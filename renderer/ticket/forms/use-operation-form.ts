/** What every form of an operation does: draft, claim by typing, errors at the fields, send, and back to the ticket. */
import { useRef, useState } from 'react';
import type { Ticket } from '#shared/domain/model.ts';
import { problemText } from '#shared/domain/refusal-text.ts';
import { useSelection } from '../../state/selection.ts';
import { offerOf } from '../operations.ts';
import { labelOf, type Outcome, perform } from '../perform.ts';
import { sentence } from '../say.ts';
import { useTicket } from '../ticket-context.ts';
import { useClaimByTyping } from '../use-claim-by-typing.ts';
import { type DraftContent, useDraft } from '../use-draft.ts';

/** Errors by field, as paths of the operation's input ("text", "override.reason"). */
export type FieldErrors = Record<string, string>;

export function useOperationForm<T extends DraftContent>(name: string, empty: T) {
  const { detail, words } = useTicket();
  const { ticket } = detail;
  const closeForm = useSelection((state) => state.closeForm);
  const draft = useDraft(ticket.id, name, detail.drafts[name], empty);
  const { typed, settled, refused } = useClaimByTyping(detail, name, 'done.byForm');
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<Exclude<Outcome, { kind: 'done' }> | null>(null);
  const [sending, setSending] = useState(false);
  const [wrong, setWrong] = useState(0);
  /** The ticket as it was when the form opened: what one acts on. */
  const seen = useRef<Ticket>(ticket);

  // A colleague was first while one writes: said now, and not after the last word.
  const offer = offerOf(detail, name);
  const barred: typeof problem = offer && !offer.offered && offer.refusal && !sending ? { kind: 'refused', refusal: offer.refusal } : null;

  const change = (part: Partial<T>, ...fields: string[]) => {
    draft.change(part);
    typed();
    if (fields.some((field) => field in errors))
      setErrors(Object.fromEntries(Object.entries(errors).filter(([field]) => !fields.includes(field))));
  };

  const back = () => {
    draft.flush();
    closeForm();
  };

  async function send(check: FieldErrors, input: (seen: Ticket) => Record<string, unknown>, confirmed = false) {
    if (sending) return;
    setErrors(check);
    setProblem(null);
    if (Object.keys(check).length > 0) {
      setWrong((count) => count + 1);
      return;
    }
    setSending(true);
    const sent = draft.content;
    draft.flush();
    await settled();
    if (confirmed) seen.current = ticket;
    const outcome = await perform({ name, ticketId: ticket.id, ticketLabel: labelOf(detail), input: input(seen.current), draft: name });
    setSending(false);
    if (outcome.kind === 'done') {
      draft.consumed(sent);
      closeForm();
      return;
    }
    if (outcome.kind === 'refused' && outcome.refusal.code === 'invalid') {
      setErrors(Object.fromEntries(outcome.refusal.problems.map((found) => [found.path, sentence(problemText(found, words.language))])));
      setWrong((count) => count + 1);
    } else setProblem(outcome);
  }

  return {
    content: draft.content,
    savedAt: draft.savedAt,
    change,
    back,
    send,
    errors,
    problem: problem ?? refused ?? barred,
    sending,
    wrong,
    seen,
  };
}
