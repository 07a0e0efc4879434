import { describe, expect, test } from 'vitest';
import { Refusal, type RefusalCode } from '#shared/domain/refusal.ts';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { french, typesetFrench } from '#shared/domain/typeset.ts';

const since = '2026-05-04T08:38:00.000Z';
const paris = { timeZone: 'Europe/Paris', now: '2026-05-04T14:00:00.000Z' };
const NB = '\u00a0';

// One of each code, so that a new code without a sentence here does not compile.
const one: { [C in RefusalCode]: Extract<Refusal, { code: C }> } = {
  already_held: { code: 'already_held', holderId: 'amira', holderName: 'Amira', since },
  not_holder: { code: 'not_holder', holderId: 'amira', holderName: 'Amira' },
  not_allowed: { code: 'not_allowed', needs: 'lead', teamName: 'Réseau' },
  wrong_phase: { code: 'wrong_phase', phase: 'closed' },
  changed: { code: 'changed', field: 'holder', seen: 'Amira', current: null },
  invalid: { code: 'invalid', problems: [{ path: 'reason', message: 'required' }] },
  not_found: { code: 'not_found' },
  unknown_reference: { code: 'unknown_reference', field: 'siteId' },
  held_it: { code: 'held_it' },
  already_decided: { code: 'already_decided', by: 'Béa', decision: 'validated' },
  too_late: { code: 'too_late', limit: '2026-05-04T08:38:00.000Z' },
  undo_impossible: { code: 'undo_impossible', why: 'mail_left' },
  depends_on_rejected: { code: 'depends_on_rejected', operationId: 'x' },
  id_reused: { code: 'id_reused' },
  file_missing: { code: 'file_missing' },
  needs_network: { code: 'needs_network' },
};
const expected: Record<RefusalCode, [string, string]> = {
  already_held: [`Déjà prise en charge par Amira à${NB}10:38`, 'Already taken by Amira at 10:38'],
  not_holder: [`Réservé à la personne qui traite la demande${NB}: Amira`, 'Only for the person who holds the ticket: Amira'],
  not_allowed: [
    `Vous n’y êtes pas habilité${NB}: réservé au chef d’équipe (équipe Réseau)`,
    'You may not do this: only the team lead may (team Réseau)',
  ],
  wrong_phase: [`Impossible${NB}: le ticket est clos`, 'Not possible: the ticket is closed'],
  changed: [
    `La personne en charge a changé entre-temps${NB}: personne (vous aviez vu${NB}: Amira)`,
    'The holder has changed meanwhile: nobody (you had seen: Amira)',
  ],
  invalid: [`Saisie à corriger${NB}: motif (à remplir)`, 'Please correct: reason (to be filled in)'],
  not_found: ['Cette demande n’existe pas, ou vous n’y avez pas accès', 'This ticket does not exist, or you have no access to it'],
  unknown_reference: [`Inconnu du service${NB}: site`, 'Unknown to the service: site'],
  held_it: [
    `Vous avez traité cette demande${NB}: à une autre personne d’en juger`,
    'You worked on this ticket: somebody else is to judge it',
  ],
  already_decided: ['Solution déjà validée par Béa', 'Solution already validated by Béa'],
  too_late: [`Trop tard${NB}: c’était possible jusqu’à${NB}10:38`, 'Too late: it was possible until 10:38'],
  undo_impossible: [`Trop tard pour annuler${NB}: le courriel est parti`, 'Too late to undo: the mail has left'],
  depends_on_rejected: [
    `Non appliqué${NB}: une opération dont celle-ci dépend a été refusée`,
    'Not applied: an operation that this one builds on was refused',
  ],
  id_reused: ['Cet identifiant d’opération a déjà servi pour autre chose', 'This operation id was used before for something else'],
  file_missing: [`Le serveur n’a pas ce fichier${NB}: joignez-le de nouveau`, 'The server does not have this file: attach it again'],
  needs_network: [
    `Le serveur est hors de portée${NB}: réessayez une fois la connexion rétablie`,
    'The server is out of reach: try again once the connection is back',
  ],
};

describe.each(Object.values(one))('$code', (refusal) => {
  test('is a sentence in both languages', () => {
    expect(Refusal.parse(refusal)).toEqual(refusal);
    expect([refusalText(refusal, 'fr', paris), refusalText(refusal, 'en', paris)]).toEqual(expected[refusal.code]);
  });
});

test('an instant of another day, or of a day that is not told, carries its date', () => {
  expect(refusalText(one.already_held, 'fr', { timeZone: 'Europe/Paris' })).toBe(`Déjà prise en charge par Amira le 4 mai à${NB}10:38`);
  const later = { timeZone: 'Europe/Paris', now: '2026-05-05T14:00:00.000Z' };
  expect(refusalText(one.already_held, 'en', later)).toBe('Already taken by Amira on 4 May at 10:38');
  expect(refusalText(one.too_late, 'fr', later)).toBe(`Trop tard${NB}: c’était possible jusqu’au 4 mai à${NB}10:38`);
  expect(refusalText(one.too_late, 'en', later)).toBe('Too late: it was possible until 4 May at 10:38');
});

test('a code that has no word is shown as it is', () => {
  expect(refusalText({ code: 'unknown_reference', field: 'toString' }, 'en')).toBe('Unknown to the service: toString');
});

test('urgencies are told in the language of the reader', () => {
  const changed = { code: 'changed', field: 'urgency', seen: 'low', current: 'high' } as const;
  expect(refusalText(changed, 'fr')).toBe(`L’urgence a changé entre-temps${NB}: haute (vous aviez vu${NB}: basse)`);
  expect(refusalText(changed, 'en')).toBe('The urgency has changed meanwhile: high (you had seen: low)');
});

test('French punctuation is set without touching what people wrote', () => {
  expect(typesetFrench('« Oui » : non ; quoi ?')).toBe('«\u00a0Oui\u00a0»\u00a0: non\u202f; quoi\u202f?');
  expect(french`Nom : ${'a : b'} !`).toBe('Nom\u00a0: a : b\u202f!');
});
