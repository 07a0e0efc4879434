/** What is compared of a ticket, in our words: as it is found in the server or a console, and as the log's files expect it. */
import type { Importance, Instant, Phase, Relevance, Resolution, Ticket, WaitReason } from '#shared/domain/model.ts';
import type { Checkpoint, FinalState, LogState } from './log.ts';
import * as terms from './terms.ts';

export interface Facts {
  phase: Phase;
  holder: string | null;
  team: string;
  waitReason: WaitReason | null;
  /** The log's own word for the reason. */
  waitDetail: string | null;
  importance: Importance;
  relevance: Relevance;
  /** The log's, as a function of importance and relevance. */
  priority: number;
  category: string;
  caller: string;
  location: string;
  closingCode: string | null;
  routes: number;
  reopens: number;
  waits: number;
  openedAt: Instant;
  firstResolvedAt: Instant | null;
  resolvedAt: Instant | null;
  closedAt: Instant | null;
}

/** `resolutions`: those of this ticket. */
export function factsOf(ticket: Ticket, resolutions: readonly Pick<Resolution, 'at'>[]): Facts {
  return {
    phase: ticket.phase,
    holder: ticket.holderId,
    team: ticket.teamId,
    waitReason: ticket.wait?.reason ?? null,
    waitDetail: ticket.wait?.detail ?? null,
    importance: ticket.importance,
    relevance: ticket.relevance,
    priority: terms.priorityOf(ticket.importance, ticket.relevance),
    category: ticket.categoryId,
    caller: ticket.beneficiaryId,
    location: terms.locationOfSite(ticket.siteId),
    closingCode: ticket.closingCode,
    routes: ticket.counts.routes,
    reopens: ticket.counts.reopens,
    waits: ticket.counts.waits,
    openedAt: ticket.openedAt,
    firstResolvedAt: resolutions.map(({ at }) => at).sort()[0] ?? null,
    resolvedAt: ticket.resolvedAt,
    closedAt: ticket.closedAt,
  };
}

/** What the files say of a ticket; of what they do not say there is no field. */
export interface ExpectedTicket {
  /** Its name in the log. */
  ticket: string;
  facts: Partial<Facts>;
}
/** Numbers of tickets; `open` here is what is not resolved yet. */
export interface ExpectedCounts {
  phases: Readonly<Record<Phase, number>>;
  openUnassigned: number;
  openByTeam: ReadonlyMap<string, number>;
}
export interface Expected {
  /** By our id: exactly these tickets are there. */
  tickets: ReadonlyMap<string, ExpectedTicket>;
  counts: ExpectedCounts | null;
}

export function expectedAtEnd(finals: readonly FinalState[]): Expected {
  const tickets = finals.map((final): [string, ExpectedTicket] => {
    const facts: Partial<Facts> = {
      phase: terms.phaseOf[final.state],
      holder: final.assignee,
      team: terms.teamOf(final.group),
      // Of a ticket that still waits the file does not say why.
      ...(final.state !== 'Waiting' && { waitReason: null, waitDetail: null }),
      importance: terms.importanceOf[final.impact],
      relevance: terms.relevanceOf[final.urgency],
      priority: final.priority,
      category: terms.categoryOf(final.category),
      caller: terms.callerOf(final.caller),
      location: terms.locationOf(final.location),
      closingCode: final.code,
      routes: final.routes,
      reopens: final.reopens,
      waits: final.waits,
      openedAt: final.opened_at,
      firstResolvedAt: final.first_resolved_at,
      resolvedAt: final.resolved_at,
      closedAt: final.closed_at,
    };
    return [terms.ticketIdOf(final.ticket), { ticket: final.ticket, facts }];
  });
  return { tickets: new Map(tickets), counts: null };
}

export function expectedAt(finals: readonly FinalState[], checkpoint: Checkpoint): Expected {
  const tickets = finals.flatMap((final): [string, ExpectedTicket][] => {
    const moment = final.at[checkpoint.date];
    if (moment === undefined) return [];
    const [state, waitWord, group, assignee, priority] = moment;
    const facts: Partial<Facts> = { phase: terms.phaseOf[state], openedAt: final.opened_at };
    if (group !== undefined && assignee !== undefined && waitWord !== undefined && priority !== undefined) {
      facts.waitReason = waitWord && terms.waitReasonOf[waitWord];
      facts.waitDetail = waitWord;
      facts.team = terms.teamOf(group);
      facts.holder = assignee;
      facts.priority = priority;
    } else if (final.closed_at !== null && final.closed_at <= checkpoint.instant) {
      // Closed for good: it stays where it is. Of one that is reopened later the file does not say where it was.
      facts.team = terms.teamOf(final.group);
    }
    return [[terms.ticketIdOf(final.ticket), { ticket: final.ticket, facts }]];
  });
  return { tickets: new Map(tickets), counts: expectedCounts(checkpoint) };
}

function expectedCounts({ states, open_unassigned, open_by_group }: Checkpoint): ExpectedCounts {
  const phases: Record<Phase, number> = { open: 0, waiting: 0, resolved: 0, closed: 0, cancelled: 0 };
  for (const [state, count] of Object.entries(states)) phases[terms.phaseOf[state as LogState]] += count;
  const openByTeam = new Map(Object.entries(open_by_group).map(([group, count]) => [terms.teamOf(group === 'none' ? null : group), count]));
  return { phases, openUnassigned: open_unassigned, openByTeam };
}
