import { z } from 'zod';
import { mayRead } from '../access.ts';
import { type Attachment, Uuid } from '../model.ts';
import { defineOperation, type HeldSubject, type OperationContext } from '../operation.ts';
import { entryOf } from './entry.ts';
import { ShortText } from './text.ts';

/** As a browser writes them: nothing that a program between here and there could read as its own (electron/main/outgoing.ts opens them). */
const WEB = /^https:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?$/;
const MAIL = /^mailto:[^\s@,;?#%&]+@[^\s@,;?#%&]+$/;
const Link = z
  .string()
  .max(2_000)
  .refine((url) => WEB.test(url) || MAIL.test(url));

const Content = z.discriminatedUnion('kind', [
  /** A finished upload; what it is called, its size and its type are the upload's. */
  z.strictObject({ kind: z.literal('file'), id: Uuid }),
  z.strictObject({ kind: z.literal('link'), url: Link, title: ShortText }),
]);

/** A file or a link. Who sees of a ticket only what is public adds only what is public. */
export const attach = defineOperation({
  name: 'attach',
  input: z.strictObject({ content: Content, visibility: z.enum(['internal', 'public']) }),
  who: 'reader',
  from: { phase: ['open', 'waiting', 'resolved', 'closed', 'cancelled'] },
  offline: 'queued',
  claimsFirst: true,
  apply: ({ ticket }: HeldSubject, { content, visibility }, context) => {
    const attachment = attachmentOf(content, context);
    if (attachment === undefined) return { code: 'file_missing' };
    const mayHide = context.imported || mayRead(context.actor, ticket) === 'all';
    return {
      ticket: { ...ticket, updatedAt: context.now },
      entries: [entryOf(context, 'attached', { attachment }, mayHide ? visibility : 'public')],
    };
  },
});

function attachmentOf(content: z.output<typeof Content>, { upload }: OperationContext): Attachment | undefined {
  return content.kind === 'link' ? content : upload?.(content.id);
}

/** The upload that an operation of this name and input attaches; undefined: none. */
export function attachedUpload(name: string, input: unknown): string | undefined {
  if (name !== attach.name) return undefined;
  const parsed = attach.input.safeParse(input);
  return parsed.success && parsed.data.content.kind === 'file' ? parsed.data.content.id : undefined;
}
