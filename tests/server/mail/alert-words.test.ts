import { expect, test } from 'vitest';
import type { Person } from '#shared/domain/model.ts';
import { asText } from '../../../server/mail/as-text.ts';
import type { Occasion } from '../../../server/mail/draft.ts';
import { subjectOf } from '../../../server/mail/phrases.ts';
import { type AlertFacts, alertDraft } from '../../../server/mail/words/alert.ts';
import { heldByAmira } from '../../shared/domain/story.ts';

const facts: AlertFacts = {
  clock: 'resolution',
  mark: 'soon',
  dueAt: '2026-11-26T17:00:00.000Z',
  holderName: 'Amira Benali',
  teamName: 'Réseau',
};
function mail(language: 'fr' | 'en', more: Partial<AlertFacts> = {}): { subject: string; text: string } {
  const occasion: Occasion = {
    person: { id: 'chloe', name: 'Chloé Martin', language } as Person,
    ticket: { ...heldByAmira().now, number: 'I-2026-000123', title: 'Réseau coupé', kind: 'incident' },
    service: 'MyService',
    site: { name: 'Montréal', timeZone: 'America/Toronto' },
    page: null,
    canReply: true,
  };
  const draft = alertDraft({ ...facts, ...more }, occasion);
  return { subject: subjectOf(draft.head, occasion), text: asText(draft, occasion) };
}

test('says in French which clock, how far, until when where the ticket is, and who has it', () => {
  const { subject, text } = mail('fr');
  expect(subject).toBe('[I-2026-000123] 80\u00a0% du délai (résolution)\u00a0: Réseau coupé');
  expect(text).toBe(
    [
      'Bonjour Chloé Martin,',
      '',
      'L’incident I-2026-000123 «\u00a0Réseau coupé\u00a0»\u00a0: 80\u00a0% du délai de résolution sont écoulés.',
      'Échéance\u00a0: jeudi 26 novembre 2026 à 12:00 (heure de Montréal).',
      'En charge\u00a0: Amira Benali.',
      '',
      'MyService',
      '',
    ].join('\n'),
  );
});

test('says the same in English', () => {
  const { subject, text } = mail('en');
  expect(subject).toBe('[I-2026-000123] 80% of the time used up (resolution): Réseau coupé');
  expect(text).toContain('Incident I-2026-000123 “Réseau coupé”: 80% of the time for resolution is used up.\n');
  expect(text).toContain('Deadline: Thursday, 26 November 2026 at 12:00 (Montréal time).\nHeld by Amira Benali.\n');
});

test('a breach in the pool, on a calendar that never opens long enough to have a deadline', () => {
  const breach = { clock: 'takeCharge', mark: 'breach', holderName: null, dueAt: null } as const;
  const french = mail('fr', breach);
  expect(french.subject).toBe('[I-2026-000123] Délai dépassé (prise en charge)\u00a0: Réseau coupé');
  expect(french.text).toContain('le délai de prise en charge est dépassé.\nDans le pot commun de l’équipe Réseau.\n');
  const english = mail('en', breach);
  expect(english.subject).toBe('[I-2026-000123] Deadline passed (taking charge): Réseau coupé');
  expect(english.text).toContain('the deadline for taking charge has passed.\nNobody holds it: it waits in the pool of Réseau.\n');
});
