/** What was promised to people: whatever core said yes to, whatever they typed, whatever the portal was told. */

export interface Promised {
  id: string;
  name: string;
  ticketId: string;
  personId: string;
  /** Text that is in no other operation; null: it carries none. */
  mark: string | null;
  /** The form whose text came with it. */
  form: string | null;
}

export class Ledger {
  /** Acknowledged by a console, by id. */
  readonly promised = new Map<string, Promised>();
  /** Taken back before they were sent, as somebody asked; or perhaps: the console died before its answer. */
  readonly takenBack = new Set<string>();
  /** Taken back, with the console's word for it that they never happened. */
  readonly neverSent = new Set<string>();
  /** Refusals whose banner was put away. */
  readonly dismissed = new Set<string>();
  /** Acknowledged to people at the portal, whose server may lose them with its disk. */
  readonly portal = new Map<string, Promised>();
  /** "person ticket form" → what was typed and not sent. */
  readonly drafts = new Map<string, unknown>();
  /** person → the call in progress. */
  readonly calls = new Map<string, { ticketId: string; note: string }>();
  /** Every text that was given to an operation, whether it was acknowledged or not. */
  readonly marks: string[] = [];
  /** Tickets that are, or may be. */
  readonly tickets: string[] = [];
  restores = 0;
  faults = 0;
  refused = 0;

  mark(): string {
    const mark = `<${this.marks.length + 1}>`;
    this.marks.push(mark);
    return mark;
  }
  get operations(): number {
    return this.promised.size + this.portal.size;
  }
}
