/** What goes wrong, and how it goes on afterwards. */
import { putMembership, removeMembership } from '../../server/db/directory.ts';
import { membershipId, staff, staffIds, teams } from './desk.ts';
import type { Device } from './device.ts';
import type { Fault } from './plan.ts';
import { oneOf, type World } from './world.ts';

const HOUR = 3_600_000;
/** A commit that does not come is not waited for. */
const PATIENCE_MS = 60_000;

const startsOver: ReadonlySet<string> = new Set(['lose_cache', 'restore']);

export function fault(world: World, step: Fault): void {
  const { time, house, armed, ledger } = world;
  const device = oneOf(world.devices, step.who) as Device;
  const { personId, line } = device;
  const { a, b } = step;
  ledger.faults += 1;
  world.say(`fault ${step.what} ${personId}`);
  // What makes somebody start over meets a line that fails him just then.
  if (startsOver.has(step.what) && b % 2 === 0) line.trouble({ ...step.trouble, on: 'bootstrap' });
  switch (step.what) {
    case 'trouble':
      line.trouble(step.trouble);
      return;
    case 'partition':
      line.cut(a % 2 === 0 ? 'refused' : 'silent');
      world.meanwhile(5_000 + (b % 300) * 1_000, () => line.cut('none'));
      return;
    case 'away':
      line.cut('refused');
      // Everybody's hours: what is done before and after them is all that matters.
      world.meanwhile(90_000, () => time.skip((1 + (a % 8)) * HOUR));
      world.meanwhile(150_000, () => line.cut('none'));
      return;
    case 'kill_console':
      killConsole(world, device, a);
      return;
    case 'lose_cache':
      killConsole(world, device, a, 'cache.db');
      return;
    case 'kill_console_at_commit':
      armed.set(device, { left: 1 + (b % 5), kill: () => killConsole(world, device, a) });
      world.meanwhile(PATIENCE_MS, () => armed.delete(device));
      return;
    case 'kill_server':
      killServer(world, a);
      return;
    case 'kill_server_at_commit':
      armed.set(house, { left: 1 + (b % 5), kill: () => killServer(world, a) });
      world.meanwhile(PATIENCE_MS, () => armed.delete(house));
      return;
    case 'restore':
      restore(world, a);
      return;
    case 'clock':
      device.skew += (a % 2 === 0 ? 1 : -1) * (b % 100_000) * 1_000;
      return;
    case 'roles':
      void time.during(() => changeRoles(world, oneOf(staffIds, a) ?? '', oneOf(teams, b) ?? ''));
  }
}

function killConsole(world: World, device: Device, a: number, without?: 'cache.db'): void {
  if (!device.isUp) return;
  world.say(`${device.personId} is killed`);
  device.kill(without);
  world.time.after((a % 40) * 500, () => {
    if (!device.isUp) device.start();
  });
}

function killServer(world: World, a: number): void {
  const { house } = world;
  if (!house.isUp) return;
  world.say('the server is killed');
  house.kill();
  startLater(world, 500 + (a % 40) * 500);
}
function startLater({ house, time }: World, ms: number): void {
  time.after(ms, () => void house.start());
}

function restore(world: World, a: number): void {
  const { house, ledger, backups } = world;
  const backup = oneOf(backups.slice(-2), a);
  if (!house.isUp || !backup) return;
  ledger.restores += 1;
  // Who went back does not go forth again: that would be a third history, in which an id may have yet another outcome.
  backups.splice(backups.indexOf(backup) + 1);
  house.restore(backup.file);
  for (const id of [...ledger.portal.keys()]) if (!backup.portal.has(id)) ledger.portal.delete(id);
  startLater(world, 2_000);
}

/** Who has a role loses it, who has none gets it. */
async function changeRoles({ house }: World, personId: string, teamId: string): Promise<void> {
  if (!house.isUp) return;
  const id = membershipId(personId, teamId);
  await house.database.write(async (tx) => {
    if (await removeMembership(tx, id)) return;
    await putMembership(tx, { id, personId, teamId, role: roleOf(personId, teamId) });
  });
}
function roleOf(personId: string, teamId: string) {
  return staff[personId]?.find(([, team]) => team === teamId)?.[0] ?? 'technician';
}

/** Roles as they were at the beginning. */
export async function restoreRoles({ house, time }: World): Promise<void> {
  await time.during(() =>
    house.database.write(async (tx) => {
      for (const personId of staffIds) {
        for (const teamId of teams) {
          const id = membershipId(personId, teamId);
          const isOwn = staff[personId]?.some(([, team]) => team === teamId) === true;
          if (isOwn) await putMembership(tx, { id, personId, teamId, role: roleOf(personId, teamId) });
          else await removeMembership(tx, id);
        }
      }
    }),
  );
}
