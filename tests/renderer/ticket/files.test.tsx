import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { UploadView } from '#shared/contract/files.ts';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import { linkOf } from '../../../renderer/ticket/forms/AttachForm.tsx';
import { openPane } from './pane.tsx';
import { heldTicket, item, julien, NOW, networkTicket, TICKET } from './ticket-world.ts';

const FILE = '88888888-0000-4000-8000-000000000001';
const OPERATION = '88888888-0000-4000-8000-000000000002';
const at = new Date(NOW).toISOString();
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });
const picture = (size: number, name = 'capture.png') => new File([new Uint8Array(size)], name, { type: 'image/png' });
const carried = (files: File[], types: string[] = ['Files']) => ({ files, types, dropEffect: 'none' });
/** Core takes every file. */
const taking = {
  beginFile: () => ({ ok: true, id: FILE }),
  endFile: () => ({ ok: true, operationIds: [OPERATION], claimed: false, undoable: true }),
};
const operation = (which: number) => `88888888-0000-4000-8000-${String(which).padStart(12, '0')}`;
/** Core takes every file, each as an operation of its own. */
const takingEach = () => {
  const given = { count: 0 };
  return { ...taking, endFile: () => ({ ...taking.endFile(), operationIds: [operation(++given.count)] }) };
};
const withFile = (upload?: Partial<UploadView>, more: { type?: string; size?: number } = {}) => {
  const attachment = { kind: 'file' as const, id: FILE, name: 'journal.txt', size: 1_234_567, type: 'text/plain', ...more };
  const line = item('attached', julien, at, { attachment }, { unsent: upload !== undefined });
  return heldTicket({
    timeline: [{ ...line, entry: { ...line.entry, id: OPERATION } }],
    uploads: upload ? { [FILE]: { state: 'waiting', received: 0, size: 1_234_567, problem: null, ...upload } } : {},
  });
};

