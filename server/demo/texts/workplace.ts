/** Workstations, printing, screens and peripherals, tills. */
import { incident, request, type Scenario } from './scenario.ts';

const workstation: readonly Scenario[] = [
  incident(
    'work',
    'remote replaced',
    [
      'PC bloqué sur l’écran de démarrage',
      'Mon poste {pc} tourne en rond sur le logo depuis {hour}. Deux redémarrages, même chose.',
      'Mise à jour restée à mi-chemin. Démarrage de secours demandé à la personne par téléphone.',
      'Mise à jour retirée par le démarrage de secours, puis réinstallée. Poste rendu.',
    ],
    [
      'PC stuck on the start screen',
      'My computer {pc} has been spinning on the logo since {hour}. Two restarts, same thing.',
      'Update stopped half way. Asked the person over the phone to start the rescue mode.',
      'Update removed from rescue mode, then installed again. Machine back.',
    ],
  ),
  incident(
    'work',
    'replaced',
    [
      'Batterie gonflée, portable à remplacer',
      'Le clavier se soulève au milieu et le portable ne repose plus à plat. Je l’ai débranché et éteint.',
      'Ne pas rallumer. Portable de prêt préparé, dossier de garantie ouvert chez le fournisseur.',
      'Portable remplacé, données reprises, ancien appareil remis au recyclage des batteries.',
    ],
    [
      'Swollen battery, laptop to be replaced',
      'The keyboard bulges in the middle and the laptop no longer lies flat. I unplugged it and switched it off.',
      'Must stay off. Loan laptop prepared, warranty case opened with the supplier.',
      'Laptop replaced, data moved, old one handed to battery recycling.',
    ],
  ),
  incident(
    'small',
    'remote',
    [
      'Poste très lent depuis la mise à jour de {day}',
      'Il faut trois minutes pour ouvrir un document. Le ventilateur souffle sans arrêt.',
      'Indexation relancée par la mise à jour, disque à 98 %. 41 Go de fichiers temporaires sur {pc}.',
      'Fichiers temporaires supprimés, indexation terminée. Ouverture d’un document : 4 secondes.',
    ],
    [
      'Computer very slow since {day}’s update',
      'It takes three minutes to open a document. The fan never stops.',
      'Indexing restarted by the update, disk 98 % full. 41 GB of temporary files on {pc}.',
      'Temporary files removed, indexing finished. A document opens in 4 seconds.',
    ],
  ),
  incident(
    'work',
    'remote explained',
    [
      'Clé BitLocker demandée au démarrage',
      'Ce matin le poste {pc} réclame une clé de 48 chiffres que je n’ai jamais eue.',
      'Demandée après changement de station d’accueil. Identité vérifiée avant de dicter la clé.',
      'Clé donnée après vérification d’identité, protection suspendue puis rétablie. Trois démarrages sans demande.',
    ],
    [
      'BitLocker key asked for at start',
      'This morning {pc} asks for a 48-digit key that I never had.',
      'Asked for after the docking station was changed. Identity checked before the key was read out.',
      'Key given after the identity check, protection suspended and set again. Three starts without the question.',
    ],
  ),
  request(
    'delivered',
    [
      'Poste pour l’arrivée de {newcomer} {day}',
      'Un poste portable avec station d’accueil et deux écrans, bureau {office}. Mêmes logiciels que {colleague}.',
      'Portable {pc} réservé, image posée. Reste la station d’accueil.',
      'Poste installé au bureau {office}, première ouverture de session faite avec la personne.',
    ],
    [
      'Workplace for {newcomer}, arriving on {day}',
      'A laptop with docking station and two screens, office {office}. Same software as {colleague}.',
      'Laptop {pc} reserved and imaged. Docking station still to come.',
      'Workplace set up in office {office}, first sign-in done with the person.',
    ],
  ),
  request(
    'remote delivered',
    [
      'Droits temporaires pour une mise à jour',
      'Le logiciel de mesure demande un compte administrateur pour passer en {version}. Une heure suffirait.',
      'Logiciel au catalogue. Droits d’une heure, selon la règle.',
      'Droits accordés pour une heure, mise à jour faite en présence de la personne, droits retirés.',
    ],
    [
      'Temporary rights for an update',
      'The measuring software wants an administrator to go to {version}. An hour would do.',
      'Software is in the catalogue. One-hour rights, as the rule says.',
      'Rights granted for an hour, update done with the person, rights removed.',
    ],
  ),
];

