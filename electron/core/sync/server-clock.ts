/** Server time on this machine: the offset of the best samples over a monotonic clock, so that a wrong or jumping device clock changes nothing. */

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

  /** `lastOffset`: server time minus device time as last seen, ms. */
  constructor(lastOffset: number) {
    this.#fallback = Date.now() + lastOffset - performance.now();
  }

  /** `sentAt` and `receivedAt` are `performance.now()` around the request. */
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
    return performance.now() + (this.#best()?.offset ?? this.#fallback);
  }
  now(): string {
    return new Date(this.nowMs()).toISOString();
  }
  /** Server time minus `Date.now()`, ms. */
  offsetMs(): number {
    return this.nowMs() - Date.now();
  }

  #best(): Sample | undefined {
    let best: Sample | undefined;
    for (const sample of this.#samples) if (!best || sample.roundTrip <= best.roundTrip) best = sample;
    return best;
  }
}
