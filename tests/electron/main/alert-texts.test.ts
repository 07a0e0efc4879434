import { expect, test } from 'vitest';
import type { ClockAlert } from '#shared/contract/alerts.ts';
import { alertText, summaryText } from '../../../electron/main/alert-texts.ts';

const alert = (ticketId: string, mark: ClockAlert['mark']): ClockAlert => ({
  about: 'clock',
  ticketId,
  key: `contact.0.${mark}`,
  number: 'I-2026-000123',
  title: 'Plus de réseau',
  clock: 'contact',
  mark,
  dueAt: '2026-05-04T12:20:00.000Z',
  mine: true,
});
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

test('a notification names the ticket, the clock, the mark and the deadline', () => {
  expect(alertText(alert('a', 'soon'), 'fr').title).toBe('I-2026-000123 · Plus de réseau');
  expect(plain(alertText(alert('a', 'soon'), 'fr').body)).toMatch(/^Contact : 80 % du temps est écoulé \(à faire avant lun\. \d\d:\d\d\)$/);
  expect(plain(alertText(alert('a', 'breach'), 'en').body)).toMatch(/^Contact: deadline passed \(was due Mon \d\d:\d\d.*\)$/);
  expect(alertText({ ...alert('a', 'half'), number: null }, 'en').title).toBe('Plus de réseau');
});

test('many are one: how many tickets, how many of them late', () => {
  const many = [alert('a', 'breach'), alert('a', 'half'), alert('b', 'soon'), alert('c', 'half'), alert('d', 'breach')];
  expect(summaryText(many, 'fr')).toEqual({ title: '4 tickets vous attendent', body: '2 en retard, 2 bientôt à échéance' });
  expect(summaryText([alert('a', 'breach')], 'en').body).toBe('1 overdue');
  const refused = { ticketId: 'a', key: 'refused.x', number: null, title: 'Écran noir', mine: true, by: 'Sara Diallo', at: '' };
  const all = [{ ...refused, about: 'refusal' as const }, ...many];
  expect(alertText({ ...refused, about: 'refusal' }, 'fr')).toEqual({ title: 'Écran noir', body: 'Résolution refusée par Sara Diallo' });
  expect(summaryText(all, 'fr').body).toBe('1 refusé, 1 en retard, 2 bientôt à échéance');
});
