/** A line of the public timeline in plain words. */
import type { TFunction } from 'i18next';
import type { PortalTicketView } from '#shared/contract/portal.ts';
import type { Attachment, Entry, Language, Names } from '#shared/domain/model.ts';
import { instantWords, type When } from '../time/words.ts';

export interface Line {
  text: string;
  /** What somebody wrote, as he wrote it. */
  body?: string;
  attachment?: Attachment;
  /** The text is a name, and the body what that person says. */
  isSaid?: boolean;
}

export interface EntryContext {
  view: PortalTicketView;
  /** Who reads. */
  me: string;
  categories: readonly { id: string; names: Names }[];
  language: Language;
  when: When;
  t: TFunction;
}

export function entryWords(entry: Entry, context: EntryContext): Line {
  const { view, me, t, when } = context;
  const nameOf = (id: string) => view.names[id] ?? t('entry.somebody');
  const who = nameOf(entry.authorId);
  const isMine = entry.authorId === me;
  const byMe = (key: string) => (isMine ? t(`entry.${key}Me`) : t(`entry.${key}`, { who }));
  const withBody = (text: string, body: string): Line => (body === '' ? { text } : { text, body });

  switch (entry.kind) {
    case 'opened':
      return withBody(openedWords(entry, context, who), view.description);
    case 'claimed':
    case 'resumed':
      return { text: t(`entry.${entry.kind}`, { who }) };
    case 'released':
    case 'reopened':
      return withBody(t(`entry.${entry.kind}`, { who }), entry.data.reason);
    case 'assigned': {
      const { toId, fromTeamId, toTeamId } = entry.data;
      if (toId !== null) return { text: toId === me ? t('entry.assignedMe') : t('entry.assigned', { who: nameOf(toId) }) };
      return { text: t(fromTeamId === toTeamId ? 'entry.toPool' : 'entry.toTeam') };
    }
    case 'urgency_set': {
      const { from, to, reason } = entry.data;
      return withBody(t('entry.urgency', { from: t(`urgency.${from}`), to: t(`urgency.${to}`) }), reason);
    }
    case 'category_set': {
      const category = context.categories.find(({ id }) => id === entry.data.to);
      return { text: category ? t('entry.category', { to: category.names[context.language] }) : t('entry.categoryUnknown') };
    }
    case 'contact_edited': {
      const { beneficiaryId, phone, place } = entry.data;
      return { text: t('entry.contact', { facts: [nameOf(beneficiaryId), phone.typed, place].filter(Boolean).join(', ') }) };
    }
    case 'called':
      return { text: t(`entry.called.${entry.data.outcome}`, { who }) };
    case 'noted':
      return { text: byMe('noted'), body: entry.data.text, isSaid: true };
    case 'attached':
      return { text: byMe('attached'), attachment: entry.data.attachment };
    case 'linked': {
      const { number } = entry.data;
      return { text: number === null ? t('entry.linkedUnknown') : t('entry.linked', { number }) };
    }
    case 'waiting':
      return { text: waitingWords(entry, context) };
    case 'resolved':
    case 'solution_proposed':
      return withBody(t(entry.kind === 'resolved' ? 'entry.resolved' : 'entry.proposed', { who }), entry.data.text);
    case 'validated':
      return { text: byMe('validated') };
    case 'refused':
    case 'cancelled':
      return withBody(byMe(entry.kind), entry.data.reason);
    case 'rated':
      return withBody(byMe('rated'), entry.data.comment);
    case 'auto_closed':
    case 'closed':
      return { text: t(`entry.${entry.kind}`) };
  }

  function waitingWords({ data }: Extract<Entry, { kind: 'waiting' }>, { view: { ticket } }: EntryContext): string {
    const isMe = data.reason === 'beneficiary' && ticket.isBeneficiary;
    const text = t(isMe ? 'entry.waiting.beneficiaryMe' : `entry.waiting.${data.reason}`, { who: ticket.beneficiaryName });
    return data.wakeAt === null ? text : `${text}, ${t('entry.wake', { time: instantWords(data.wakeAt, when) })}`;
  }
}

function openedWords({ data }: Extract<Entry, { kind: 'opened' }>, { view: { ticket }, t }: EntryContext, who: string): string {
  if (data.channel === 'phone') return t('entry.openedPhone', { who });
  if (data.channel === 'import') return t('entry.openedImport');
  return ticket.isRequester ? t(`entry.openedMe.${ticket.kind}`) : t(`entry.opened.${ticket.kind}`, { who: ticket.requesterName });
}
