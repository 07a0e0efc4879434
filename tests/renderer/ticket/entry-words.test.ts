import { beforeAll, describe, expect, test } from 'vitest';
import type { EntryKind, Language } from '#shared/domain/model.ts';
import { nameBook } from '../../../renderer/ticket/name-book.ts';
import { wordsIn } from '../../../renderer/ticket/say.ts';
import { entryWords, type TimelineItem } from '../../../renderer/ticket/timeline/entry-words.ts';
import { amira, antoine, desk, item, julien, networkTicket, sara, thomas } from './ticket-world.ts';

beforeAll(() => {
  process.env.TZ = 'Europe/Paris';
});

const at = (local: string) => new Date(`2026-${local}:00+02:00`).toISOString();
const phone = { typed: '04 65 71 12 31', e164: '+33465711231' };

/** The whole line as a person reads it: lead and rest, then the body. */
function read(entry: TimelineItem, language: Language, ticket = networkTicket().ticket): string {
  const { lead, rest, body } = entryWords(entry, ticket, nameBook(networkTicket().people, desk), wordsIn(language));
  return [`${lead}${rest}`, body]
    .filter((text) => text !== null)
    .join(' | ')
    .replace(/[\u00a0\u202f]/g, ' ');
}

/** One of every kind: adding a kind without words does not compile. */
const cases = {
  opened: [
    item('opened', julien, at('05-04T10:44'), { channel: 'phone', duringCall: true }),
    'Antoine Besson a signalé, par téléphone · saisi par vous | ',
    'Antoine Besson reported, by phone · typed by you | ',
  ],
  claimed: [item('claimed', julien, at('05-04T11:08'), {}), 'Prise en charge par vous', 'Claimed by you'],
  released: [
    item('released', thomas, at('05-04T09:52'), { reason: 'je pars sur site' }),
    'Remis au pot par Thomas Lefèvre : « je pars sur site »',
    'Released to the pool by Thomas Lefèvre: “je pars sur site”',
  ],
  assigned: [
    item('assigned', thomas, at('05-04T09:52'), { fromId: null, toId: amira.id, fromTeamId: 'lyon', toTeamId: 'lyon', reason: '' }),
    'Affecté à Amira Haddad par Thomas Lefèvre',
    'Assigned to Amira Haddad by Thomas Lefèvre',
  ],
  urgency_set: [
    item('urgency_set', thomas, at('05-04T09:52'), { from: 'low', to: 'high', reason: 'tout le site' }),
    'Urgence haute, au lieu de basse · Thomas Lefèvre : « tout le site »',
    'High urgency, instead of low · Thomas Lefèvre: “tout le site”',
  ],
  category_set: [
    item('category_set', thomas, at('05-04T09:52'), { from: 'mail', to: 'network' }),
    'Catégorie Réseau, au lieu de Messagerie · Thomas Lefèvre',
    'Category Network, instead of Mail · Thomas Lefèvre',
  ],
  contact_edited: [
    item('contact_edited', thomas, at('05-04T09:52'), { phone, siteId: 'lyon', place: 'B 221', beneficiaryId: sara.id }),
    'Contact modifié · Thomas Lefèvre | Sara Diallo · 04 65 71 12 31 · Lyon-Gerland · B 221',
    'Contact changed · Thomas Lefèvre | Sara Diallo · 04 65 71 12 31 · Lyon-Gerland · B 221',
  ],
  called: [
    item('called', thomas, at('04-30T17:02'), {
      outcome: 'no_answer',
      number: '+33465711208',
      duration: 0,
      note: 'sonne dans le vide',
      callbackAt: at('04-30T17:20'),
    }),
    'Appel sans réponse, prochain essai à 17:20 · Thomas Lefèvre | sonne dans le vide',
    'Call, no answer, next try at 17:20 · Thomas Lefèvre | sonne dans le vide',
  ],
  noted: [
    item('noted', thomas, at('05-04T08:36'), { text: 'Port en erreur.' }),
    'Thomas Lefèvre · note interne | Port en erreur.',
    'Thomas Lefèvre · internal note | Port en erreur.',
  ],
  waiting: [
    item('waiting', thomas, at('04-30T17:25'), { reason: 'beneficiary', detail: '', wakeAt: null }),
    'En attente du bénéficiaire, 25 min · Thomas Lefèvre',
    'Waiting for the beneficiary, 25 min · Thomas Lefèvre',
  ],
  resumed: [item('resumed', thomas, at('04-30T17:50'), {}), 'Reprise par Thomas Lefèvre', 'Resumed by Thomas Lefèvre'],
  resolved: [
    item('resolved', thomas, at('05-04T08:40'), { text: 'Port réactivé à distance', code: 'settings' }),
    'Résolu par Thomas Lefèvre : « Port réactivé à distance » · Réglage corrigé',
    'Resolved by Thomas Lefèvre: “Port réactivé à distance” · Setting corrected',
  ],
  solution_proposed: [
    item('solution_proposed', julien, at('05-04T10:52'), { text: 'Baie ventilée.', code: null }),
    'Julien Morel · solution proposée | Baie ventilée.',
    'Julien Morel · proposed solution | Baie ventilée.',
  ],
  validated: [
    item('validated', sara, at('05-04T10:52'), {}),
    'Résolution confirmée par Sara Diallo',
    'Resolution confirmed by Sara Diallo',
  ],
  refused: [
    item('refused', sara, at('05-04T09:26'), { reason: 'Plus rien.' }),
    'Résolution refusée par Sara Diallo : « Plus rien. »',
    'Resolution refused by Sara Diallo: “Plus rien.”',
  ],
  rated: [
    item('rated', sara, at('05-04T09:26'), { duration: 4, answers: 5, comment: '' }),
    'Noté : durée 4 sur 5, réponses 5 sur 5 par Sara Diallo',
    'Rated: duration 4 of 5, answers 5 of 5 by Sara Diallo',
  ],
  reopened: [
    item('reopened', thomas, at('05-04T09:26'), { reason: 'la panne revient' }),
    'Rouvert par Thomas Lefèvre : « la panne revient »',
    'Reopened by Thomas Lefèvre: “la panne revient”',
  ],
  cancelled: [
    item('cancelled', antoine, at('05-04T09:26'), { reason: 'doublon' }),
    'Annulé par Antoine Besson : « doublon »',
    'Cancelled by Antoine Besson: “doublon”',
  ],
  attached: [
    item('attached', thomas, at('05-04T09:26'), {
      attachment: { kind: 'file', id: 'f', name: 'photo.png', size: 10, type: 'image/png' },
    }),
    'Thomas Lefèvre · fichier interne',
    'Thomas Lefèvre · internal file',
  ],
  linked: [
    item('linked', julien, at('05-04T09:26'), { as: 'duplicate_of', ticketId: 't', number: 'I-2026-000007' }),
    'Doublon de I-2026-000007 · vous',
    'Duplicate of I-2026-000007 · you',
  ],
  auto_closed: [item('auto_closed', julien, at('05-04T09:26'), { code: null }), 'Fermé sans réponse', 'Closed without an answer'],
  closed: [item('closed', thomas, at('05-04T09:26'), { code: null }), 'Fermé par Thomas Lefèvre', 'Closed by Thomas Lefèvre'],
} satisfies Record<EntryKind, [TimelineItem, string, string]>;

