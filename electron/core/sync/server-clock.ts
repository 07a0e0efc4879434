/**
 * Server time on this machine: the offset of the best samples over a monotonic clock, so that a wrong or jumping device clock changes
 * nothing. What the monotonic clock missed while the machine slept is added, also without the server.
 */
import { type Machine, thisMachine } from '../machine.ts';

interface Sample {
  /** Server time minus monotonic time, ms. */
  offset: number;
  roundTrip: number;
}
const KEPT = 8;
/** Beyond what the round trips explain, the old samples are wrong: a sleep too short to be noticed, a server whose clock was set. */
const SLACK_MS = 100;
/** The device's two clocks part by more at once: one of them was set, or stood still. */
const PARTED_MS = 1_000;
/** What counts the sleep may count in seconds. */
const SLEPT_MS = 2_000;

export class ServerClock {
  #samples: Sample[] = [];
  /** Device clock plus the last known offset, until the first sample. */
  #fallback: number;
  #machine: Machine;
  /** Device clock, and time since boot, minus the monotonic one, as last seen. */
  #apart: number;
  #missed: number;
  #wokeAt = Number.NEGATIVE_INFINITY;
  #sleeps = 0;

  /** `lastOffset`: server time minus device time as last seen, ms. */
  constructor(lastOffset: number, machine = thisMachine) {
    this.#machine = machine;
    this.#apart = machine.wallClock() - machine.monotonic();
    this.#missed = machine.sinceBoot() - machine.monotonic();
    this.#fallback = this.#apart + lastOffset;
  }

  /** `sentAt` and `receivedAt`: monotonic ms around the request. */
  sample(serverTime: string, sentAt: number, receivedAt: number): void {
    this.#noticeSleep();
    // Asked before it slept: how long ago nobody knows.
    if (sentAt < this.#wokeAt) return;
    const roundTrip = receivedAt - sentAt;
    const offset = Date.parse(serverTime) - (sentAt + receivedAt) / 2;
    const best = this.#best();
    if (best && Math.abs(best.offset - offset) > (best.roundTrip + roundTrip) / 2 + SLACK_MS) this.#samples = [];
    this.#samples.push({ offset, roundTrip });
    if (this.#samples.length > KEPT) this.#samples.shift();
  }

  hasSample(): boolean {
    return this.#samples.length > 0;
  }
  /** How often the machine slept since this clock was made. */
  sleeps(): number {
    this.#noticeSleep();
    return this.#sleeps;
  }
  nowMs(): number {
    this.#noticeSleep();
    return this.#machine.monotonic() + (this.#best()?.offset ?? this.#fallback);
  }
  now(): string {
    return new Date(this.nowMs()).toISOString();
  }
  /** Server time minus the device's, ms. */
  offsetMs(): number {
    return this.nowMs() - this.#machine.wallClock();
  }

  /** A device clock that was set parts from the monotonic one as well; only a sleep makes that one miss time. */
  #noticeSleep(): void {
    const monotonic = this.#machine.monotonic();
    const apart = this.#machine.wallClock() - monotonic;
    if (Math.abs(apart - this.#apart) < PARTED_MS) return;
    this.#apart = apart;
    const slept = this.#machine.sinceBoot() - monotonic - this.#missed;
    if (slept < SLEPT_MS) return;
    this.#missed += slept;
    this.#wokeAt = monotonic;
    this.#sleeps += 1;
    this.#fallback += slept;
    this.#samples = this.#samples.map((one) => ({ ...one, offset: one.offset + slept }));
  }

  #best(): Sample | undefined {
    let best: Sample | undefined;
    for (const sample of this.#samples) if (!best || sample.roundTrip <= best.roundTrip) best = sample;
    return best;
  }
}
