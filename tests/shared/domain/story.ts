/** One ticket and what happens to it, kept the way a server keeps it: rows, revisions, and the record for undo. */
import { expect } from 'vitest';
import type { AttachedFile, Entry, Resolution, Ticket } from '#shared/domain/model.ts';
import type { MailNotice, OperationContext, OperationResult, Subject, UndoTarget } from '#shared/domain/operation.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { pastHoldersOf } from '#shared/domain/ticket/past-holders.ts';
import { type OperationName, type OperationOffer, offerOf, run } from '#shared/domain/ticket/registry.ts';
import { type DeskChanges, makeDesk } from './desk.ts';

export const TICKET_ID = '00000000-0000-4000-8000-00000000000a';

/** Monday 4 May 2026 at a UTC time of day; "+1 09:00" is the day after. */
export function at(text: string): string {
  const [, days = '0', time = ''] = /^(?:\+(\d+) )?(\d\d:\d\d(?::\d\d)?)$/.exec(text) ?? [];
  const day = new Date(Date.UTC(2026, 4, 4 + Number(days))).toISOString().slice(0, 10);
  return new Date(`${day}T${time}Z`).toISOString();
}
export const wifi = {
  kind: 'incident',
  title: 'No Wi-Fi',
  description: '',
  requesterId: 'remi',
  beneficiaryId: 'bea',
  phone: '04 65 71 12 08',
  place: 'B2',
  siteId: 'paris',
  categoryId: 'wifi',
  importance: 'team',
  relevance: 'hindered',
  duringCall: false,
  channel: 'portal',
} as const;

/** What has been uploaded, by its id. */
export const UPLOAD_ID = '00000000-0000-4000-8000-0000000000f1';
const uploads: Record<string, AttachedFile> = {
  [UPLOAD_ID]: { kind: 'file', id: UPLOAD_ID, name: 'photo.png', size: 1200, type: 'image/png' },
};

export interface Step {
  /** Server time; when it was done, if earlier. */
  now: string;
  done?: string;
  imported?: boolean;
  offline?: boolean;
  mailLeft?: boolean;
  desk?: DeskChanges;
}

export class Story {
  ticket: Ticket | undefined;
  readonly resolutions = new Map<string, Resolution>();
  entries: Entry[] = [];
  mails: MailNotice[] = [];
  lastId = '';
  /** Tickets that this one may be linked to. */
  others: Ticket[] = [];
  private count = 0;
  private readonly applied: (UndoTarget & { undone: boolean })[] = [];

  get now(): Ticket {
    if (this.ticket === undefined) throw new Error('not opened yet');
    return this.ticket;
  }
  get resolution(): Resolution | undefined {
    return [...this.resolutions.values()].filter((one) => !one.undone).at(-1);
  }
  subject(): Subject {
    const pastHolders = this.ticket === undefined ? [] : pastHoldersOf(this.entries, this.ticket);
    return { ticket: this.ticket, resolution: this.resolution, pastHolders };
  }
  context(actorId: string, step: Step, operationId: string, undoes?: string): OperationContext {
    const desk = makeDesk(step.desk);
    return {
      actor: { id: actorId, memberships: desk.memberships(actorId) },
      now: step.now,
      occurredAt: step.done ?? step.now,
      operationId,
      ticketId: TICKET_ID,
      offline: step.offline ?? false,
      imported: step.imported ?? false,
      desk,
      undoTarget: this.undoTarget(undoes, step.mailLeft ?? false),
      upload: (id) => uploads[id],
      otherTicket: (id) => this.others.find((one) => one.id === id),
    };
  }
  offer(actorId: string, name: OperationName, now = at('12:00')): OperationOffer {
    return offerOf(name, this.subject(), this.context(actorId, { now }, 'offer'));
  }

  try(actorId: string, name: string, input: unknown, time: string | Step): OperationResult {
    const step = typeof time === 'string' ? { now: at(time) } : time;
    this.count += 1;
    const operationId = `00000000-0000-4000-9000-${String(this.count).padStart(12, '0')}`;
    const undoes = name === 'undo' ? (input as { operationId?: string } | null)?.operationId : undefined;
    const before = this.ticket;
    const decided = this.resolution;
    const result = run(name, this.subject(), input, this.context(actorId, step, operationId, undoes));
    if (!result.ok || 'superseded' in result) return result;
    this.store(result.change, name, actorId, step.now, operationId, before, decided, undoes);
    return result;
  }
  /** An operation that must be applied. */
  do(actorId: string, name: OperationName, input: unknown, time: string | Step): Ticket {
    const result = this.try(actorId, name, input, time);
    expect(result).toMatchObject({ ok: true });
    expect(result).not.toHaveProperty('superseded');
    return this.now;
  }
  /** An operation that must be refused. */
  refused(actorId: string, name: OperationName, input: unknown, time: string | Step): Refusal {
    const result = this.try(actorId, name, input, time);
    if (result.ok) throw new Error(`${name} by ${actorId} was not refused`);
    return result.refusal;
  }

  private store(
    change: Extract<OperationResult, { change: unknown }>['change'],
    name: string,
    actorId: string,
    now: string,
    operationId: string,
    before: Ticket | undefined,
    decided: Resolution | undefined,
    undoes: string | undefined,
  ): void {
    this.lastId = operationId;
    this.ticket = { ...change.ticket, revision: (before?.revision ?? 0) + 1 };
    this.entries.push(...change.entries);
    this.mails.push(...(change.mails ?? []));
    const { resolution } = change;
    if (resolution !== undefined) this.resolutions.set(resolution.id, resolution);
    if (undoes !== undefined) {
      this.entries = this.entries.map((one) => (one.id.startsWith(undoes) ? { ...one, undone: true } : one));
      for (const one of this.applied) if (one.operationId === undoes) one.undone = true;
      return;
    }
    if (before === undefined) return;
    const resolutionBefore = resolution === undefined ? null : { id: resolution.id, row: decided?.id === resolution.id ? decided : null };
    const base = { operationId, name, authorId: actorId, appliedAt: now, before, resolutionBefore };
    this.applied.push({ ...base, followedBy: [], mailLeft: false, undone: false });
  }
  private undoTarget(operationId: string | undefined, mailLeft: boolean): UndoTarget | undefined {
    const index = this.applied.findIndex((one) => one.operationId === operationId);
    const found = this.applied[index];
    if (found === undefined) return undefined;
    const since = this.applied.slice(index + 1).filter((one) => !one.undone);
    return { ...found, mailLeft, followedBy: since.map((one) => one.name) };
  }
}

/** Opened on the portal at 09:00 for Béa, in the pool of the network team. */
export function inPool(): Story {
  const story = new Story();
  story.do('remi', 'open', wifi, '09:00');
  return story;
}
/** Claimed by Amira at 09:30. */
export function heldByAmira(): Story {
  const story = inPool();
  story.do('amira', 'claim', {}, '09:30');
  return story;
}
/** Resolved by Amira at 11:00. */
export function resolvedByAmira(): Story {
  const story = heldByAmira();
  story.do('amira', 'resolve', { text: 'New access point', code: 'solved' }, '11:00');
  return story;
}
