/** Mail, accounts and access, shared folders. */
import { incident, request, type Scenario } from './scenario.ts';

const mail: readonly Scenario[] = [
  incident(
    'grave',
    'remote',
    [
      'Messagerie bloquée pour {service}',
      'Plus personne ne reçoit de courriel depuis {hour}. Les envois partent, dit-on, mais rien n’arrive.',
      'Règle de transport ajoutée {day} : tout ce groupe part en quarantaine.',
      'Règle corrigée, messages retenus libérés et vérifiés avec trois personnes.',
    ],
    [
      'Mail blocked for {service}',
      'Nobody has received mail since {hour}. Sending seems to work, but nothing arrives.',
      'Transport rule added on {day}: the whole group goes to quarantine.',
      'Rule corrected, held messages released and checked with three people.',
    ],
  ),
  incident(
    'small',
    'remote',
    [
      'Boîte partagée {share} qui n’indexe plus',
      'La recherche ne trouve rien d’après {day} dans la boîte partagée. Le tri par date, si.',
      'Index local de 38 Go. Reconstruction lancée la nuit.',
      'Index reconstruit, recherche vérifiée sur un message d’hier.',
    ],
    [
      'Shared mailbox {share} no longer indexed',
      'Search finds nothing after {day} in the shared mailbox. Sorting by date does.',
      'Local index of 38 GB. Rebuild started overnight.',
      'Index rebuilt, search checked on yesterday’s message.',
    ],
  ),
  incident(
    'work',
    'remote explained',
    [
      'Boîte pleine : impossible d’envoyer',
      'Message « quota dépassé » à chaque envoi. J’ai vidé la corbeille, sans effet.',
      'Éléments récupérables : 22 Go. Archive en ligne non activée.',
      'Archive en ligne activée, 14 Go déplacés, envoi vérifié.',
    ],
    [
      'Mailbox full: cannot send',
      '“Quota exceeded” at every message. I emptied the bin, no effect.',
      'Recoverable items: 22 GB. Online archive not enabled.',
      'Online archive enabled, 14 GB moved, sending checked.',
    ],
  ),
  incident(
    'small',
    'explained',
    [
      'Courriel douteux reçu ce matin',
      'Un message me demande de confirmer mon mot de passe avant {day}. Je n’ai pas cliqué.',
      'Hameçonnage connu. {n} personnes du site l’ont reçu, aucune n’a saisi son mot de passe.',
      'Message retiré des boîtes, adresse bloquée. Merci de l’avoir signalé.',
    ],
    [
      'Suspicious mail this morning',
      'A message asks me to confirm my password before {day}. I did not click.',
      'Known phishing. {n} people on the site got it, none typed a password.',
      'Message removed from the mailboxes, sender blocked. Thank you for telling us.',
    ],
  ),
  request(
    'remote',
    [
      'Signature de courriel à mettre à jour',
      'Nouveau titre depuis {day}. Le modèle prend encore l’ancien.',
      'Titre modifié dans l’annuaire, reprise la nuit.',
      'Annuaire mis à jour, signature juste au message suivant.',
    ],
    [
      'Mail signature to be updated',
      'New title since {day}. The template still takes the old one.',
      'Title changed in the directory, picked up overnight.',
      'Directory updated, signature right in the next message.',
    ],
  ),
  request(
    'remote',
    [
      'Liste de diffusion pour le projet {room}',
      'Une liste avec {n} personnes de {service}, dont {colleague} comme responsable.',
      'Nom libre. Envoi depuis l’extérieur à fermer.',
      'Liste créée, {colleague} peut la modifier.',
    ],
    [
      'Mailing list for project {room}',
      'A list with {n} people of {service}, owned by {colleague}.',
      'Name is free. Mail from outside to be closed.',
      'List made, {colleague} can change it.',
    ],
  ),
];

