import { expect, test } from 'vitest';
import { withListedHolidays } from '../../../server/calendars/listed-holidays.ts';
import { openDatabase } from '../../../server/db/database.ts';
import { deskCache } from '../../../server/db/desk.ts';
import { putCalendar } from '../../../server/db/directory.ts';
import { extendHolidays } from '../../../server/jobs/extend-holidays.ts';
import { newStorage } from '../storage.ts';

test('a server that has run for years lists the holidays further, once, and leaves what was written by hand', async () => {
  const storage = await newStorage();
  let now = new Date('2026-11-26T12:00:00Z');
  const clock = () => now;
  const database = await openDatabase({ ...storage, clock });
  const desk = deskCache();
  const schedule = { timeZone: 'Europe/Paris', hours: {}, holidays: [] };
  const france = { id: 'france', name: 'France', schedule, holidays: { region: 'FR', worked: [], added: [] }, isDefault: true };
  const byHand = { id: 'hand', name: 'By hand', schedule: { ...schedule, holidays: ['2026-05-01'] }, isDefault: false };
  await database.write(async (tx) => {
    await putCalendar(tx, withListedHolidays(france, now));
    await putCalendar(tx, byHand);
  });
  const last = async () => {
    const calendars = (await database.read((db) => desk.in(db))).rows('calendar');
    return [...calendars.values()].map((one) => [one.schedule.holidays.at(-1), one.revision]);
  };
  expect(await extendHolidays({ database, desk, clock })).toBe(0);
  expect(await last()).toEqual([
    ['2031-12-25', 1],
    ['2026-05-01', 1],
  ]);

  now = new Date('2030-01-01T12:00:00Z');
  expect(await extendHolidays({ database, desk, clock })).toBe(1);
  expect(await extendHolidays({ database, desk, clock })).toBe(0);
  expect(await last()).toEqual([
    ['2035-12-25', 2],
    ['2026-05-01', 1],
  ]);
  await database.close();
  await storage.remove();
});
