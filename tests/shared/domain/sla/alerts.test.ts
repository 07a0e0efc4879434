import { describe, expect, test } from 'vitest';
import { calendarFinder } from '#shared/domain/calendars.ts';
import { msOf } from '#shared/domain/instant.ts';
import type { Calendar, Site } from '#shared/domain/model.ts';
import { alertKey, alertsOf, defaultAlerts, isReceiver, lastPassed } from '#shared/domain/sla/alerts.ts';
import { isOpen } from '#shared/domain/sla/business-time.ts';
import { calendar, policy } from '../desk.ts';
import { at, heldByAmira, inPool, type Story } from '../story.ts';

// Medium urgency: take-charge 2 h, contact 4 h, resolution 18 h of 8–12 and 13–18. Opened at 09:00.
function alerts(story: Story) {
  return alertsOf(story.now, policy, calendar);
}
const timesOf = (story: Story, clock: string) =>
  alerts(story).flatMap((one) => (one.clock === clock ? [[one.mark, new Date(one.at).toISOString()]] : []));

describe('alerts', () => {
  test('half, 80 % and all of the open minutes of each running clock', () => {
    expect(timesOf(inPool(), 'takeCharge')).toEqual([
      ['half', at('10:00')],
      ['soon', at('10:36')],
      ['breach', at('11:00')],
    ]);
    expect(timesOf(inPool(), 'contact')).toEqual([]);
  });
  test('none while it waits, and the rest of them once it goes on', () => {
    const story = heldByAmira();
    story.do('amira', 'wait', { reason: 'supplier', detail: '', wakeAt: null }, '10:00');
    expect(alerts(story)).toEqual([]);
    story.do('amira', 'resume', {}, '11:00');
    // Held since 09:30: half an hour before the pause, three and a half after it, over the lunch break.
    expect(timesOf(story, 'contact').at(-1)).toEqual(['breach', at('15:30')]);
  });
  test('of what was passed only the last mark of each clock is told', () => {
    const passed = lastPassed(alerts(inPool()), msOf(at('11:30')));
    expect(passed.map(alertKey)).toEqual(['takeCharge.0.breach']);
  });
  test('another urgency moves an alert, and leaves it its name', () => {
    const story = heldByAmira();
    const before = alerts(story).map(alertKey);
    const halves = timesOf(story, 'resolution');
    story.do('amira', 'set_urgency', { importance: 'site', relevance: 'blocked', override: null, seenUrgency: 'medium' }, '09:40');
    expect(alerts(story).map(alertKey)).toEqual(before);
    expect(timesOf(story, 'resolution')).not.toEqual(halves);
  });
});

describe('receivers', () => {
  const person = (id: string, role: 'technician' | 'lead', teamId = 'reseau') => ({
    id,
    memberships: [{ id: `${id}:${teamId}`, personId: id, teamId, role, revision: 1 }],
  });
  const held = { holderId: 'amira', teamId: 'reseau' };
  const pool = { holderId: null, teamId: 'reseau' };
  test.each([
    ['the holder hears of his ticket', 'half', person('amira', 'technician'), held, true],
    ['a colleague does not', 'breach', person('bruno', 'technician'), held, false],
    ['the team hears of its pool', 'soon', person('bruno', 'technician'), pool, true],
    ['another team does not', 'breach', person('bruno', 'technician', 'postes'), pool, false],
    ['the lead hears of a breach', 'breach', person('thomas', 'lead'), held, true],
    ['and not before it', 'soon', person('thomas', 'lead'), held, false],
  ] as const)('%s', (_, mark, actor, ticket, told) => {
    expect(isReceiver(defaultAlerts[mark].notify, actor, ticket)).toBe(told);
  });
});

test('a site is closed on its own days too, and only that site', () => {
  const always: [string, string][] = [['00:00', '24:00']];
  const hours = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always };
  const open: Calendar = { id: 'c', name: 'c', schedule: { timeZone: 'UTC', hours, holidays: [] }, isDefault: true, revision: 1 };
  const site = (id: string, closures?: string[]): Site => ({ id, name: id, calendarId: null, closures, revision: 1 });
  const find = calendarFinder(
    new Map([
      ['lyon', site('lyon', ['2026-05-04'])],
      ['nice', site('nice')],
    ]),
    new Map([['c', open]]),
  );
  const noon = msOf('2026-05-04T12:00:00.000Z');
  const isOpenAt = (id: string) => isOpen((find(id) as Calendar).schedule, noon);
  expect([isOpenAt('lyon'), isOpenAt('nice'), isOpenAt('unknown')]).toEqual([false, true, true]);
});