describe.each(Object.entries(cases))('a line "%s"', (kind, [entry, fr, en]) => {
  const description = kind === 'opened' ? networkTicket().ticket.description : '';
  test('is said in French', () => expect(read(entry, 'fr')).toBe(fr + description));
  test('is said in English', () => expect(read(entry, 'en')).toBe(en + description));
});

describe('a line of the timeline', () => {
  test('says a call that was answered with its length', () => {
    const call = item('called', julien, at('05-04T10:44'), {
      outcome: 'reached',
      number: '+33465711208',
      duration: 340,
      note: '',
      callbackAt: null,
    });
    expect(read(call, 'fr')).toBe('Appel, joint, 6 min · vous');
  });

  test('names the other team, its pool, or me', () => {
    const to = (toId: string | null, toTeamId: string) =>
      read(item('assigned', thomas, at('05-04T09:52'), { fromId: null, toId, fromTeamId: 'lyon', toTeamId, reason: '' }), 'fr');
    expect(to(amira.id, 'paris')).toBe('Affecté à Amira Haddad, Support Paris par Thomas Lefèvre');
    expect(to(null, 'paris')).toBe('Envoyé au pot de Support Paris par Thomas Lefèvre');
    expect(to(julien.id, 'lyon')).toBe('Affecté à vous par Thomas Lefèvre');
  });

  test('gives a long text a paragraph of its own instead of a quotation', () => {
    const text = 'Le câble entre les deux commutateurs était abîmé. Il est remplacé et le réseau tient depuis 45 minutes.';
    expect(read(item('resolved', thomas, at('05-04T08:40'), { text, code: null }), 'fr')).toBe(`Résolu par Thomas Lefèvre | ${text}`);
  });

  test('says when a wait that lasts will end', () => {
    const wait = item('waiting', julien, at('05-04T11:00'), { reason: 'supplier', detail: 'dossier 88214', wakeAt: at('05-05T09:00') });
    expect(read(wait, 'fr')).toBe('En attente du fournisseur, réveil mar. 9:00 · vous | dossier 88214');
  });

  test('puts no space that may break before a French colon or inside guillemets', () => {
    const { rest } = entryWords(cases.released[0], networkTicket().ticket, nameBook(networkTicket().people, desk), wordsIn('fr'));
    expect(rest).toContain('\u00a0: «\u00a0je pars sur site\u00a0»');
  });
});
