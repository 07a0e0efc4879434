import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Outbox } from '../../../electron/core/storage/outbox.ts';
import { recordOutcomes } from '../../../electron/core/work/outcomes.ts';

const now = '2026-05-04T10:00:00.000Z';

test('two changes of one form are refused: the form has one text back, the banners have both', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-outcomes-'));
  const outbox = new Outbox(join(folder, 'outbox.db'));
  try {
    const ticketId = crypto.randomUUID();
    const add = (name: string, input: Record<string, unknown>) => {
      const id = crypto.randomUUID();
      const at = { madeAt: now, occurredAt: now, offline: true, after: [], before: null };
      outbox.add('amira', { id, name, ticketId, ticketNumber: null, ticketTitle: '', input, draft: { form: name, content: input }, ...at });
      return { id, status: 'rejected' as const, refusal: { code: 'needs_network' as const }, ticket: null };
    };
    const contact = { beneficiaryId: 'farid', phone: '01 99 00 12 34', siteId: 'lyon', seenPhone: '' };
    const urgency = { importance: 'site', relevance: 'blocked', seenUrgency: 'low' };
    const outcomes = [
      add('edit_contact', { ...contact, place: 'First floor' }),
      add('edit_contact', { ...contact, place: 'Second floor' }),
      add('set_urgency', { ...urgency, override: { urgency: 'high', reason: 'The site is closed' } }),
    ];
    recordOutcomes(outbox, 'amira', outcomes, now);
    expect(outbox.drafts('amira', ticketId).map(({ content }) => content.place)).toContain('First floor');
    const texts = outbox.rejections('amira', ticketId).map(({ rejection }) => rejection.text);
    expect(texts).toHaveLength(3);
    expect(texts).toEqual(expect.arrayContaining(['01 99 00 12 34\nFirst floor', '01 99 00 12 34\nSecond floor', 'The site is closed']));
  } finally {
    outbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
