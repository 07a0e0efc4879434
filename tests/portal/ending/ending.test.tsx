import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../portal/api/answer.ts';
import { EndingPage } from '../../../portal/ending/EndingPage.tsx';
import type { Ending, Judge, Judged } from '../../../portal/ending/judge.ts';
import { FakeServer, NOW } from '../fake-server.ts';
import { show } from '../show.tsx';

const open: Ending = {
  resolution: { id: 'r1', byName: 'Julien Morel', at: NOW, text: 'Câble remplacé.', decision: null, rating: null },
  mayDecide: true,
  mayRate: false,
  rateUntil: null,
  closesAt: '2026-05-12T16:00:00.000Z',
  refusals: 0,
  leadNames: ['Nathalie Giraud'],
};
type DecisionKind = NonNullable<NonNullable<Ending['resolution']>['decision']>['kind'];
function decided(kind: DecisionKind, byName: string, more: Partial<Ending> = {}): Ending {
  const { resolution } = open;
  if (!resolution) throw new Error('it has one');
  return { ...open, mayDecide: false, resolution: { ...resolution, decision: { kind, byName, at: NOW, reason: '' } }, ...more };
}

/** Says what it was asked, and answers as it is told. */
function judgeOf(decide: Answer<Judged>, rate: Answer<Judged> = decide) {
  const asked: unknown[] = [];
  const judge: Judge = {
    async decide(decision, files) {
      asked.push(files.length > 0 ? { decision, files } : decision);
      return decide;
    },
    async rate(rating) {
      asked.push(rating);
      return rate;
    },
  };
  return { judge, asked };
}
const judged = (ending: Ending): Answer<Judged> => ({ ok: true, value: { refusal: null, ending } });
const cut: Answer<Judged> = { ok: false, failure: { kind: 'unreachable' } };

async function ask(judge: Judge, { ending = open, preset = null }: { ending?: Ending; preset?: 'yes' | 'no' | null } = {}) {
  const when = { language: 'fr', timeZone: 'Europe/Paris', now: NOW } as const;
  await show(
    <EndingPage
      title="Plus de réseau"
      personName="Antoine Besson"
      ending={ending}
      when={when}
      judge={judge}
      preset={preset}
      phone="04 65 71 12 09"
      back={false}
      links={null}
    />,
    new FakeServer(),
  );
}
const mark = (index: number, figure: string) => {
  const radio = screen.getAllByRole('radio', { name: figure })[index];
  if (!radio) throw new Error(`no mark ${figure}`);
  return userEvent.click(radio);
};

describe('yes', () => {
  test('closes and rates', async () => {
    const { judge, asked } = judgeOf(
      judged(decided('validated', 'Antoine Besson', { mayRate: true, rateUntil: '2026-05-11T12:00:00.000Z' })),
    );
    await ask(judge, { preset: 'yes' });
    await mark(0, '4');
    await mark(1, '5');
    await userEvent.click(screen.getByRole('button', { name: 'Confirmer et fermer le ticket' }));
    expect(await screen.findByRole('heading', { name: 'Merci, c’est fermé' })).toBeTruthy();
    expect(asked).toEqual([{ decision: 'validate' }, { duration: 4, answers: 5, comment: '' }]);
  });

  test('needs no marks, but no single one either', async () => {
    const { judge, asked } = judgeOf(judged(decided('validated', 'Antoine Besson')));
    await ask(judge, { preset: 'yes' });
    await mark(0, '4');
    await userEvent.click(screen.getByRole('button', { name: 'Confirmer et fermer le ticket' }));
    // Said where it is missing, and the focus is there.
    const missing = screen.getByRole('radiogroup', { name: 'Les réponses reçues', description: 'Donnez les deux notes, ou aucune.' });
    expect(missing.contains(document.activeElement)).toBe(true);
    expect(asked).toEqual([]);
  });

  test('closed, but the rating did not arrive: it is still there to be sent', async () => {
    const { judge, asked } = judgeOf(judged(decided('validated', 'Antoine Besson', { mayRate: true })), cut);
    await ask(judge, { preset: 'yes' });
    await mark(0, '2');
    await mark(1, '3');
    await userEvent.click(screen.getByRole('button', { name: 'Confirmer et fermer le ticket' }));
    expect(await screen.findByText('Le ticket est fermé, mais votre avis n’est pas encore parti.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Envoyer l’avis' }));
    expect(asked.slice(1)).toEqual([1, 2].map(() => ({ duration: 2, answers: 3, comment: '' })));
    expect(await screen.findByText(/ne répond pas/)).toBeTruthy();
  });
});