const printing: readonly Scenario[] = [
  incident(
    'wide',
    'onsite remote',
    [
      'Imprimante du {floor} hors service',
      '{printer} affiche « {error} » et tout reste en attente. Nous imprimons à l’autre bout du bâtiment {building}.',
      'Erreur {error} : four. Pièce en stock au magasin informatique.',
      'Unité de fusion remplacée sur {printer}, file d’attente vidée, page de test bonne.',
    ],
    [
      '{floor} printer out of order',
      '{printer} shows “{error}” and everything waits. We print at the other end of building {building}.',
      'Error {error}: fuser. Part in stock.',
      'Fuser replaced on {printer}, queue emptied, test page fine.',
    ],
  ),
  incident(
    'small',
    'remote',
    [
      'Impression toujours en noir et blanc',
      'Depuis le changement de poste, {printer} n’imprime plus en couleur chez moi. Chez {colleague}, si.',
      'Pilote générique installé à la place du pilote du parc.',
      'Pilote du parc réinstallé sur {pc}, page couleur imprimée.',
    ],
    [
      'Prints in black and white only',
      'Since I changed computers {printer} no longer prints in colour for me. It does for {colleague}.',
      'Generic driver installed instead of the managed one.',
      'Managed driver installed on {pc}, colour page printed.',
    ],
  ),
  incident(
    'wide',
    'onsite supplier',
    [
      'Étiquettes d’expédition illisibles, quai {n}',
      'Le code-barres sort avec une bande blanche au milieu et le transporteur refuse les colis.',
      'Tête d’impression usée. Intervention demandée au fournisseur, imprimante de secours proposée.',
      'Tête d’impression changée par le fournisseur, cinquante étiquettes relues sans erreur.',
    ],
    [
      'Shipping labels unreadable, dock {n}',
      'The barcode comes out with a white stripe and the carrier refuses the parcels.',
      'Print head worn. Supplier called in, spare printer offered.',
      'Print head changed by the supplier, fifty labels scanned without an error.',
    ],
  ),
  incident(
    'small',
    'explained onsite',
    [
      'Badge refusé à l’imprimante du {floor}',
      'Je passe mon badge, l’écran dit « inconnu » et mes impressions ne sortent pas.',
      'Nouveau badge non relié au compte d’impression.',
      'Badge associé au compte, impressions libérées sur {printer}.',
    ],
    [
      'Badge refused at the {floor} printer',
      'I hold my badge, the screen says “unknown” and my prints do not come out.',
      'New badge not linked to the print account.',
      'Badge linked to the account, prints released on {printer}.',
    ],
  ),
];

