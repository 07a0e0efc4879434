import { describe, expect, test } from 'vitest';
import { ownWords, titleOf } from '../../../../server/mail/inbound/own-words.ts';

const words = (...lines: string[]) => ownWords(lines.join('\n'), 'Re: [I-2026-000123] Résolu');

describe('the answer is kept, what it answers is not', () => {
  test.each([
    [
      'an iPhone in French',
      [
        'Ça marche, merci !',
        '',
        'Envoyé de mon iPhone',
        '',
        '> Le 4 mai 2026 à 10:12, MyService <support+abc@desk.example.org> a écrit :',
        '> ',
        '> Bonjour Farid',
      ],
    ],
    [
      'an iPhone, attribution broken into two lines',
      [
        'Ça marche, merci !',
        '',
        'Le 4 mai 2026 à 10:12, MyService',
        '<support+abc@desk.example.org> a écrit :',
        '',
        '> Bonjour Farid',
        '> encore',
      ],
    ],
    [
      'Gmail in English',
      ['Ça marche, merci !', '', 'On Mon, 4 May 2026 at 10:12, MyService <support+abc@desk.example.org> wrote:', '', '> Hello'],
    ],
    [
      'Gmail without quotes (HTML made into text)',
      ['Ça marche, merci !', '', 'On Mon, 4 May 2026 at 10:12, MyService <support+abc@desk.example.org> wrote:', '', 'Hello Farid'],
    ],
    [
      'Outlook in French',
      [
        'Ça marche, merci !',
        '',
        'Farid Saïdi',
        'Comptabilité',
        '________________________________',
        'De : MyService <support+abc@desk.example.org>',
        'Envoyé : lundi 4 mai 2026 10:12',
        'À : Saïdi, Farid <farid@example.org>',
        'Objet : [I-2026-000123] Résolu',
        '',
        'Bonjour Farid',
      ],
      'Ça marche, merci !\n\nFarid Saïdi\nComptabilité',
    ],
    [
      'Outlook in French with a no-break space and bold marks',
      [
        'Ça marche, merci !',
        '',
        '*De :* MyService <support+abc@desk.example.org>',
        '*Envoyé :* lundi 4 mai 2026 10:12',
        '*À :* Saïdi, Farid; Roberts, Gina; Somebody with a very long name',
        '*Cc :* nobody',
        '*Objet :* [I-2026-000123] Résolu',
        'Bonjour Farid',
      ],
    ],
    ['Outlook in English', ['Ça marche, merci !', '-----Original Message-----', 'From: MyService', 'Sent: Monday', 'Hello']],
    ['an older Outlook in French', ['Ça marche, merci !', '', '-----Message d’origine-----', 'De : MyService', 'Bonjour']],
    ['a signature', ['Ça marche, merci !', '', '-- ', 'Farid Saïdi', '01 99 00 12 34']],
    ['what an app puts below', ['Ça marche, merci !', '', 'Télécharger Outlook pour iOS<https://aka.ms/o0ukef>']],
  ])('%s', (_who, lines, expected = 'Ça marche, merci !') => {
    expect(words(...lines)).toBe(expected);
  });
});

describe('where it is not certain, nothing is cut', () => {
  test.each([
    ['an answer between the lines', ['On Mon, 4 May, X <x@example.org> wrote:', '> Does it work?', 'Yes.', '> And the other one?', 'No.']],
    ['an answer below', ['Le 4 mai 2026, X <x@example.org> a écrit :', '> Est-ce que ça marche ?', '', 'Oui.']],
    ['a sentence that looks like it', ['Le serveur de fichiers a encore planté quand Paul a écrit :', 'erreur 5 au démarrage']],
    ['a quoted message in the middle', ['It says', '> Error 5', 'when I start it']],
    ['nothing but a quotation', ['> Error 5']],
    ['a list with a dash', ['Two things', '--', ...Array.from({ length: 30 }, (_, i) => `line ${i}`)]],
    ['from and no more', ['De : l’imprimante du deuxième', 'elle ne répond plus']],
  ])('%s', (_what, lines) => {
    expect(words(...lines)).toBe(lines.join('\n'));
  });

  test('of a forwarded mail everything counts', () => {
    const text = 'Voir ci-dessous\n-----Message d’origine-----\nDe : fournisseur\nErreur 5';
    expect(ownWords(text, 'TR : Erreur')).toBe(text);
  });

  test('a text made to keep the cutting busy is read in no time', () => {
    const text = `${'On '.repeat(50_000)}\n${'Le \n'.repeat(20_000)}`;
    expect(ownWords(text, '')).toContain('On');
  });

  test('a text that no answer is as long as is not looked into', () => {
    const text = `Yes.\n${'> No\n'.repeat(60_000)}`;
    expect(ownWords(text, '')).toBe(text);
  });
});

test.each([
  ['Re: RE : Fwd: TR : [EXT] [I-2026-000123] Plus de réseau', 'Plus de réseau'],
  ['Rép : Re[2]: Imprimante', 'Imprimante'],
  ['Reprise : agenda', 'Reprise : agenda'],
  ['Re:', ''],
  ['  ', ''],
])('%j as a title: %j', (subject, expected) => {
  expect(titleOf(subject, 200)).toBe(expected);
});

test('a long subject is cut between characters', () => {
  expect(titleOf('🙂'.repeat(300), 200)).toBe(`${'🙂'.repeat(99)}…`);
});