describe('a file is given to the ticket', () => {
  test('by pasting a screenshot into the note, in pieces, with the note’s visibility', async () => {
    const { fake, user } = await openPane(heldTicket(), taking);
    await user.type(field(), 'Voir');
    fireEvent.paste(field(), { clipboardData: carried([picture(CHUNK_BYTES + 5)]) });
    await waitFor(() => expect(fake.asks('endFile')).toEqual([{ id: FILE, ticketId: TICKET, visibility: 'internal' }]));
    expect(fake.asks('beginFile')).toEqual([{ ticketId: TICKET, name: 'capture.png', size: CHUNK_BYTES + 5 }]);
    expect(fake.asks('addPiece').map((input) => (input as { bytes: Uint8Array }).bytes.length)).toEqual([CHUNK_BYTES, 5]);
    // What was typed is still there, and what was done can be taken back.
    expect(field().value).toBe('Voir');
    expect(await screen.findByText('Fichier joint')).toBeTruthy();
  });

  test('a picture that was never a file is named by its hour', async () => {
    const { fake } = await openPane(heldTicket(), taking);
    fireEvent.paste(field(), { clipboardData: carried([picture(5, 'image.png')]) });
    const [hour, minute] = [new Date(NOW).getHours(), new Date(NOW).getMinutes()].map((figure) => String(figure).padStart(2, '0'));
    await waitFor(() =>
      expect(fake.asks('beginFile')).toEqual([
        { ticketId: TICKET, name: expect.stringMatching(`^capture-${hour}-${minute}-\\d\\d\\.png$`), size: 5 },
      ]),
    );
  });

  test('a text that was copied with its picture is pasted as a text', async () => {
    const { fake } = await openPane(heldTicket(), taking);
    fireEvent.paste(field(), { clipboardData: carried([picture(5)], ['text/plain', 'Files']) });
    expect(fake.asks('beginFile')).toEqual([]);
  });

  test('by letting files go over it, which is shown before', async () => {
    const { fake } = await openPane(heldTicket({ drafts: { note: { content: { text: '', public: true }, savedAt: at } } }), taking);
    const dataTransfer = carried([picture(5), picture(6, 'autre.png')]);
    fireEvent.dragEnter(field(), { dataTransfer });
    expect(await screen.findByText(/^Joindre à/)).toBeTruthy();
    expect(screen.getByText('Visible du demandeur et du bénéficiaire')).toBeTruthy();
    fireEvent.drop(field(), { dataTransfer });
    await waitFor(() => expect(fake.asks('endFile')).toHaveLength(2));
    expect(fake.asks('endFile')[0]).toMatchObject({ visibility: 'public' });
    expect(screen.queryByText(/^Joindre à/)).toBeNull();
  });

  test('three at once are taken back at once', async () => {
    const { fake, user } = await openPane(heldTicket(), takingEach());
    fireEvent.drop(field(), { dataTransfer: carried([picture(5), picture(6, 'b.png'), picture(7, 'c.png')]) });
    expect(await screen.findByText('3 fichiers joints')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Annuler' }));
    await waitFor(() => expect(fake.asks('undo')).toEqual([[operation(1), operation(2), operation(3)]]));
    await waitFor(() => expect(screen.queryByText('3 fichiers joints')).toBeNull());
  });

  test('more of them than core takes back at once go in parts, the last first', async () => {
    const { fake, user } = await openPane(heldTicket(), takingEach());
    fireEvent.drop(field(), { dataTransfer: carried(Array.from({ length: 12 }, () => picture(5))) });
    expect(await screen.findByText('12 fichiers joints')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Annuler' }));
    const ids = Array.from({ length: 12 }, (_, index) => operation(index + 1));
    await waitFor(() => expect(fake.asks('undo')).toEqual([ids.slice(2), ids.slice(0, 2)]));
  });

  test('one that has left already is not taken back, and what was done before it no more either', async () => {
    const { user } = await openPane(networkTicket(), {
      ...taking,
      endFile: () => ({ ok: true, operationIds: [OPERATION], claimed: false, undoable: false }),
    });
    await user.keyboard('c');
    expect(await screen.findByText('Ticket à vous')).toBeTruthy();
    fireEvent.paste(field(), { clipboardData: carried([picture(5)]) });
    await waitFor(() => expect(screen.queryByText('Ticket à vous')).toBeNull());
    expect(screen.queryByText('Fichier joint')).toBeNull();
  });

  test('a text that is dragged is none', async () => {
    const { fake } = await openPane(heldTicket(), taking);
    const dataTransfer = carried([], ['text/plain']);
    fireEvent.dragEnter(field(), { dataTransfer });
    fireEvent.drop(field(), { dataTransfer });
    expect(screen.queryByText(/^Joindre à/)).toBeNull();
    expect(fake.asks('beginFile')).toEqual([]);
  });

  test('by a button that the keyboard reaches', async () => {
    const { fake, user } = await openPane(heldTicket(), taking);
    expect(screen.getByRole('button', { name: 'Joindre des fichiers' }).tabIndex).toBe(0);
    await user.upload(screen.getByLabelText('Joindre des fichiers', { selector: 'input' }), picture(5, 'choisi.png'));
    await waitFor(() => expect(fake.asks('beginFile')).toMatchObject([{ name: 'choisi.png' }]));
  });

  test('too large is said at once, with its name and the limit', async () => {
    const problem = { code: 'too_large', limit: 25 * 1024 * 1024 };
    const { fake } = await openPane(heldTicket(), { beginFile: () => ({ ok: false, problem }) });
    fireEvent.paste(field(), { clipboardData: carried([picture(5, 'film.mov')]) });
    expect((await screen.findByRole('alert')).textContent).toMatch(/«\sfilm\.mov\s» n’est pas joint\s: il dépasse 25\sMo\./);
    expect(fake.asks('addPiece')).toEqual([]);
  });
});

describe('what was not taken', () => {
  const refusing = { beginFile: () => ({ ok: false, problem: { code: 'empty', limit: null } }) };
  const said = () => screen.queryAllByText(/n’est pas joint/);

  test('is said of each, of two with one name too, until it is put away', async () => {
    const { user } = await openPane(heldTicket(), refusing);
    fireEvent.drop(field(), { dataTransfer: carried([picture(0), picture(0)]) });
    await waitFor(() => expect(said()).toHaveLength(2));
    await user.click(screen.getByRole('button', { name: 'Masquer ce message' }));
    expect(said()).toEqual([]);
    expect(screen.queryByRole('button', { name: 'Masquer ce message' })).toBeNull();
  });

  test('leaves when a note is sent', async () => {
    const { user } = await openPane(heldTicket(), refusing);
    fireEvent.drop(field(), { dataTransfer: carried([picture(0)]) });
    await waitFor(() => expect(said()).toHaveLength(1));
    await user.type(field(), 'Sans la photo{Control>}{Enter}{/Control}');
    await waitFor(() => expect(said()).toEqual([]));
  });

  test('is said during a call too', async () => {
    const { user } = await openPane(heldTicket(), refusing);
    await user.keyboard('t');
    await screen.findByRole('region', { name: 'Appel en cours' });
    fireEvent.drop(document.querySelector('li') ?? expect.fail(), { dataTransfer: carried([picture(0)]) });
    await waitFor(() => expect(said()).toHaveLength(1));
  });
});

describe('a file on the timeline', () => {
  test('says its name and size, and is saved where the person says, never opened', async () => {
    const bytes = new Uint8Array(3);
    const { fake, host, user } = await openPane(withFile(undefined, { size: 3 }), {
      readFile: () => ({ state: 'bytes', size: 3, picture: null, bytes }),
    });
    await user.click(screen.getAllByRole('button', { name: 'Enregistrer journal.txt' })[0] as HTMLElement);
    await waitFor(() => expect(host.asked.find(({ name }) => name === 'saveFile')?.input).toEqual({ name: 'journal.txt', bytes }));
    expect(fake.asks('readFile')).toEqual([{ ticketId: TICKET, fileId: FILE, offset: 0 }]);
    expect(host.asked.some(({ name }) => name === 'openLink')).toBe(false);
  });

  test('that is a picture is looked at without leaving the keyboard behind', async () => {
    const { user } = await openPane(withFile(undefined, { type: 'image/png' }), { readFile: () => ({ state: 'missing' }) });
    const opener = (await screen.findByText('journal.txt')).closest('button') ?? expect.fail();
    await user.click(opener);
    const viewer = await screen.findByRole('dialog', { name: 'journal.txt' });
    await user.click(await within(viewer).findByText('Le serveur n’a plus ce fichier.'));
    expect(viewer.contains(document.activeElement)).toBe(true);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.activeElement).toBe(opener);
  });

  test('that is not on this machine says that it needs the network', async () => {
    const { user } = await openPane(withFile(), { readFile: () => ({ state: 'needs_network' }) });
    await user.click(screen.getAllByRole('button', { name: 'Enregistrer journal.txt' })[0] as HTMLElement);
    expect(await screen.findByText(/il faut le réseau/)).toBeTruthy();
  });

  test('that is on its way says how far, and can be taken back', async () => {
    const { fake, user } = await openPane(withFile({ state: 'uploading', received: 493_827 }));
    expect(await screen.findByText(/Envoi, 40\s%/)).toBeTruthy();
    expect(screen.getByText(/1,2\sMo/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Retirer' }));
    expect(fake.asks('undo')).toEqual([[OPERATION]]);
    await act(async () => fake.show({ sync: { ...fake.world.sync, state: 'offline' } }, { uploads: withFile({}).uploads }));
    expect(await screen.findByText(/Gardé ici, envoyé dès que le réseau revient/)).toBeTruthy();
  });

  test('that the server refused says why, and stays until it is put away', async () => {
    await openPane(withFile({ state: 'refused', problem: { code: 'too_large', limit: 5 * 1024 * 1024 } }));
    expect(screen.getByText(/Pas envoyé\s: il dépasse 5\sMo\. Il est gardé ici/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Retirer' })).toBeTruthy();
  });

  test('a link is opened by the host alone, which checks it', async () => {
    const attachment = { kind: 'link' as const, url: 'https://wiki.example.org/switch', title: 'Fiche du commutateur' };
    const { host, user } = await openPane(heldTicket({ timeline: [item('attached', julien, at, { attachment })] }));
    await user.click(screen.getByText('Fiche du commutateur'));
    await waitFor(() => expect(host.asked.find(({ name }) => name === 'openLink')?.input).toBe('https://wiki.example.org/switch'));
  });
});

describe('forms', () => {
  test.each([
    ['wiki.example.org/a b', 'https://wiki.example.org/a%20b'],
    ['https://bücher.example', 'https://xn--bcher-kva.example/'],
    ['support@example.org', 'mailto:support@example.org'],
    ['http://example.org', undefined],
    ['javascript:alert(1)', undefined],
    ['file:///etc/passwd', undefined],
  ])('the address %j is sent as %j', (typed, sent) => expect(linkOf(typed)).toBe(sent));

  test('files go to the readers that were chosen above them', async () => {
    const { fake, user } = await openPane(heldTicket(), taking);
    await user.keyboard('m');
    await user.click(await screen.findByRole('radio', { name: 'L’équipe, le demandeur et le bénéficiaire' }));
    const form = screen.getByRole('form');
    const pick = within(form).getByText('Choisir des fichiers…');
    expect(screen.getByRole('radio', { name: 'L’équipe' }).compareDocumentPosition(pick)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await user.upload(form.querySelector<HTMLInputElement>('input[type="file"]') ?? expect.fail(), picture(5));
    await waitFor(() => expect(fake.asks('endFile')).toMatchObject([{ visibility: 'public' }]));
  });

  test('a link is attached with its name', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.keyboard('m');
    await user.type(await screen.findByRole('textbox', { name: 'Lien' }), 'wiki.example.org');
    await user.type(screen.getByRole('textbox', { name: /Nom du lien/ }), 'Fiche');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(fake.asks('perform').at(-1)).toMatchObject({
        name: 'attach',
        input: { content: { kind: 'link', url: 'https://wiki.example.org/', title: 'Fiche' }, visibility: 'internal' },
      }),
    );
  });

  test('tickets are linked: one is found by its words, and one says what it is', async () => {
    const { fake, user } = await openPane(heldTicket());
    await user.keyboard('i');
    const other = await screen.findByRole('combobox', { name: 'Autre ticket' });
    const [row] = fake.world.rows.filter((one) => one.id !== TICKET);
    await user.type(other, String(row?.title.split(' ')[0]));
    const options = await screen.findAllByRole('option');
    await user.click(options.find((option) => within(option).queryByText(new RegExp(String(row?.number)))) as HTMLElement);
    await user.click(screen.getByRole('radio', { name: 'en est le doublon' }));
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(fake.asks('perform').at(-1)).toMatchObject({ name: 'link', input: { otherId: row?.id, as: 'duplicate_of' } }),
    );
  });
});
