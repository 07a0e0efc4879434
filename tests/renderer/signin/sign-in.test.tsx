import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { SessionState } from '#shared/contract/host.ts';
import { SignIn } from '../../../renderer/signin/SignIn.tsx';
import { useSession } from '../../../renderer/state/session.ts';
import { fakeHost, signedIn } from '../fake-host.ts';
import { show } from '../show.tsx';

const signedOut: SessionState = {
  state: 'signed_out',
  server: 'https://guichet.verdane.example',
  service: 'Maison Verdane',
  login: null,
  unsent: 0,
};

function open(session: SessionState, host = fakeHost()) {
  return show(<SignInOf session={session} />, { host });
}
function SignInOf({ session }: { session: SessionState }) {
  const current = useSession((state) => state.session);
  if (current === signedIn) useSession.setState({ session });
  return <SignIn />;
}
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);

describe('the first launch', () => {
  test('asks for the server, once, and goes on to the sign-in', async () => {
    const host = fakeHost();
    host.sessions.chooseServer = signedOut;
    open({ state: 'no_server' }, host);
    expect(document.activeElement).toBe(field('Adresse du serveur'));
    await userEvent.type(field('Adresse du serveur'), ' guichet.verdane.example {Enter}');
    expect(await screen.findByRole('heading', { name: 'Connexion' })).toBeTruthy();
    expect(host.asked).toContainEqual({ name: 'chooseServer', input: 'guichet.verdane.example' });
    expect(screen.getByText('Maison Verdane')).toBeTruthy();
  });

  test.each([
    [{ kind: 'unreachable', detail: 'ECONNREFUSED' } as const, /ne répond pas/],
    [{ kind: 'not_guichet' } as const, /ce n’est pas Guichet/],
    [{ kind: 'insecure' } as const, /https/],
    [{ kind: 'bad_address' } as const, /pas une adresse/],
  ])('says what is wrong with the address: %j', async (failure, text) => {
    const host = fakeHost();
    host.failures.chooseServer = failure;
    open({ state: 'no_server' }, host);
    await userEvent.type(field('Adresse du serveur'), 'guichet{Enter}');
    expect((await screen.findByRole('alert')).textContent).toMatch(text);
    expect(field('Adresse du serveur').value).toBe('guichet');
    expect(field('Adresse du serveur').getAttribute('aria-invalid')).toBe('true');
  });

  test('speaks the other language at once, and keeps the choice', async () => {
    const { host } = open({ state: 'no_server' });
    await userEvent.click(screen.getByRole('button', { name: 'English' }));
    expect(await screen.findByRole('heading', { name: 'Your server' })).toBeTruthy();
    expect(document.documentElement.lang).toBe('en');
    expect(host.asked).toContainEqual({ name: 'setSettings', input: { language: 'en' } });
  });
});

describe('the sign-in', () => {
  test('sends login and password with Enter', async () => {
    const { host } = open(signedOut);
    expect(document.activeElement).toBe(field('Identifiant'));
    await userEvent.keyboard('julien.morel{Tab}secret{Enter}');
    await waitFor(() => expect(host.asked).toContainEqual({ name: 'signIn', input: { login: 'julien.morel', password: 'secret' } }));
  });

  test('refused: erases nothing, says how many tries are left, gives the field the focus', async () => {
    const host = fakeHost();
    host.failures.signIn = { kind: 'wrong_credentials', attemptsLeft: 3 };
    open(signedOut, host);
    await userEvent.keyboard('julien.morel{Tab}wrong{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('Identifiant ou mot de passe incorrect. Encore 3 essais avant une pause.');
    expect([field('Identifiant').value, field('Mot de passe').value]).toEqual(['julien.morel', 'wrong']);
    expect(document.activeElement).toBe(field('Mot de passe'));
  });

  test.each([
    [{ kind: 'wrong_credentials', attemptsLeft: null } as const, 'Identifiant ou mot de passe incorrect.'],
    [{ kind: 'wrong_credentials', attemptsLeft: 1 } as const, 'Identifiant ou mot de passe incorrect. Encore 1 essai avant une pause.'],
    [{ kind: 'too_many_attempts', retryAfter: 241 } as const, 'Trop d’essais. Réessayez dans 5 minutes.'],
    [{ kind: 'unreachable', detail: '' } as const, 'Le serveur ne répond pas. Vérifiez l’adresse, puis le réseau ou le VPN.'],
  ])('says why it did not work: %j', async (failure, text) => {
    const host = fakeHost();
    host.failures.signIn = failure;
    open(signedOut, host);
    await userEvent.keyboard('a{Tab}b{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe(text);
  });

  test('asks for what is missing without asking the server', async () => {
    const { host } = open(signedOut);
    await userEvent.keyboard('julien.morel{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('Écrivez votre mot de passe.');
    expect(document.activeElement).toBe(field('Mot de passe'));
    expect(host.asked.map(({ name }) => name)).not.toContain('signIn');
  });

  test('warns of Caps Lock', async () => {
    open(signedOut);
    const event = new KeyboardEvent('keydown', { key: 'A', bubbles: true });
    Object.assign(event, { getModifierState: (key: string) => key === 'CapsLock' });
    fireEvent(field('Mot de passe'), event);
    expect(await screen.findByText('La touche Verr. Maj est active.')).toBeTruthy();
  });

  test('says that unsent actions are kept, and asks for the password only', async () => {
    open({ ...signedOut, login: 'julien.morel', unsent: 4 });
    expect(screen.getByText('Julien, vos 4 actions non envoyées sont gardées.')).toBeTruthy();
    expect(field('Identifiant').value).toBe('julien.morel');
    expect(document.activeElement).toBe(field('Mot de passe'));
  });

  test('shows the password when asked', async () => {
    open(signedOut);
    await userEvent.click(screen.getByRole('button', { name: 'Montrer le mot de passe' }));
    expect(field('Mot de passe').type).toBe('text');
  });

  test('leads back from the change of server with Escape', async () => {
    open(signedOut);
    await userEvent.click(screen.getByRole('button', { name: 'Changer' }));
    expect(field('Adresse du serveur').value).toBe('https://guichet.verdane.example');
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByRole('heading', { name: 'Connexion' })).toBeTruthy();
  });
});
