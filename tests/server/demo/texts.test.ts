import { describe, expect, test } from 'vitest';
import type { Language } from '#shared/domain/model.ts';
import { urgencyOf } from '#shared/domain/urgency.ts';
import { drawFor } from '../../../server/demo/draw.ts';
import { closingCodes, houseCategories } from '../../../server/demo/house.ts';
import { drawSlots, fill } from '../../../server/demo/texts/slots.ts';

const scenarios = houseCategories.flatMap((one) => one.scenarios);
const place = { building: 'B', floor: 2, office: 'B 214' };
const names = { colleague: 'Alice Roy', newcomer: 'Hugo Morin', technician: 'Julien Morel' };
const languages: readonly Language[] = ['fr', 'en'];

describe('the words of the demo desk', () => {
  test('are at least sixty different matters, in both languages', () => {
    for (const language of languages) expect(new Set(scenarios.map((one) => one[language].title)).size).toBeGreaterThanOrEqual(60);
  });

  test.each(languages)('leave no slot open in %s', (language) => {
    const slots = drawSlots(drawFor('test'), language, place, 600, names);
    for (const scenario of scenarios) {
      for (const template of Object.values(scenario[language])) {
        const text = fill(template, slots, language);
        expect(text).not.toMatch(/[{}]|undefined/);
        expect(text.charAt(0)).toBe(text.charAt(0).toLocaleUpperCase(language));
      }
      expect(fill(scenario[language].title, slots, language).length).toBeLessThanOrEqual(90);
    }
  });

  test('set French type and contract articles', () => {
    const slots = { ...names, service: 'les achats', colleague: 'Alice Roy' };
    expect(fill('compte de {colleague} : demande de {service} ?', slots, 'fr')).toBe('Compte d’Alice Roy\u00a0: demande des achats\u202f?');
  });

  test('refuse a slot that nothing fills', () => {
    expect(() => fill('{nothing}', {}, 'en')).toThrow('nothing');
  });

  test('close with codes that exist', () => {
    const known = new Set(closingCodes.map((one) => one.id));
    for (const scenario of scenarios) for (const code of scenario.codes) expect(known).toContain(code);
  });

  test('have something of each urgency for each team', () => {
    for (const team of new Set(houseCategories.map((one) => one.team))) {
      const own = houseCategories.filter((one) => one.team === team).flatMap((one) => one.scenarios);
      const urgencies = new Set(own.flatMap((one) => one.impacts.map(([importance, relevance]) => urgencyOf(importance, relevance))));
      expect([...urgencies].sort()).toEqual(['high', 'low', 'medium']);
    }
  });
});