const accounts: readonly Scenario[] = [
  incident(
    'work',
    'remote explained',
    [
      'Compte verrouillé après changement de mot de passe',
      'Mot de passe changé {day}, et depuis le compte se verrouille toutes les demi-heures.',
      'Ancien mot de passe gardé par le téléphone de la personne.',
      'Compte déverrouillé, mot de passe mis à jour sur le téléphone. Une heure sans verrouillage.',
    ],
    [
      'Account locked after a password change',
      'I changed my password on {day} and since then the account locks every half hour.',
      'Old password kept by the person’s phone.',
      'Account unlocked, password updated on the phone. One hour without a lock.',
    ],
  ),
  incident(
    'work',
    'remote',
    [
      'Double authentification perdue avec mon ancien téléphone',
      'J’ai changé de téléphone et je ne peux plus confirmer mes connexions.',
      'Identité vérifiée par rappel au numéro de l’annuaire.',
      'Ancien appareil retiré, nouveau téléphone enregistré avec la personne.',
    ],
    [
      'Two-step sign-in lost with my old phone',
      'I changed phones and can no longer confirm my sign-ins.',
      'Identity checked by calling the directory number.',
      'Old device removed, new phone registered with the person.',
    ],
  ),
  incident(
    'wide',
    'remote',
    [
      'Mot de passe refusé partout depuis {hour}',
      'Session ouverte, mais Cadence et la messagerie refusent mon mot de passe. {colleague} a la même chose.',
      'Annuaire du site en retard de synchronisation : 47 minutes.',
      'Synchronisation de l’annuaire relancée, connexions vérifiées avec deux personnes.',
    ],
    [
      'Password refused everywhere since {hour}',
      'I am signed in, but Cadence and mail refuse my password. {colleague} has the same.',
      'The site’s directory is behind: 47 minutes.',
      'Directory synchronisation restarted, sign-ins checked with two people.',
    ],
  ),
  request(
    'remote',
    [
      'Compte pour l’arrivée de {newcomer} {day}',
      'Compte, boîte aux lettres et accès aux dossiers de {service}.',
      'Fiche d’arrivée reçue des RH.',
      'Compte créé, mot de passe provisoire remis à {colleague}.',
    ],
    [
      'Account for {newcomer}, arriving on {day}',
      'Account, mailbox and access to the folders of {service}.',
      'Arrival form received from HR.',
      'Account made, first password handed to {colleague}.',
    ],
  ),
  request(
    'remote',
    [
      'Fermeture du compte de {newcomer}',
      'Départ {day}. La boîte doit rester lisible par {colleague} pendant un mois.',
      'Départ confirmé par les RH.',
      'Compte fermé, boîte déléguée à {colleague} pour trente jours.',
    ],
    [
      'Closing of {newcomer}’s account',
      'Leaves on {day}. {colleague} must be able to read the mailbox for a month.',
      'Confirmed by HR.',
      'Account closed, mailbox shared with {colleague} for thirty days.',
    ],
  ),
];

const folders: readonly Scenario[] = [
  incident(
    'wide',
    'remote',
    [
      'Accès au dossier {share} refusé depuis la migration',
      'Le dossier {share} répond « accès refusé » depuis {day}. {colleague} y entre encore.',
      'Groupe de sécurité oublié dans la migration du partage.',
      'Groupe remis sur le dossier {share}, accès vérifié avec la personne.',
    ],
    [
      'Access to the {share} folder denied since the migration',
      'The {share} folder says “access denied” since {day}. {colleague} still gets in.',
      'Security group forgotten when the share was moved.',
      'Group put back on {share}, access checked with the person.',
    ],
  ),
  incident(
    'small',
    'remote explained',
    [
      'Lecteur {share} absent au démarrage',
      'Le lecteur {share} ne revient qu’après un deuxième redémarrage.',
      'Session ouverte avant le réseau : Wi-Fi lent à venir sur {pc}.',
      'Attente du réseau activée à l’ouverture de session, trois démarrages vérifiés.',
    ],
    [
      'Drive {share} missing at start',
      'The {share} drive comes back only after a second restart.',
      'Signed in before the network was there: slow Wi-Fi on {pc}.',
      'Set to wait for the network at sign-in, three starts checked.',
    ],
  ),
  incident(
    'wide',
    'remote',
    [
      'Dossier {share} plein, enregistrement impossible',
      '« Espace insuffisant » pour tout le monde dans {share} depuis {hour}.',
      'Quota de 500 Go atteint : 180 Go de vidéos déposées {day}.',
      'Vidéos déplacées vers l’archive, quota relevé. Enregistrement vérifié.',
    ],
    [
      'Folder {share} full, nothing can be saved',
      '“Not enough space” for everybody in {share} since {hour}.',
      '500 GB quota reached: 180 GB of videos put there on {day}.',
      'Videos moved to the archive, quota raised. Saving checked.',
    ],
  ),
  request(
    'remote',
    [
      'Accès en lecture à {share} pour {colleague}',
      'Remplacement pendant {n} semaines, à partir de {day}.',
      'Accord du responsable de {share} demandé.',
      'Accès en lecture ouvert avec une date de fin.',
    ],
    [
      'Read access to {share} for {colleague}',
      'Stands in for {n} weeks, from {day}.',
      'Asked the owner of {share} for approval.',
      'Read access opened with an end date.',
    ],
  ),
];

export const accountScenarios = { mail, accounts, folders } as const;
