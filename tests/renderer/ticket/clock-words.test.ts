import { beforeAll, describe, expect, test } from 'vitest';
import { wordsIn } from '../../../renderer/ticket/say.ts';
import { clockShown, usedAt } from '../../../renderer/ticket/sla/clock-words.ts';
import { BAR_WIDTH, barOf, ledgerOf, whyWords } from '../../../renderer/ticket/sla/ledger.ts';
import { clock, NOW, networkTicket, resolutionExplained, resolutionInShort } from './ticket-world.ts';

beforeAll(() => {
  process.env.TZ = 'Europe/Paris';
});

const MINUTE = 60_000;
const at = (local: string) => new Date(`2026-05-${local}:00+02:00`).toISOString();
const fr = wordsIn('fr');
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const running = clock({
  clock: 'resolution',
  state: 'running',
  targetMinutes: 360,
  usedMs: 194 * MINUTE,
  dueAt: at('04T14:53'),
  soonAt: at('04T13:41'),
});

describe('a clock', () => {
  test('shows the open time that is left, not the time on the wall', () => {
    const shown = clockShown(running, NOW, Date.parse(at('04T12:00')), fr);
    expect([shown.tone, plain(shown.value), shown.end]).toEqual(['ok', '2 h 46', '14:53']);
  });

  test('stands still from the closing of the site on', () => {
    const closesAt = Date.parse(at('04T12:00'));
    expect(usedAt(running, Date.parse(at('04T12:40')), closesAt)).toBe(usedAt(running, closesAt, closesAt));
  });

  test('is soon due from 80 % on, then late by the time since its deadline', () => {
    expect(clockShown(running, Date.parse(at('04T13:41')), null, fr).tone).toBe('soon');
    const late = clockShown(running, Date.parse(at('04T15:05')), null, fr);
    expect([late.tone, plain(late.value)]).toEqual(['late', 'retard 12 min']);
  });

  test('that nobody stopped in time still says how late it is; a finished one that it was missed', () => {
    const missed = clock({ clock: 'resolution', state: 'missed', targetMinutes: 360, usedMs: 9 * 60 * MINUTE, dueAt: at('01T14:53') });
    const late = clockShown(missed, NOW, null, fr);
    expect([late.tone, plain(late.value), late.end]).toEqual(['late', 'retard 2 j', 'ven.']);
    const shown = (name: 'takeCharge' | 'contact') => clockShown({ ...missed, clock: name, endedAt: at('04T09:00') }, NOW, null, fr);
    expect([shown('takeCharge').value, shown('contact').value]).toEqual(['manquée', 'manqué']);
    expect(plain(shown('contact').title)).toBe('Manqué, 9 h au lieu de 6 h');
  });

  test('never shows a deadline while it is paused', () => {
    const paused = clock({ clock: 'contact', state: 'paused', targetMinutes: 240, usedMs: 110 * MINUTE, dueAt: at('04T14:53') });
    const shown = clockShown(paused, NOW, null, fr);
    expect([shown.tone, plain(shown.value), shown.end]).toEqual(['paused', 'reste 2 h 10', '']);
  });

  test('says how long a promise that was kept took, of how much', () => {
    const met = clockShown(clock({ clock: 'takeCharge', state: 'met', usedMs: 8 * MINUTE }), NOW, null, fr);
    expect([met.tone, plain(met.value), met.end]).toEqual(['met', '8 min', 'sur 15']);
  });
});

test('a promise that was kept but told after its deadline says so; a raised urgency makes late from its change on', () => {
  const told = clock({ clock: 'contact', state: 'met', usedMs: 90 * MINUTE, endedAt: at('04T10:30'), reportedLate: true });
  expect(plain(clockShown(told, NOW, null, fr).title)).toBe('Tenu en 1 h 30, signalé après l’échéance');
  const raised = clock({ clock: 'resolution', state: 'missed', dueAt: at('04T09:00'), breachedAt: at('04T10:59') });
  expect(plain(clockShown(raised, Date.parse(at('04T11:09')), null, fr).value)).toBe('retard 10 min');
});

describe('the explanation', () => {
  test('fills the bar exactly, whatever is closed', () => {
    const bar = barOf(resolutionExplained, NOW);
    const last = bar.at(-1);
    expect(Math.round((last?.left ?? 0) + (last?.width ?? 0))).toBe(BAR_WIDTH);
    expect(bar.map((piece) => piece.kind).slice(0, 4)).toEqual(['counted', 'pause', 'counted', 'closed']);
  });

  test('keeps a ledger whose counted time and time to come make the target', () => {
    const ledger = ledgerOf(resolutionExplained, NOW, fr);
    expect([ledger.usedMs, ledger.leftMs]).toEqual([194 * MINUTE, 166 * MINUTE]);
    const rows = [...ledger.past, ...ledger.coming].map(({ hours, what, duration }) => plain([hours, what, duration].join(' · ')));
    expect(rows).toEqual([
      '16:42 – 17:25 · Compté · 43 min',
      '17:25 – 17:50 · Suspendu : en attente du bénéficiaire · (25 min)',
      '17:50 – 18:00 · Compté · 10 min',
      'jusqu’à lun. 8:00 · Fermé : nuits, fériés, jours fermés · –',
      '8:00 – 8:40 · Compté · 40 min',
      '8:40 – 9:26 · Suspendu : résolu · (46 min)',
      '9:26 – 11:07 · Compté · 1 h 41',
      '11:07 – 12:00 · Restera à compter · 53 min',
      '12:00 – 13:00 · Fermé · –',
      '13:00 – 14:53 · Restera à compter · 1 h 53',
    ]);
  });

  test('fits in one sentence in both languages', () => {
    const resolution = networkTicket().clocks[2];
    const why = resolutionInShort;
    if (!resolution) throw new Error('no resolution clock');
    expect(plain(whyWords(why, resolution, NOW, fr))).toBe(
      '6 h ouvrées depuis jeudi. Le 1er mai, 25 min d’attente et 46 min après résolution ne comptent pas.',
    );
    expect(whyWords(why, resolution, NOW, wordsIn('en'))).toBe(
      '6 h of business time since Thursday. 1 May, 25 min of waiting and 46 min after the resolution do not count.',
    );
  });
});
