/** Server time on this machine: the offset of the best samples over a monotonic clock, so that a wrong or jumping device clock changes nothing. */
import { type Machine, thisMachine } from '../machine.ts';

interface Sample {
  /** Server time minus monotonic time, ms. */
  offset: number;
  roundTrip: number;
}
const KEPT = 8;
/** Beyond what the round trips explain, the old samples are wrong: the machine slept (its monotonic clock stood still). */
const SLACK_MS = 100;

export class ServerClock {
  #samples: Sample[] = [];
  /** Device clock plus the last known offset, until the first sample. */
  #fallback: number;
  #machine: Machine;

  /** `lastOffset`: server time minus device time as last seen, ms. */
  constructor(lastOffset: number, machine = thisMachine) {
    this.#machine = machine;
    this.#fallback = machine.wallClock() + lastOffset - machine.monotonic();
  }

  /** `sentAt` and `receivedAt`: monotonic ms around the request. */
  sample(serverTime: string, sentAt: number, receivedAt: number): void {
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
  nowMs(): number {
    return this.#machine.monotonic() + (this.#best()?.offset ?? this.#fallback);
  }
  now(): string {
    return new Date(this.nowMs()).toISOString();
  }
  /** Server time minus the device's, ms. */
  offsetMs(): number {
    return this.nowMs() - this.#machine.wallClock();
  }

  #best(): Sample | undefined {
    let best: Sample | undefined;
    for (const sample of this.#samples) if (!best || sample.roundTrip <= best.roundTrip) best = sample;
    return best;
  }
}
