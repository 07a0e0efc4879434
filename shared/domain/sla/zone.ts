/** Offsets of a time zone, from Intl, remembered a day at a time: asking Intl for every instant would be a thousand times slower. */
const DAY_MS = 86_400_000;

export interface Zone {
  /** Local time minus UTC at an instant, ms. */
  offsetAt(utcMs: number): number;
  /**
   * UTC instant of a local time, given as if it were UTC. "Compatible" (RFC 5545, Temporal): inside a gap the offset before it,
   * inside an overlap the first occurrence.
   */
  utcOf(localMs: number): number;
}

// Only a memory of pure results: calendars and sites share few zones.
const known = new Map<string, Zone>();

export function zoneOf(timeZone: string): Zone {
  let zone = known.get(timeZone);
  if (zone === undefined) {
    zone = readZone(timeZone);
    known.set(timeZone, zone);
  }
  return zone;
}

function readZone(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const atMidnight = new Map<number, number>();

  function ask(utcMs: number): number {
    const name = format.formatToParts(utcMs).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name);
    if (match === null) throw new Error(`no offset in ${name} for ${timeZone}`);
    const [, sign, hours, minutes, seconds] = match;
    const size = (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000;
    return sign === '-' ? -size : size;
  }
  function midnightOffset(day: number): number {
    let offset = atMidnight.get(day);
    if (offset === undefined) {
      offset = ask(day * DAY_MS);
      atMidnight.set(day, offset);
    }
    return offset;
  }
  function offsetAt(utcMs: number): number {
    const day = Math.floor(utcMs / DAY_MS);
    const before = midnightOffset(day);
    // Two transitions within one day do not exist; a day that ends as it began has none.
    return before === midnightOffset(day + 1) ? before : ask(utcMs);
  }
  function utcOf(localMs: number): number {
    const before = offsetAt(localMs - DAY_MS);
    const after = offsetAt(localMs + DAY_MS);
    const early = localMs - before;
    if (before === after || offsetAt(early) === before) return early;
    const late = localMs - after;
    return offsetAt(late) === after ? late : early;
  }
  return { offsetAt, utcOf };
}