describe('no', () => {
  test('asks how it is now and what is seen before it sends anything', async () => {
    const { judge, asked } = judgeOf(judged(decided('refused', 'Antoine Besson', { mayRate: true })));
    await ask(judge, { preset: 'no' });
    await userEvent.click(screen.getByRole('button', { name: 'Renvoyer à Julien Morel' }));
    expect(screen.getByText('Choisissez une réponse.')).toBeTruthy();
    expect(screen.getByText(/Écrivez ce que vous voyez/)).toBeTruthy();
    expect(asked).toEqual([]);
    await userEvent.click(screen.getByRole('radio', { name: 'C’est revenu, puis retombé' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Dites-nous ce que vous voyez' }), 'Coupé à 14:20');
    await userEvent.clear(screen.getByRole('textbox', { name: 'Où vous rappeler\u202f?' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Où vous rappeler\u202f?' }), '06 39 98 12 34');
    await userEvent.click(screen.getByRole('button', { name: 'Renvoyer à Julien Morel' }));
    expect(await screen.findByRole('heading', { name: 'C’est reparti' })).toBeTruthy();
    expect(screen.queryByText('Le temps que cela a pris')).toBeNull();
    expect(asked).toEqual([{ decision: 'refuse', reason: 'C’est revenu, puis retombé. Coupé à 14:20\nRappeler au 06 39 98 12 34' }]);
  });

  test('the lead is named from the second refusal on', async () => {
    await ask(judgeOf(cut).judge, { preset: 'no' });
    expect(screen.queryByText(/Nathalie Giraud/)).toBeNull();
    screen.getByText('Le ticket se rouvre tout de suite.');
  });
  test('and here it is the second', async () => {
    await ask(judgeOf(cut).judge, { preset: 'no', ending: { ...open, refusals: 1 } });
    expect(screen.getByText('C’est le refus n° 2 : nous prévenons aussi Nathalie Giraud.')).toBeTruthy();
  });

  test('somebody else had said yes: who is said, and what was written can be copied', async () => {
    await ask(judgeOf(judged(decided('validated', 'Sara Diallo'))).judge, { preset: 'no' });
    await userEvent.click(screen.getByRole('radio', { name: 'Rien n’a changé' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Dites-nous ce que vous voyez' }), 'Toujours coupé');
    await userEvent.click(screen.getByRole('button', { name: 'Renvoyer à Julien Morel' }));
    expect(await screen.findByText('Sara Diallo a confirmé aujourd’hui à 14:00 que c’est résolu.')).toBeTruthy();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Ce que vous aviez écrit' }).value).toBe(
      'Rien n’a changé. Toujours coupé',
    );
  });

  test('a cut loses nothing', async () => {
    await ask(judgeOf(cut).judge, { preset: 'no' });
    await userEvent.click(screen.getByRole('radio', { name: 'Rien n’a changé' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Dites-nous ce que vous voyez' }), 'Toujours coupé');
    await userEvent.click(screen.getByRole('button', { name: 'Renvoyer à Julien Morel' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/Rien n’est perdu/);
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Dites-nous ce que vous voyez' }).value).toBe('Toujours coupé');
  });
});

test('without an answer nothing is sent', async () => {
  const { judge, asked } = judgeOf(cut);
  await ask(judge);
  await userEvent.click(screen.getByRole('button', { name: 'Confirmer et fermer le ticket' }));
  expect(screen.getByText('Choisissez une réponse.')).toBeTruthy();
  expect(asked).toEqual([]);
});
