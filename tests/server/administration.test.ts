import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CalendarChange, PolicyChange, ServiceLevels, SiteChange } from '#shared/contract/administration.ts';
import type { ApiError } from '#shared/contract/api.ts';
import { defaultAlerts } from '#shared/domain/sla/alerts.ts';
import { startDesk, type TestDesk, type TestSession } from './desk.ts';
import { fingerprint } from './fingerprint.ts';

let desk: TestDesk;
let hugo: TestSession;
beforeAll(async () => {
  desk = await startDesk();
  hugo = await desk.signIn('hugo');
});
afterAll(() => desk.close());

const read = async () => (await hugo.call<ServiceLevels>('GET', '/v1/admin/service-levels')).body;
const calendarOf = async (id: string) => (await read()).calendars.find((one) => one.id === id);
const putCalendar = (id: string, change: Partial<CalendarChange>) =>
  hugo.call<ApiError>('PUT', `/v1/admin/calendars/${id}`, {
    revision: 0,
    name: 'Strasbourg',
    timeZone: 'Europe/Paris',
    hours: {
      mon: [
        ['08:00', '12:00'],
        ['12:00', '18:00'],
      ],
    },
    holidays: { region: 'FR-67', worked: [], added: [] },
    isDefault: false,
    ...change,
  });
const putSite = (id: string, change: SiteChange) => hugo.call<ApiError>('PUT', `/v1/admin/sites/${id}`, change);
async function audited(action: string): Promise<{ by: string; id: string; before: string; tickets: number }[]> {
  const rows = await desk.server.database.read((db) =>
    db
      .selectFrom('audit')
      .select(['actor_id', 'details'])
      .where('action', '=', action as 'imported')
      .orderBy('at')
      .execute(),
  );
  return rows.map((row) => ({ by: row.actor_id, ...JSON.parse(row.details) }));
}

test('a calendar is made and written again; its holidays are listed by the server', async () => {
  expect(await putCalendar('strasbourg', {})).toMatchObject({ status: 200, body: { id: 'strasbourg', revision: 1 } });
  const year = new Date().getUTCFullYear();
  expect((await calendarOf('strasbourg'))?.schedule.holidays).toEqual(expect.arrayContaining([`${year}-12-26`, `${year + 5}-12-26`]));
  const holidays = { region: 'FR-67', worked: [`${year}-12-26`], added: [`${year}-12-24`] };
  expect(await putCalendar('strasbourg', { revision: 1, holidays })).toMatchObject({ status: 200, body: { revision: 2, holidays } });
  const dates = (await calendarOf('strasbourg'))?.schedule.holidays;
  expect(dates).toContain(`${year}-12-24`);
  expect(dates).not.toContain(`${year}-12-26`);
  // The same again changes nothing, and is no line in the log.
  expect(await putCalendar('strasbourg', { revision: 2, holidays })).toMatchObject({ status: 200, body: { revision: 2 } });
  expect((await audited('calendar_changed')).map(({ by, id, tickets }) => [by, id, tickets])).toEqual([
    ['hugo', 'strasbourg', 0],
    ['hugo', 'strasbourg', 0],
  ]);
});

test('there is always one default calendar', async () => {
  expect(await putCalendar('lille', { name: 'Lille', isDefault: true })).toMatchObject({ status: 200 });
  const marked = (await read()).calendars.filter((one) => one.isDefault);
  expect(marked.map((one) => one.id)).toEqual(['lille']);
  expect(await calendarOf('always')).toMatchObject({ isDefault: false, revision: 2 });
  const stop = await putCalendar('lille', { revision: 1, name: 'Lille', isDefault: false });
  expect(stop).toMatchObject({ status: 400, body: { error: 'invalid_input', problems: [{ path: 'isDefault' }] } });
});

test('a site has a calendar that there is, and closures of its own', async () => {
  const { sites } = await read();
  const revision = sites.find((one) => one.id === 'nantes')?.revision ?? 0;
  const wrong = await putSite('nantes', { revision, calendarId: 'none', closures: [] });
  expect(wrong).toMatchObject({ status: 400, body: { problems: [{ path: 'calendarId' }] } });
  const closures = ['2026-12-31', '2026-12-24', '2026-12-31'];
  const written = await putSite('nantes', { revision, calendarId: null, closures });
  expect(written).toMatchObject({ status: 200, body: { name: 'Nantes', calendarId: null, closures: ['2026-12-24', '2026-12-31'] } });
  expect(await putSite('nowhere', { revision: 0, calendarId: null, closures: [] })).toMatchObject({ status: 404 });
  const [line] = await audited('site_changed');
  expect(line).toMatchObject({ by: 'hugo', id: 'nantes' });
  expect(JSON.parse(line?.before ?? '')).toMatchObject({ calendarId: 'always' });
});

