/** What a line of the timeline says: pure, the same for the screen and for its test. */
import type { TicketDetail } from '#shared/contract/core.ts';
import type { Entry, Names, Phone, Ticket } from '#shared/domain/model.ts';
import { durationWords } from '../../time/words.ts';
import { plannedWords, sentence, type Words } from '../say.ts';

export type TimelineItem = TicketDetail['timeline'][number];

export interface EntryWords {
  /** The strong beginning: a person for what somebody wrote, the event otherwise. */
  lead: string;
  /** What follows on the same line; begins with its own comma or space. */
  rest: string;
  /** A text of its own under the line. */
  body: string | null;
  /** In a sunken box: internal text. */
  boxed: boolean;
  /** The lead is a person (600), not an event (500). */
  person: boolean;
}

/** Names by id, in the language of the window. */
export interface NameBook {
  me: string;
  person(id: string): string | undefined;
  team(id: string): Names | undefined;
  category(id: string): Names | undefined;
  code(id: string): Names | undefined;
  site(id: string): string | undefined;
  phone(phone: Phone): string;
}

/** Texts up to this length stay on the line, in quotes. */
const QUOTE_LENGTH = 72;
const isShort = (text: string) => text.length <= QUOTE_LENGTH && !text.includes('\n');

/** The end of the pause that began with this entry, or undefined while it lasts. */
function pauseLength(ticket: Ticket, at: string): number | undefined {
  const pause = ticket.sla.pauses.find((candidate) => candidate.from === at);
  return pause?.to ? Date.parse(pause.to) - Date.parse(pause.from) : undefined;
}

function after(text: string): string {
  if (text === '') return '';
  return /^[,.:]/.test(text) ? text : ` ${text}`;
}

