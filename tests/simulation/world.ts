/** Everything that takes part in one simulation. */
import { Chance } from './chance.ts';
import { staffIds, type Template } from './desk.ts';
import { Device } from './device.ts';
import { House } from './house.ts';
import { Ledger } from './ledger.ts';
import { Line } from './line.ts';
import { VirtualTime } from './virtual-time.ts';

/** What is changed in a world before it begins: how a broken product is made, to see that it is caught. */
export type Tamper = (world: World) => void;

export class World {
  readonly time = new VirtualTime();
  readonly ledger = new Ledger();
  readonly chance: Chance;
  readonly house: House;
  readonly devices: readonly Device[];
  /** What happened, in order: the same for the same seed. */
  readonly trace: string[] = [];
  /** Whose next commit, or which one after, is the last thing that it does. */
  readonly armed = new Map<Device | House, { left: number; kill: () => void }>();
  /** Ids of what can be taken back, by person, newest last. */
  readonly undoable = new Map<string, string[][]>();
  readonly backups: { file: string; portal: ReadonlySet<string> }[] = [];

  constructor(seed: number, folder: string, template: Template) {
    this.chance = new Chance(seed);
    this.house = new House(this.time, folder, template.folder);
    this.ledger.tickets.push(...template.ticketIds);
    this.devices = staffIds.map((personId, index) => {
      const line = new Line(this.time, this.house, this.chance.branch(100 + index));
      line.note = (what) => this.say(`${personId}: ${what}`);
      const chance = this.chance.branch(200 + index);
      return new Device({ personId, time: this.time, house: this.house, line, chance, folder });
    });
  }

  /** A part of a fault, which is over when everything heals. */
  meanwhile(ms: number, work: () => void): void {
    const end = this.time.after(ms, () => {
      this.#faults.delete(end);
      work();
    });
    this.#faults.add(end);
  }
  heal(): void {
    for (const end of this.#faults) end();
    this.#faults.clear();
    this.armed.clear();
    for (const { line } of this.devices) line.heal();
  }
  #faults = new Set<() => void>();

  say(what: string): void {
    this.trace.push(`${(this.time.now / 1_000).toFixed(3)} ${what}`);
  }

  committed(file: string): void {
    const of = this.house.isUp && file.startsWith(this.house.folder) ? this.house : this.devices.find((one) => one.owns(file));
    const armed = of && this.armed.get(of);
    if (!of || !armed) return;
    armed.left -= 1;
    if (armed.left > 0) return;
    this.armed.delete(of);
    armed.kill();
  }

  async close(): Promise<void> {
    for (const device of this.devices) await device.close();
    await this.house.close();
  }
}

/** One of them, by a number that was drawn before it was known how many there are. */
export function oneOf<T>(list: readonly T[], pick: number): T | undefined {
  return list.length === 0 ? undefined : list[pick % list.length];
}
