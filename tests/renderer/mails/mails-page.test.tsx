import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { type QuarantineAnswer, type QuarantinedMail, QuarantineReason } from '#shared/contract/quarantine.ts';
import { say } from '../../../renderer/i18n/index.ts';
import { MailsPage } from '../../../renderer/mails/MailsPage.tsx';
import { whyKey } from '../../../renderer/mails/why-words.ts';
import { useSelection } from '../../../renderer/state/selection.ts';
import { Failing, FakeCore } from '../fake-core.ts';
import { show } from '../show.tsx';
import { makeWorld } from '../world.ts';

const mail = (id: string, subject: string, more: Partial<QuarantinedMail> = {}): QuarantinedMail => ({
  id: id.repeat(64),
  receivedAt: '2026-05-04T08:02:00.000Z',
  from: { name: 'Sara Diallo', address: 'sara@elsewhere.example' },
  subject,
  why: 'wrong_sender',
  personId: null,
  files: [],
  ...more,
});
const ticket = { id: '00000000-0000-4000-8000-000000000001', number: 'I-2026-004211', title: 'Plus de réseau' };

let mails: QuarantinedMail[];
let answer: QuarantineAnswer | Error;
let fake: FakeCore;
beforeEach(() => {
  mails = [mail('a', 'Re: Plus de réseau', { files: [{ name: 'photo.png', size: 10 }] }), mail('b', '', { from: null, why: 'unreadable' })];
  answer = { outcome: 'done', ticketId: ticket.id };
  fake = new FakeCore(makeWorld(), {
    listMails: () => ({ mails, total: mails.length, serverTime: '2026-05-04T08:10:00.000Z' }),
    readMail: (id: string) => ({ mail: mails.find((one) => one.id === id), text: `Texte de ${id[0]}`, ticket, handled: null }),
    handleMail: () => {
      if (answer instanceof Error) throw answer;
      // Dealt with by somebody, it waits for nobody.
      if (answer.outcome !== 'refused') mails = mails.slice(1);
      return answer;
    },
  });
});
const handled = () => fake.calls.filter(({ name }) => name === 'handleMail').map(({ input }) => input);

describe('mails that wait', () => {
  test('are listed with why, the first one is open', async () => {
    show(<MailsPage />, { fake });
    expect(await screen.findByText('Texte de a')).toBeDefined();
    const rows = within(screen.getByRole('list', { name: 'Courrier à trier' })).getAllByRole('button');
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining('autre expéditeur'),
      expect.stringMatching(/^Sans objet.*Expéditeur inconnu.*illisible$/),
    ]);
    expect(screen.getByText(/transféré, autre adresse, ou contrefait/)).toBeDefined();
    expect(screen.getByText('photo.png')).toBeDefined();
    await userEvent.keyboard('j');
    expect(await screen.findByText('Texte de b')).toBeDefined();
  });

  test('go on the ticket of their code with two keys, and the next one opens', async () => {
    show(<MailsPage />, { fake });
    await screen.findByText('Texte de a');
    await userEvent.keyboard('n');
    expect(screen.getByDisplayValue('I-2026-004211 · Plus de réseau')).toBeDefined();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByText('Texte de b')).toBeDefined();
    expect(handled()).toEqual([{ id: 'a'.repeat(64), action: { action: 'note', ticketId: ticket.id } }]);
    expect(screen.getByText('Ajouté au ticket, en note interne.')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Voir le ticket' }));
    expect(useSelection.getState()).toMatchObject({ page: 'console', ticketId: ticket.id });
  });

  test('are thrown away only when it is said twice', async () => {
    show(<MailsPage />, { fake });
    await screen.findByText('Texte de a');
    await userEvent.keyboard('x');
    expect(document.activeElement?.textContent).toMatch(/effacés/);
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Écarter/ }));
    await userEvent.keyboard('x');
    expect(handled()).toEqual([]);
    await userEvent.keyboard('{Escape}x{Control>}{Enter}{/Control}');
    await waitFor(() => expect(handled()).toEqual([{ id: 'a'.repeat(64), action: { action: 'discard' } }]));
  });

  test('that a colleague dealt with say who and how', async () => {
    answer = { outcome: 'already_handled', handled: { by: 'amira', byName: 'Amira Haddad', at: '2026-05-04T08:09:00.000Z', as: 'opened' } };
    show(<MailsPage />, { fake });
    await screen.findByText('Texte de a');
    await userEvent.keyboard('x{Control>}{Enter}{/Control}');
    expect(await screen.findByText('Texte de b')).toBeDefined();
    expect(screen.getByText('Amira Haddad en a déjà ouvert un ticket.')).toBeDefined();
  });

  test('stay when it is refused or the server is out of reach, and say why', async () => {
    answer = { outcome: 'refused', refusal: { code: 'not_found' } };
    show(<MailsPage />, { fake });
    await screen.findByText('Texte de a');
    await userEvent.keyboard('n{Control>}{Enter}{/Control}');
    expect(await screen.findByRole('alert')).toBeDefined();
    answer = new Failing('out_of_reach', 'no answer');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(await screen.findByText(/hors d’atteinte/)).toBeDefined();
    expect(screen.getByText('Texte de a')).toBeDefined();
  });

  test('a ticket is opened from one only with everything that it needs', async () => {
    show(<MailsPage />, { fake });
    await screen.findByText('Texte de a');
    await userEvent.keyboard('t');
    expect(screen.getByDisplayValue('Re: Plus de réseau')).toBeDefined();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(
      screen.getAllByRole('alert', { hidden: true }).length + document.querySelectorAll('[aria-invalid="true"]').length,
    ).toBeGreaterThan(2);
    expect(handled()).toEqual([]);
  });

  test('out of reach from the beginning: said, with a way to try again', async () => {
    fake = new FakeCore(makeWorld(), {
      listMails: () => {
        throw new Failing('out_of_reach', 'no answer');
      },
    });
    show(<MailsPage />, { fake });
    expect(await screen.findByText(/Rien n’est perdu/)).toBeDefined();
    expect(screen.getByRole('button', { name: /Réessayer/ })).toBeDefined();
  });

  test.each(QuarantineReason.options)('the reason "%s" has its words in both languages', (why) => {
    for (const language of ['fr', 'en'] as const) {
      for (const key of [`shell:mails.why.${whyKey(why)}`, `shell:mails.whyText.${whyKey(why)}`])
        expect(say(key, language)).not.toContain('mails.');
    }
  });

  test('none: the page says so', async () => {
    mails = [];
    show(<MailsPage />, { fake });
    expect(await screen.findByText('Rien à trier.')).toBeDefined();
  });
});
