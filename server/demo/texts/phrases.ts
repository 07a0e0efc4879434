/** What people say on the way, whatever the ticket is about. Slots in braces, as in the scenarios. */
import type { CallOutcome, Language, WaitReason } from '#shared/domain/model.ts';

type Both = Record<Language, readonly string[]>;

export const callNotes: Record<CallOutcome, Both> = {
  reached: {
    fr: [
      'Symptôme confirmé, la personne est disponible jusqu’à {later}.',
      'Essai fait ensemble, même résultat. Je regarde à distance.',
      'Joignable au bureau {office} toute la journée.',
      'La personne précise que cela a commencé {day}.',
      'Prise en main à distance acceptée.',
      'Point fait, la personne peut travailler autrement en attendant.',
    ],
    en: [
      'Symptom confirmed, the person is available until {later}.',
      'Tried together, same result. I look into it remotely.',
      'Can be reached in office {office} all day.',
      'The person says that it began on {day}.',
      'Remote control accepted.',
      'Situation explained, the person can work around it meanwhile.',
    ],
  },
  no_answer: {
    fr: ['Sonne dans le vide.', '', 'Sans doute en réunion.', 'Personne au poste, {colleague} transmet.'],
    en: ['Rings out.', '', 'Probably in a meeting.', 'Nobody there, {colleague} passes it on.'],
  },
  busy: { fr: ['Occupé.', ''], en: ['Busy.', ''] },
  voicemail: {
    fr: ['Message laissé avec le numéro du ticket.', 'Message laissé, je rappelle.'],
    en: ['Left a message with the ticket’s number.', 'Left a message, I will call again.'],
  },
  wrong_number: {
    fr: ['Le numéro est celui de {colleague}.', 'Numéro d’un ancien bureau.'],
    en: ['The number is {colleague}’s.', 'Number of a former office.'],
  },
};

export const waitDetails: Record<WaitReason, Both> = {
  beneficiary: {
    fr: [
      'Essai à refaire par la personne, réponse attendue.',
      'Poste éteint, à rallumer par la personne.',
      'Capture d’écran demandée.',
      'Accord du responsable demandé.',
      'La personne rappelle à son retour de réunion.',
      'À confirmer par la personne pendant deux jours.',
    ],
    en: [
      'The person tries again and tells us.',
      'Computer is off, to be switched on by the person.',
      'Screenshot asked for.',
      'Manager’s approval asked for.',
      'The person calls back after the meeting.',
      'To be confirmed by the person over two days.',
    ],
  },
  supplier: {
    fr: [
      'Pièce commandée, livraison annoncée {day}.',
      'Dossier ouvert chez l’éditeur, réponse sous deux jours.',
      'Intervention du fournisseur prévue {day}.',
      'Échange sous garantie demandé.',
    ],
    en: [
      'Part ordered, delivery announced for {day}.',
      'Case open with the vendor, answer within two days.',
      'Supplier’s visit planned for {day}.',
      'Exchange under warranty asked for.',
    ],
  },
  appointment: {
    fr: ['Rendez-vous {day} à {later}, bureau {office}.', 'Passage prévu au {floor} {day}.', 'Créneau convenu : {day}, {later}.'],
    en: ['Appointment on {day} at {later}, office {office}.', 'Visit to the {floor} planned for {day}.', 'Agreed slot: {day}, {later}.'],
  },
};

export const releaseReasons: Both = {
  fr: ['Je pars sur site.', 'Fin de service, à reprendre.', 'Il faut quelqu’un sur place.', 'Urgence ailleurs, diagnostic en note.'],
  en: ['Leaving for a site.', 'End of shift, please take over.', 'Needs somebody on site.', 'Emergency elsewhere, diagnosis in the note.'],
};
export const assignReasons: Both = {
  fr: ['Tu connais ce poste.', 'Réparti au point du matin.', 'Charge équilibrée.', 'Suite de ton intervention.', ''],
  en: ['You know this machine.', 'Shared out this morning.', 'Balancing the load.', 'Follows your visit.', ''],
};
export const routeReasons: Both = {
  fr: [
    'Relève de votre équipe.',
    'Vu à distance : ce n’est pas chez nous.',
    'Poste vérifié, le défaut est ailleurs.',
    'Droits d’administration nécessaires.',
  ],
  en: [
    'Belongs to your team.',
    'Checked remotely: not on our side.',
    'Computer checked, the fault is elsewhere.',
    'Needs administration rights.',
  ],
};
export const refusalReasons: Both = {
  fr: [
    'Revenu dix minutes, puis de nouveau pareil.',
    'Toujours le même message ce matin.',
    'Cela marche pour {colleague} mais pas pour moi.',
    'Personne n’est passé, le ticket ne peut pas être fini.',
    'Le problème revient dès que je redémarre.',
  ],
  en: [
    'It came back for ten minutes, then the same again.',
    'Still the same message this morning.',
    'It works for {colleague} but not for me.',
    'Nobody came, this cannot be done.',
    'The problem returns whenever I restart.',
  ],
};
export const ratingComments: Record<'good' | 'bad', Both> = {
  good: {
    fr: [
      'Rapide et clair, merci.',
      'On m’a rappelé tout de suite.',
      'Très bien expliqué, je saurai le refaire.',
      'Merci à {technician} pour sa patience.',
      'Réglé avant la réunion, parfait.',
    ],
    en: [
      'Quick and clear, thank you.',
      'I was called back at once.',
      'Very well explained, I can do it myself next time.',
      'Thanks to {technician} for the patience.',
      'Fixed before the meeting, perfect.',
    ],
  },
  bad: {
    fr: [
      'Bien réglé, mais deux jours d’attente.',
      'J’ai dû raconter l’histoire trois fois.',
      'Il a fallu relancer.',
      'Solution provisoire, on verra.',
    ],
    en: [
      'Well solved, but two days of waiting.',
      'I had to tell the story three times.',
      'I had to ask again.',
      'A workaround, we shall see.',
    ],
  },
};
export const reopenReasons: Both = {
  fr: ['La personne a rappelé : même symptôme.', 'Défaut revenu, signalé par {colleague}.', 'Fermé trop tôt.'],
  en: ['The person called again: same symptom.', 'Fault is back, told by {colleague}.', 'Closed too early.'],
};
/** The beneficiary's public notes while he waits. */
export const nudges: Both = {
  fr: [
    'Avez-vous des nouvelles ? Je suis là jusqu’à {later}.',
    'Cela vient de se reproduire à {hour}.',
    'Précision : {colleague} a le même souci.',
    'Je serai joignable sur mon portable demain.',
  ],
  en: [
    'Is there any news? I am here until {later}.',
    'It has just happened again at {hour}.',
    'One more thing: {colleague} has the same problem.',
    'You can reach me on my mobile tomorrow.',
  ],
};
export const progressNotes: Both = {
  fr: [
    'Reproduit sur {pc}.',
    'Rien d’anormal dans le journal du poste.',
    'Vu avec {technician}, même piste.',
    'Redémarrage planifié ce soir.',
    'Essai avec un autre profil : correct.',
  ],
  en: [
    'Seen on {pc} too.',
    'Nothing odd in the machine’s log.',
    'Discussed with {technician}, same lead.',
    'Restart planned for tonight.',
    'Tried with another profile: fine.',
  ],
};
