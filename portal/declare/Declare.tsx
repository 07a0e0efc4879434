import { useState } from 'react';
import type { Kind } from '#shared/domain/model.ts';
import { usePortal } from '../desk/desk-context.ts';
import { DeclareForm } from './DeclareForm.tsx';
import { Sent, type SentTicket } from './Sent.tsx';

/** Tells what does not work, or asks for something: the form, and once it is sent what comes of it. */
export function Declare({ kind }: { kind: Kind }) {
  const { desk } = usePortal();
  const [sent, setSent] = useState<SentTicket>();
  return sent ? (
    <Sent kind={kind} sent={sent} />
  ) : (
    <DeclareForm kind={kind} draftKey={`guichet.draft.${desk.person.id}.${kind}`} onSent={setSent} />
  );
}
