/** What each route of the API takes: a right body, a right query, wrong ones. */
import { createHash, randomUUID } from 'node:crypto';
import { operationOf, PASSWORD } from './desk-content.ts';

/** Fields that say something by being null. */
export const mayBeNull = ['calendarId', 'holidays.region'];
const expected = 'kind=incident&siteId=lyon&importance=person&relevance=blocked';

interface Known {
  ticketId(): string;
  cursor(): string;
  refreshToken(): string;
}

export function samplesOf({ ticketId, cursor, refreshToken }: Known) {
  /** A right body for each route that takes one; a route without is noticed below. */
  const bodies: Record<string, () => Record<string, unknown>> = {
    'POST /v1/session': () => ({ login: 'amira', password: PASSWORD, device: 'test' }),
    'POST /v1/session/refresh': () => ({ refreshToken: refreshToken() }),
    'POST /v1/operations': () => ({ operations: [operationOf('note', ticketId(), { text: 'Hello', visibility: 'public' })] }),
    'POST /v1/operations/known': () => ({ ids: [randomUUID()] }),
    'POST /v1/uploads': () => ({ id: randomUUID(), name: 'photo.png', size: 3, sha256: createHash('sha256').update('abc').digest('hex') }),
    'PUT /v1/admin/calendars/:calendarId': () => ({
      revision: 1,
      name: 'Always',
      timeZone: 'Europe/Paris',
      hours: { mon: [['08:00', '12:00']] },
      holidays: { region: 'FR', worked: ['2026-05-25'], added: ['2026-12-24'] },
      isDefault: true,
    }),
    'PUT /v1/admin/sites/:siteId': () => ({ revision: 1, calendarId: 'always', closures: ['2026-12-24'] }),
    'PUT /v1/admin/policy': () => {
      const targets = { takeCharge: 30, contact: 60, resolution: 480 };
      const rule = { notify: ['holder'], mail: ['lead'] };
      const byUrgency = { low: targets, medium: targets, high: targets };
      return { revision: 1, targets: { incident: byUrgency, request: byUrgency }, alerts: { half: rule, soon: rule, breach: rule } };
    },
    'POST /v1/portal/session': () => ({ login: 'amira', password: PASSWORD, device: 'test' }),
    'POST /v1/portal/people': () => ({ id: randomUUID(), name: 'Ada Guest', phone: '01 99 00 12 34', siteId: 'lyon' }),
    'POST /v1/decision': () => ({ id: randomUUID(), decision: 'refuse', reason: 'Not yet' }),
    'POST /v1/decision/rating': () => ({ id: randomUUID(), duration: 1, answers: 5, comment: '' }),
    'POST /v1/quarantine/:mailId': () => ({
      action: 'open',
      kind: 'incident',
      title: 'A mail',
      requesterId: 'farid',
      beneficiaryId: 'farid',
      phone: '',
      place: '',
      siteId: 'lyon',
      categoryId: 'other',
      importance: 'person',
      relevance: 'hindered',
    }),
    'POST /v1/import': () => ({
      operations: [{ id: randomUUID(), name: 'claim', ticketId: ticketId(), actorId: 'amira', at: '2026-01-01T00:00:00.000Z', input: {} }],
      skipTouched: false,
    }),
  };
  const badQueries: Record<string, () => string[]> = {
    'GET /v1/bootstrap': () => [
      'page=%00',
      'page=abc',
      `page=${'x'.repeat(501)}`,
      `page=${Buffer.from('{"position":1}').toString('base64url')}`,
    ],
    'GET /v1/feed': () => [
      '',
      'cursor=',
      'cursor=1:2',
      'cursor=a:b:c',
      ...['0', '-1', '2001', '1.5', 'ten', ''].map((limit) => `cursor=${cursor()}&limit=${limit}`),
    ],
    'PUT /v1/uploads/:id': () => ['', 'offset=', 'offset=-1', 'offset=1.5', 'offset=ten', 'offset=9007199254740993'],
    'GET /v1/portal/people': () => ['', 'text=', 'text=a', `text=${'x'.repeat(101)}`],
    'GET /v1/portal/similar': () => ['', 'siteId=lyon', 'text=network', 'siteId=%00&text=network', `siteId=lyon&text=${'x'.repeat(4_001)}`],
    'GET /v1/portal/expected': () => ['', 'kind=incident', `${expected}x`, expected.replace('incident', 'wish')],
    'GET /v1/presence': () => ['ticket=', 'ticket=1', 'ticket=%00', `ticket=${ticketId()}&call=`, `ticket=${ticketId()}&call=2`],
  };
  const queries: Record<string, () => string> = {
    'GET /v1/feed': () => `cursor=${cursor()}`,
    'PUT /v1/uploads/:id': () => 'offset=0',
    'GET /v1/portal/people': () => 'text=am',
    'GET /v1/portal/similar': () => 'siteId=lyon&text=network',
    'GET /v1/portal/expected': () => expected,
  };

  return { bodies, queries, badQueries };
}