test('the policy has its targets and who is alerted', async () => {
  const { policy } = await read();
  const { revision = 0, targets } = policy ?? {};
  const change = { revision, targets, alerts: { ...defaultAlerts, soon: { notify: ['lead'], mail: ['lead'] } } } as PolicyChange;
  expect(await hugo.call('PUT', '/v1/admin/policy', change)).toMatchObject({ status: 200, body: { revision: revision + 1 } });
  expect((await read()).policy?.alerts?.soon).toEqual({ notify: ['lead'], mail: ['lead'] });
  // Whoever follows the desk is sent it.
  const { rows } = await (await desk.signIn('amira')).bootstrap();
  expect(JSON.stringify(rows.filter((one) => one.table === 'policy'))).toContain('"mail":["lead"]');
});

describe('what is refused changes nothing', () => {
  async function refused(send: () => Promise<{ status: number; body: ApiError }>): Promise<ApiError & { status: number }> {
    const before = (await fingerprint(desk.server.database)).hash;
    const { status, body } = await send();
    expect((await fingerprint(desk.server.database)).hash).toBe(before);
    return { status, ...body };
  }

  test('on a revision that is not the last one', async () => {
    const { policy, sites } = await read();
    const { targets } = policy ?? {};
    const calls = [
      () => putCalendar('always', { revision: 1 }),
      () => putCalendar('always', { revision: 0 }),
      () => putSite('lyon', { revision: (sites.find((one) => one.id === 'lyon')?.revision ?? 0) + 1, calendarId: null, closures: [] }),
      () => hugo.call<ApiError>('PUT', '/v1/admin/policy', { revision: 1, targets, alerts: defaultAlerts }),
    ];
    for (const call of calls) expect(await refused(call)).toMatchObject({ status: 409, error: 'stale' });
    expect(await refused(() => putCalendar('unknown', { revision: 3 }))).toMatchObject({ status: 404, error: 'not_found' });
  });

  test.each([
    ['a time zone that is none', { timeZone: 'Europe/Strasbourg' }, 'timeZone'],
    ['a region that is none', { holidays: { region: 'FR-75', worked: [], added: [] } }, 'holidays.region'],
    ['hours that end before they begin', { hours: { tue: [['12:00', '08:00']] } }, 'hours.tue'],
    ['hours that never begin', { hours: { tue: [['24:00', '24:00']] } }, 'hours.tue'],
    [
      'hours that overlap',
      {
        hours: {
          wed: [
            ['08:00', '12:00'],
            ['11:00', '18:00'],
          ],
        },
      },
      'hours.wed',
    ],
    [
      'hours that are not in order',
      {
        hours: {
          wed: [
            ['13:00', '18:00'],
            ['08:00', '12:00'],
          ],
        },
      },
      'hours.wed',
    ],
    ['a date that is none', { holidays: { region: 'FR', worked: ['2026-02-30'], added: [] } }, 'holidays.worked.0'],
  ] as [string, Partial<CalendarChange>, string][])('%s', async (_what, change, path) => {
    const told = await refused(() => putCalendar('new', change));
    expect(told).toMatchObject({ status: 400, error: 'invalid_input', problems: [{ path }] });
  });

  test('is told in the language asked for', async () => {
    const headers = { 'accept-language': 'fr' };
    const body = { revision: 0, calendarId: 'none', closures: [] };
    const token = hugo.tokens.accessToken;
    const { sites } = await read();
    const revision = sites.find((one) => one.id === 'lyon')?.revision;
    const wrong = await desk.call('PUT', '/v1/admin/sites/lyon', { token, headers, body: { ...body, revision } });
    expect(wrong.body).toMatchObject({ problems: [{ message: 'Ce calendrier n’existe pas.' }] });
    expect(
      (await desk.call<ApiError>('PUT', '/v1/admin/sites/lyon', { token, headers, body: { ...body, revision: 99 } })).body.message,
    ).toBe('Quelqu’un a modifié cela entre-temps : rechargez, puis recommencez.');
  });
});