export function entryWords(item: TimelineItem, ticket: Ticket, names: NameBook, words: Words): EntryWords {
  const { say, saying, language } = words;
  const { entry } = item;
  const isMine = entry.authorId === names.me;
  const authorName = item.author || names.person(entry.authorId) || say('timeline.unknownPerson');
  const author = isMine ? say('timeline.you') : authorName;
  const at = Date.parse(entry.at);

  const event = (lead: string, rest: string, body: string | null = null, boxed = false): EntryWords => ({
    lead,
    rest: after(rest),
    body,
    boxed,
    person: false,
  });
  const byAuthor = (key: string, text: string): EntryWords => {
    if (text === '') return event(say(key), say('timeline.by', { author }));
    if (isShort(text)) return event(say(key), say('timeline.byQuote', { author, text }));
    return event(say(key), say('timeline.by', { author }), text);
  };
  const fromTo = (lead: string, from: string, text: string): EntryWords => {
    if (text === '') return event(lead, say('timeline.insteadOf', { from, author }));
    if (isShort(text)) return event(lead, say('timeline.insteadOfQuote', { from, author, text }));
    return event(lead, say('timeline.insteadOf', { from, author }), text);
  };

  switch (entry.kind) {
    case 'opened': {
      const requester = names.person(ticket.requesterId) ?? authorName;
      const typed = entry.data.channel === 'phone' && entry.authorId !== ticket.requesterId;
      const how = say(`timeline.opened.${entry.data.channel}`);
      const rest = typed ? `${how} · ${say('timeline.opened.typedBy', { author })}` : how;
      return { lead: requester, rest: after(rest), body: ticket.description || null, boxed: false, person: true };
    }
    case 'claimed':
    case 'validated':
    case 'closed':
      return event(say(`timeline.${entry.kind}`), say('timeline.by', { author }));
    case 'released':
    case 'refused':
    case 'reopened':
    case 'cancelled':
      return byAuthor(`timeline.${entry.kind}`, entry.data.reason);
    case 'rated': {
      const { duration, answers, comment } = entry.data;
      return event(say('timeline.rated', { duration, answers }), say('timeline.by', { author }), comment || null);
    }
    case 'assigned':
      return assigned(entry, names, words, byAuthor);
    case 'urgency_set': {
      const { from, to, reason } = entry.data;
      const lead = sentence(say('timeline.urgency_set', { to: say(`head.urgency.${to}`).toLocaleLowerCase() }));
      return fromTo(lead, say(`head.urgency.${from}`).toLocaleLowerCase(), reason);
    }
    case 'category_set': {
      const name = (id: string) => names.category(id)?.[language] ?? say('timeline.unknownCategory');
      return fromTo(say('timeline.category_set', { to: name(entry.data.to) }), name(entry.data.from), '');
    }
    case 'contact_edited': {
      const { phone, siteId, place, beneficiaryId } = entry.data;
      const facts = [names.person(beneficiaryId), phone.typed && names.phone(phone), names.site(siteId), place].filter(Boolean).join(' · ');
      return event(say('timeline.contact_edited'), `${say('timeline.dotAuthor', { author })}`, facts || null);
    }
    case 'called': {
      const { outcome, duration, note, callbackAt } = entry.data;
      const lasting =
        outcome === 'reached' && duration > 0 ? say('timeline.called.lasting', { duration: durationWords(duration * 1000, saying) }) : '';
      const next = callbackAt ? say('timeline.called.next', { time: plannedWords(callbackAt, at, words) }) : '';
      const rest = `${lasting}${next}${after(say('timeline.dotAuthor', { author }))}`;
      return { lead: say(`timeline.called.${outcome}`), rest, body: note || null, boxed: true, person: false };
    }
    case 'noted': {
      const internal = entry.visibility === 'internal';
      const rest = after(say(internal ? 'timeline.internalNote' : 'timeline.publicNote'));
      return { lead: authorName, rest, body: entry.data.text, boxed: internal, person: true };
    }
    case 'attached': {
      const key = `timeline.attached.${entry.data.attachment.kind}.${entry.visibility}`;
      return { lead: authorName, rest: after(say(key)), body: null, boxed: false, person: true };
    }
    case 'linked': {
      const number = entry.data.number ?? say('timeline.linked.unnumbered');
      return event(say(`timeline.linked.${entry.data.as}`, { number }), say('timeline.dotAuthor', { author }));
    }
    case 'waiting': {
      const { reason, detail, wakeAt } = entry.data;
      const length = pauseLength(ticket, entry.at);
      const lasting = length === undefined ? '' : say('timeline.called.lasting', { duration: durationWords(length, saying) });
      const wake = wakeAt && length === undefined ? say('timeline.waiting.wake', { time: plannedWords(wakeAt, at, words) }) : '';
      const rest = `${lasting}${wake}${after(say('timeline.dotAuthor', { author }))}`;
      return { lead: say(`timeline.waiting.${reason}`), rest, body: detail || null, boxed: entry.visibility === 'internal', person: false };
    }
    case 'resumed':
      return event(say('timeline.resumed'), say('timeline.by', { author }));
    case 'resolved': {
      const shown = byAuthor('timeline.resolved', entry.data.text);
      const code = entry.data.code && names.code(entry.data.code)?.[language];
      return code ? { ...shown, rest: `${shown.rest} · ${code}` } : shown;
    }
    case 'solution_proposed':
      return { lead: authorName, rest: after(say('timeline.solution_proposed')), body: entry.data.text, boxed: true, person: true };
    case 'auto_closed':
      return event(say('timeline.auto_closed'), '');
  }
}

function assigned(
  entry: Extract<Entry, { kind: 'assigned' }>,
  names: NameBook,
  { say, language }: Words,
  byAuthor: (key: string, text: string) => EntryWords,
): EntryWords {
  const { toId, fromTeamId, toTeamId, reason } = entry.data;
  const team = names.team(toTeamId)?.[language] ?? toTeamId;
  const shown = byAuthor('timeline.claimed', reason);
  if (toId === null) return { ...shown, lead: say('timeline.toPool', { team }) };
  if (toId === names.me) return { ...shown, lead: say('timeline.assignedYou') };
  const name = names.person(toId) ?? say('timeline.unknownPerson');
  return { ...shown, lead: toTeamId === fromTeamId ? say('timeline.assigned', { name }) : say('timeline.assignedTeam', { name, team }) };
}
