/** Lines of a log as its files have them, for one ticket. */

type Fields = Record<string, unknown>;

export function opening(fields: Fields = {}) {
  return {
    t: '2016-03-01T08:30:00Z',
    ticket: 'INC1',
    n: 0,
    rev: 0,
    op: 'open',
    actor: 'ag1',
    fields: {
      opened_at: '2016-03-01T08:10:00Z',
      opened_by: 'o1',
      group: 'g1',
      caller: 'c1',
      channel: 'phone',
      location: 'l1',
      category: 'k1',
      symptom: null,
      impact: 2,
      urgency: 2,
      priority: 3,
      ...fields,
    },
  };
}

export function event(op: string, n: number, fields: Fields = {}) {
  return { t: '2016-03-01T09:00:00Z', ticket: 'INC1', n, rev: n, op, actor: 'ag1', fields };
}

export function finalState(fields: Fields = {}) {
  return {
    ticket: 'INC1',
    state: 'Closed',
    group: 'g2',
    assignee: 'ag2',
    caller: 'c1',
    location: 'l1',
    category: 'k1',
    symptom: null,
    impact: 2,
    urgency: 3,
    priority: 4,
    code: 'code1',
    opened_at: '2016-03-01T08:10:00Z',
    created_at: '2016-03-01T08:30:00Z',
    first_resolved_at: '2016-03-02T10:00:00Z',
    resolved_at: '2016-03-04T11:00:00Z',
    closed_at: '2016-03-09T12:00:00Z',
    routes: 1,
    reopens: 1,
    waits: 2,
    at: {},
    ...fields,
  };
}
