/** Meeting rooms, badges, and what fits nowhere else: the team that sorts. */
import { incident, request, type Scenario } from './scenario.ts';

const rooms: readonly Scenario[] = [
  incident(
    'wide',
    'remote onsite',
    [
      'Caméra de visioconférence muette, salle {room}',
      'On nous voit mais on ne nous entend pas. Réunion avec {colleague} à {later}.',
      'Micro de la barre coupé par défaut depuis la mise à jour de {day}.',
      'Micro par défaut rétabli, appel d’essai de cinq minutes bon.',
    ],
    [
      'Video camera without sound, {room} room',
      'They see us but do not hear us. Meeting with {colleague} at {later}.',
      'The bar’s microphone is off by default since {day}’s update.',
      'Default microphone set again, five-minute test call fine.',
    ],
  ),
  incident(
    'small',
    'explained onsite',
    [
      'Salle {room} : l’écran ne prend pas mon portable',
      'Le câble est branché, l’écran reste bleu. Avec le portable de {colleague}, l’image vient.',
      'Adaptateur USB-C sans vidéo. Adaptateur de la salle disparu.',
      'Adaptateur remis dans la salle {room}, affichage vérifié.',
    ],
    [
      '{room} room: the screen does not take my laptop',
      'The cable is in, the screen stays blue. With {colleague}’s laptop it works.',
      'USB-C adapter without video. The room’s adapter is gone.',
      'Adapter put back in the {room} room, display checked.',
    ],
  ),
  request(
    'onsite',
    [
      'Assistance pour une réunion en salle {room} {day}',
      'Réunion avec trois sites, {n} personnes ici. Quelqu’un pourrait-il être là au début ?',
      'Créneau réservé, essai prévu une demi-heure avant.',
      'Réunion ouverte avec les trois sites, présence assurée dix minutes.',
    ],
    [
      'Help with a meeting in the {room} room on {day}',
      'Meeting with three sites, {n} people here. Could somebody be there at the start?',
      'Slot reserved, trial half an hour before.',
      'Meeting opened with all three sites, stayed for ten minutes.',
    ],
  ),
];

const badges: readonly Scenario[] = [
  incident(
    'work',
    'remote onsite',
    [
      'Badge non reconnu à la porte nord',
      'Le lecteur reste rouge depuis {hour}. Les collègues me font entrer.',
      'Badge expiré {day}, contrat prolongé non reporté.',
      'Date du badge prolongée, passage vérifié à la porte nord.',
    ],
    [
      'Badge not recognised at the north door',
      'The reader has stayed red since {hour}. Colleagues let me in.',
      'Badge expired on {day}, contract extension not carried over.',
      'Badge date extended, passage checked at the north door.',
    ],
  ),
  incident(
    'grave',
    'onsite supplier',
    [
      'Borne d’accueil figée, bâtiment {building}',
      'La borne des visiteurs affiche un écran gris. Nous faisons les badges à la main et la file sort dans la rue.',
      'Redémarrage à distance sans effet. Disque en lecture seule.',
      'Borne remplacée par celle de réserve, disque envoyé au fournisseur.',
    ],
    [
      'Reception kiosk frozen, building {building}',
      'The visitors’ kiosk shows a grey screen. We write badges by hand and the queue reaches the street.',
      'Remote restart without effect. Disk is read-only.',
      'Kiosk replaced by the spare one, disk sent to the supplier.',
    ],
  ),
  request(
    'delivered',
    [
      'Badge pour {newcomer}, arrivée {day}',
      'Accès au bâtiment {building} et au parking, horaires de bureau.',
      'Photo reçue. Profil « bureau » du bâtiment {building}.',
      'Badge remis à l’accueil, accès vérifié.',
    ],
    [
      'Badge for {newcomer}, arriving on {day}',
      'Access to building {building} and the car park, office hours.',
      'Photo received. “Office” profile of building {building}.',
      'Badge handed to reception, access checked.',
    ],
  ),
];

const other: readonly Scenario[] = [
  incident(
    'small',
    'explained',
    [
      'Horloge du poste en retard de {n} minutes',
      'Mes rendez-vous sonnent trop tard et la pointeuse n’est pas d’accord avec mon poste.',
      'Service de temps arrêté sur {pc}.',
      'Service de temps remis en marche, heure juste.',
    ],
    [
      'Computer clock {n} minutes late',
      'My reminders ring too late and the time clock disagrees with my computer.',
      'Time service stopped on {pc}.',
      'Time service started again, clock right.',
    ],
  ),
  incident(
    'work',
    'remote supplier',
    [
      'Tablette de l’entrepôt : écran figé',
      'La tablette du quai {n} ne répond plus au doigt depuis {hour}. Elle s’allume pourtant.',
      'Redémarrage forcé demandé. Stockage plein à 100 %.',
      'Stockage vidé à distance, tablette rendue au quai {n}.',
    ],
    [
      'Warehouse tablet: frozen screen',
      'The tablet at dock {n} has not reacted to touch since {hour}. It does light up.',
      'Forced restart asked for. Storage 100 % full.',
      'Storage cleared remotely, tablet back at dock {n}.',
    ],
  ),
  request(
    'onsite',
    [
      'Déménagement de {n} postes vers le bâtiment {building}',
      'Nous changeons de bureaux {day}. Les postes, écrans et téléphones doivent suivre.',
      'Plan des prises demandé à {service}.',
      'Postes déplacés, tous les téléphones et écrans vérifiés.',
    ],
    [
      'Moving {n} workplaces to building {building}',
      'We change offices on {day}. Computers, screens and phones must follow.',
      'Asked {service} for the socket plan.',
      'Workplaces moved, all phones and screens checked.',
    ],
  ),
  request(
    'explained',
    [
      'Comment envoyer un fichier de 3 Go à un fournisseur ?',
      'La messagerie refuse. Le fournisseur attend les plans {day}.',
      'Service de dépôt interne proposé.',
      'Lien de dépôt créé avec la personne, valable quinze jours.',
    ],
    [
      'How to send a 3 GB file to a supplier?',
      'Mail refuses it. The supplier expects the drawings on {day}.',
      'Internal drop service suggested.',
      'Drop link made with the person, valid for two weeks.',
    ],
  ),
];

export const dispatchScenarios = { rooms, badges, other } as const;