const peripherals: readonly Scenario[] = [
  incident(
    'small',
    'replaced remote',
    [
      'Écran qui clignote à la sortie de veille',
      'L’écran de droite clignote deux ou trois minutes chaque matin, bureau {office}. Puis tout va bien jusqu’au soir.',
      'Câble essayé, même défaut. Micrologiciel de la station d’accueil ancien.',
      'Micrologiciel de la station d’accueil mis à jour, plus de clignotement deux jours de suite.',
    ],
    [
      'Screen flickers after sleep',
      'The right-hand screen flickers for two or three minutes every morning, office {office}. Then it is fine until the evening.',
      'Other cable tried, same fault. Docking station firmware is old.',
      'Docking station firmware updated, no flicker two days in a row.',
    ],
  ),
  incident(
    'work',
    'replaced onsite',
    [
      'Station d’accueil : écrans noirs après quelques minutes',
      'Les deux écrans s’éteignent puis reviennent, plusieurs fois par heure. Impossible de tenir une réunion.',
      'Alimentation de 65 W au lieu de 130 W sous le bureau {office}.',
      'Alimentation de 130 W posée, essai d’une heure concluant.',
    ],
    [
      'Docking station: screens go black after a few minutes',
      'Both screens go off and come back several times an hour. I cannot hold a meeting.',
      '65 W power supply instead of 130 W under the desk in {office}.',
      '130 W power supply fitted, one hour’s trial fine.',
    ],
  ),
  request(
    'delivered',
    [
      'Deuxième écran pour {service}',
      'Un deuxième écran de 24 pouces pour le poste de planification, bureau {office}.',
      'Accord du responsable joint. Un écran en stock.',
      'Écran livré et réglé au bureau {office}.',
    ],
    [
      'Second screen for {service}',
      'A second 24-inch screen for the planning desk, office {office}.',
      'Approved by the manager. One in stock.',
      'Screen delivered and set up in office {office}.',
    ],
  ),
  request(
    'delivered',
    [
      'Clavier et souris ergonomiques',
      'Conseillés par la médecine du travail, l’avis est chez {colleague}.',
      'Avis vu. Commande passée, livraison {day}.',
      'Clavier et souris remis en main propre.',
    ],
    [
      'Ergonomic keyboard and mouse',
      'Advised by the occupational doctor; {colleague} has the note.',
      'Note seen. Ordered, delivery on {day}.',
      'Keyboard and mouse handed over.',
    ],
  ),
];

const tills: readonly Scenario[] = [
  incident(
    'grave',
    'remote onsite',
    [
      'Caisse {n} : le terminal de paiement ne démarre plus',
      'Le terminal de la caisse {n} reste sur « initialisation » depuis l’ouverture. La file s’allonge.',
      'Terminal sans adresse : bail réservé à l’ancien appareil.',
      'Réservation réseau corrigée, terminal démarré, paiement d’essai annulé.',
    ],
    [
      'Till {n}: payment terminal will not start',
      'The terminal of till {n} has said “initialising” since we opened. The queue grows.',
      'Terminal without address: the lease is reserved for the old device.',
      'Network reservation corrected, terminal started, test payment cancelled.',
    ],
  ),
  incident(
    'wide',
    'onsite replaced',
    [
      'Caisse {n} : tiroir qui ne s’ouvre plus',
      'Le tiroir s’ouvre à la clé seulement. Les deux autres caisses vont bien.',
      'Câble du tiroir branché sur le mauvais port de l’imprimante de tickets.',
      'Câble remis sur le port « DK », dix ouvertures d’essai.',
    ],
    [
      'Till {n}: drawer no longer opens',
      'The drawer opens with the key only. The two other tills are fine.',
      'Drawer cable on the wrong port of the receipt printer.',
      'Cable put back on the “DK” port, ten test openings.',
    ],
  ),
  incident(
    'wide',
    'remote',
    [
      'Prix faux en caisse sur les articles soldés',
      'Les articles de la liste d’hier passent au prix plein en caisse {n}. L’étiquette est juste.',
      'Fichier de prix de la nuit arrivé tronqué : 812 lignes au lieu de 1 204.',
      'Fichier de prix renvoyé et chargé sur les caisses, trois articles contrôlés.',
    ],
    [
      'Wrong prices at the till on sale items',
      'The items of yesterday’s list ring at full price on till {n}. The label is right.',
      'Last night’s price file arrived cut: 812 lines instead of 1,204.',
      'Price file sent again and loaded on the tills, three items checked.',
    ],
  ),
  incident(
    'small',
    'replaced',
    [
      'Douchette de la caisse {n} paresseuse',
      'Il faut passer trois fois les petits articles. Les grands codes se lisent bien.',
      'Vitre rayée. Douchette de rechange au magasin.',
      'Douchette remplacée, lecture vérifiée sur vingt articles.',
    ],
    [
      'Scanner of till {n} reads badly',
      'Small items need three passes. Large codes read fine.',
      'Window scratched. A spare is in the shop.',
      'Scanner replaced, reading checked on twenty items.',
    ],
  ),
];

export const workplaceScenarios = { workstation, printing, peripherals, tills } as const;
