import { describe, expect, test } from 'vitest';
import { DecisionApi } from '../../../portal/api/decision-api.ts';
import { judgeByLink } from '../../../portal/ending/judge.ts';
import { FakeServer } from '../fake-server.ts';

describe('an answer by the link of a mail', () => {
  test('given again after it was cut off, it is the same; with other words it is another', async () => {
    const server = new FakeServer({ 'POST /v1/decision': () => 'cut', 'POST /v1/decision/rating': () => 'cut' });
    const judge = judgeByLink(new DecisionApi(server.line, 'x'.repeat(43)));
    for (const reason of ['Still down', 'Still down', 'Down since noon']) {
      expect(await judge.decide({ decision: 'refuse', reason }, [])).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
    }
    for (const duration of [4, 4, 5]) await judge.rate({ duration, answers: 5, comment: '' });
    for (const path of ['/v1/decision', '/v1/decision/rating']) {
      const [first, again, other] = server.bodies(`POST ${path}`).map((body) => (body as { id: string }).id);
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    }
  });
});
