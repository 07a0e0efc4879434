/**
 * What happened in the log, as operations that an importer sends. The log says what changed; some of our operations want the
 * whole of it (a holder with his team, importance with relevance), so the mapping remembers where each ticket stands. Nothing of
 * this memory is ever compared with: what is expected comes from the final states alone.
 */
import type { ImportOperation } from '#shared/contract/api.ts';
import { SYSTEM_ACTOR } from '#shared/domain/access.ts';
import type { OperationInput, OperationName } from '#shared/domain/ticket/registry.ts';
import { urgencyOf } from '#shared/domain/urgency.ts';
import type { Level, LogEvent } from './log.ts';
import * as terms from './terms.ts';

export interface Standing {
  /** As it was opened: its sites are those of this group. */
  openingGroup: string | null;
  teamId: string;
  holderId: string | null;
  caller: string | null;
  location: string | null;
  category: string | null;
  impact: Level;
  urgency: Level;
}

type Step = { [N in OperationName]: { name: N; input: OperationInput<N>; actorId?: string; at?: string } }[OperationName];
type EventOf<Op extends LogEvent['op']> = Extract<LogEvent, { op: Op }>;

export class Mapping {
  readonly #standings = new Map<string, Standing>();

  /** Where the ticket stands after the last event that was asked about. */
  standing(ticket: string): Standing {
    const standing = this.#standings.get(ticket);
    if (!standing) throw new Error(`${ticket} was not opened.`);
    return standing;
  }

  /** Of the next event of the log: none when nothing of it is ours. */
  operationsOf(event: LogEvent): ImportOperation[] {
    return this.#steps(event).map(({ name, input, actorId = event.actor, at = event.t }, part) => ({
      id: terms.operationIdOf(event.ticket, event.n, part),
      name,
      ticketId: terms.ticketIdOf(event.ticket),
      actorId,
      at,
      input: { ...input },
    }));
  }

  #steps(event: LogEvent): Step[] {
    switch (event.op) {
      case 'open':
        return this.#open(event);
      case 'set':
        return this.#set(event);
      case 'claim':
        this.standing(event.ticket).holderId = event.fields.assignee;
        return [{ name: 'claim', input: {}, actorId: event.fields.assignee }];
      case 'assign':
      case 'reassign':
        return this.#assign(event, this.standing(event.ticket).teamId, event.fields.assignee);
      case 'route':
        return this.#assign(event, terms.teamOf(event.fields.group), event.fields.assignee);
      case 'release': {
        const standing = this.standing(event.ticket);
        const seenHolderId = standing.holderId;
        standing.holderId = null;
        return [{ name: 'release', input: { reason: '', seenHolderId } }];
      }
      case 'wait': {
        const { reason } = event.fields;
        return [{ name: 'wait', input: { reason: terms.waitReasonOf[reason], detail: reason, wakeAt: null } }];
      }
      case 'resume':
        return [{ name: 'resume', input: {} }];
      case 'resolve':
        return [{ name: 'resolve', input: { text: '', code: null } }];
      case 'reopen':
        return [{ name: 'reopen', input: { reason: '' } }];
      case 'close': {
        const input = { code: event.fields.code };
        // What was resolved is closed by the server, for want of an answer; the log's code comes only now.
        return [event.fields.direct ? { name: 'close', input } : { name: 'auto_close', input, actorId: SYSTEM_ACTOR }];
      }
      case 'start':
      case 'touch':
        return [];
    }
  }

  #open({ ticket, actor, fields }: EventOf<'open'>): Step[] {
    const { group, caller, location, category, impact, urgency, opened_at, opened_by } = fields;
    this.#standings.set(ticket, {
      openingGroup: group,
      teamId: terms.teamOf(group),
      holderId: null,
      caller,
      location,
      category,
      impact,
      urgency,
    });
    const input = {
      kind: 'incident',
      // There are no texts in the log.
      title: ticket,
      description: '',
      requesterId: terms.callerOf(caller),
      beneficiaryId: terms.callerOf(caller),
      phone: '',
      place: '',
      siteId: terms.siteOf(location, group),
      categoryId: terms.categoryOf(category),
      importance: terms.importanceOf[impact],
      relevance: terms.relevanceOf[urgency],
      duringCall: false,
      channel: 'import',
    } as const;
    // A ticket is opened when the caller called, not when it was written down.
    return [{ name: 'open', input, actorId: opened_by ?? actor, at: opened_at }];
  }

  #assign({ ticket }: LogEvent, teamId: string, holderId: string | null): Step[] {
    const standing = this.standing(ticket);
    const seenHolderId = standing.holderId;
    standing.teamId = teamId;
    standing.holderId = holderId;
    return [{ name: 'assign', input: { teamId, holderId, reason: '', seenHolderId } }];
  }

  /** One event may change several things that are operations of their own here; what we do not have is left out. */
  #set({ ticket, fields }: EventOf<'set'>): Step[] {
    const before = this.standing(ticket);
    const { category = before.category, impact = before.impact, urgency = before.urgency } = fields;
    const { caller = before.caller, location = before.location } = fields;
    const now = { ...before, category, impact, urgency, caller, location };
    this.#standings.set(ticket, now);
    const steps: Step[] = [];
    if (category !== before.category) {
      const seenCategoryId = terms.categoryOf(before.category);
      steps.push({ name: 'set_category', input: { categoryId: terms.categoryOf(category), seenCategoryId } });
    }
    if (impact !== before.impact || urgency !== before.urgency) {
      const importance = terms.importanceOf[impact];
      const relevance = terms.relevanceOf[urgency];
      const seenUrgency = urgencyOf(terms.importanceOf[before.impact], terms.relevanceOf[before.urgency]);
      steps.push({ name: 'set_urgency', input: { importance, relevance, override: null, seenUrgency } });
    }
    if (caller !== before.caller || location !== before.location) {
      const beneficiaryId = terms.callerOf(caller);
      const siteId = terms.siteOf(location, before.openingGroup);
      steps.push({ name: 'edit_contact', input: { beneficiaryId, siteId, phone: '', place: '', seenPhone: '' } });
    }
    return steps;
  }
}
