import { describe, expect, test } from 'vitest';
import { DecisionApi } from '../../../portal/api/decision-api.ts';
import { judgeByLink } from '../../../portal/ending/judge.ts';
import { FakeServer, fine, NOW } from '../fake-server.ts';

const TOKEN = 'x'.repeat(43);
const idsOf = (server: FakeServer, path: string) => server.bodies(`POST ${path}`).map((body) => (body as { id: string }).id);

describe('an answer by the link of a mail', () => {
  test('given again after it was cut off, it is the same; with other words it is another', async () => {
    const server = new FakeServer({ 'POST /v1/decision': () => 'cut', 'POST /v1/decision/rating': () => 'cut' });
    const judge = judgeByLink(new DecisionApi(server.line, TOKEN));
    for (const reason of ['Still down', 'Still down', 'Down since noon']) {
      expect(await judge.decide({ decision: 'refuse', reason }, [])).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
    }
    for (const duration of [4, 4, 5]) await judge.rate({ duration, answers: 5, comment: '' });
    for (const path of ['/v1/decision', '/v1/decision/rating']) {
      const [first, again, other] = idsOf(server, path);
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    }
  });

  test('marks that are changed and changed back are three ratings', async () => {
    const view = { service: 'MyService', person: { id: 'gina', name: 'Gina Roberts', language: 'en' } };
    const ending = { resolution: null, mayDecide: false, mayRate: true, rateUntil: null, closesAt: null, refusals: 0, leadNames: [] };
    const more = { number: null, title: 'No network', kind: 'incident', isReplaced: false, timeZone: 'Europe/Paris', serverTime: NOW };
    const server = new FakeServer({ 'POST /v1/decision/rating': () => fine({ refusal: null, view: { ...view, ...more, ending } }) });
    const judge = judgeByLink(new DecisionApi(server.line, TOKEN));
    for (const duration of [3, 4, 3]) expect(await judge.rate({ duration, answers: 5, comment: '' })).toMatchObject({ ok: true });
    expect(new Set(idsOf(server, '/v1/decision/rating')).size).toBe(3);
  });
});
