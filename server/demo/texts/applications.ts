/** Payroll and HR, business software, office software, plans. */
import { incident, request, type Scenario } from './scenario.ts';

const payroll: readonly Scenario[] = [
  incident(
    'wide',
    'remote supplier',
    [
      'Logiciel de paie : erreur {error} à l’impression',
      'Les bulletins de {service} ne sortent pas : erreur {error} au moment d’imprimer. L’aperçu est correct.',
      'Modèle de bulletin modifié {day} par une mise à jour. L’ancien modèle imprime.',
      'Modèle de bulletin réparé, lot complet imprimé par {service}.',
    ],
    [
      'Payroll: error {error} when printing',
      'The payslips of {service} do not come out: error {error} when printing. The preview is right.',
      'Payslip template changed by an update on {day}. The old one prints.',
      'Payslip template repaired, whole batch printed by {service}.',
    ],
  ),
  incident(
    'small',
    'explained remote',
    [
      'Solde de congés différent entre Orphée et le bulletin',
      'Orphée affiche 12,5 jours, mon bulletin 10. Rien de posé depuis.',
      'Deux jours et demi en attente de validation, comptés d’un côté seulement.',
      'Expliqué : les demandes en attente ne figurent pas au bulletin. Solde confirmé par les RH.',
    ],
    [
      'Leave balance differs between Orphée and the payslip',
      'Orphée says 12.5 days, my payslip 10. I have taken nothing since.',
      'Two and a half days wait for approval, counted on one side only.',
      'Explained: pending requests are not on the payslip. Balance confirmed by HR.',
    ],
  ),
  incident(
    'work',
    'remote',
    [
      'Orphée : impossible de valider les congés de l’équipe',
      'Le bouton de validation reste gris pour {colleague} et deux autres. {service} attend une réponse.',
      'Rôle de valideur perdu au changement de service.',
      'Rôle de valideur rétabli, demandes validées par la personne.',
    ],
    [
      'Orphée: cannot approve the team’s leave',
      'The approve button stays grey for {colleague} and two others. {service} waits for an answer.',
      'Approver role lost with the change of department.',
      'Approver role restored, requests approved by the person.',
    ],
  ),
  request(
    'remote',
    [
      'Accès à Orphée pour {newcomer}',
      'Accès en lecture aux plannings de {service}, à partir de {day}.',
      'Accord de {colleague} reçu.',
      'Accès en lecture ouvert, première connexion vérifiée.',
    ],
    [
      'Orphée access for {newcomer}',
      'Read access to the schedules of {service}, from {day}.',
      'Approved by {colleague}.',
      'Read access opened, first sign-in checked.',
    ],
  ),
];

const business: readonly Scenario[] = [
  incident(
    'grave',
    'remote supplier',
    [
      'Cadence : commandes figées depuis {hour}',
      'Plus aucune commande ne passe à « préparée ». L’entrepôt attend, les camions aussi.',
      'File de messages arrêtée sur une commande sans adresse. Éditeur prévenu.',
      'Commande fautive écartée, file relancée : 214 commandes traitées en dix minutes.',
    ],
    [
      'Cadence: orders stuck since {hour}',
      'No order moves to “prepared” any more. The warehouse waits, the lorries too.',
      'Message queue stopped on an order without address. Vendor told.',
      'Faulty order set aside, queue restarted: 214 orders done in ten minutes.',
    ],
  ),
  incident(
    'work',
    'remote',
    [
      'Cadence se ferme à l’ouverture d’un devis',
      'La fenêtre disparaît sans message dès que j’ouvre un devis de plus de {n} lignes.',
      'Reproduit sur {pc}, pas sur un poste en {version}.',
      'Cadence mis à jour en {version}, devis ouverts avec la personne.',
    ],
    [
      'Cadence closes when a quote is opened',
      'The window vanishes without a message whenever I open a quote of more than {n} lines.',
      'Seen on {pc}, not on a machine with {version}.',
      'Cadence updated to {version}, quotes opened with the person.',
    ],
  ),
  incident(
    'wide',
    'remote workaround',
    [
      'Stock négatif sur l’article {ref}',
      'Mistral affiche -{n} alors que le rayon est plein. Les commandes du magasin sont refusées.',
      'Une réception saisie deux fois puis annulée deux fois. Mouvement correctif à faire valider.',
      'Mouvement correctif passé avec l’accord de {service}, stock de l’article {ref} juste.',
    ],
    [
      'Negative stock on item {ref}',
      'Mistral shows -{n} while the shelf is full. The shop’s orders are refused.',
      'A receipt was entered twice, then cancelled twice. Correction to be approved.',
      'Correction booked with the approval of {service}, stock of item {ref} right.',
    ],
  ),
  incident(
    'small',
    'explained',
    [
      'Note de frais Quitus : justificatif refusé',
      'La photo du ticket est refusée avec « format inconnu ». Elle s’ouvre pourtant sur mon téléphone.',
      'Photo en HEIC, format que Quitus ne lit pas.',
      'Réglage du téléphone changé en JPEG, justificatif envoyé avec la personne.',
    ],
    [
      'Quitus expenses: receipt refused',
      'The photo of the receipt is refused with “unknown format”. It opens on my phone.',
      'Photo is HEIC, which Quitus cannot read.',
      'Phone setting changed to JPEG, receipt sent with the person.',
    ],
  ),
  request(
    'remote',
    [
      'Nouvel état dans Cadence pour {service}',
      'Il nous faudrait les commandes en retard par fournisseur, tous les {day}s, en tableur.',
      'Requête existante chez {colleague}, à planifier.',
      'État planifié chaque semaine, premier envoi reçu par {service}.',
    ],
    [
      'New report in Cadence for {service}',
      'We need the late orders by supplier, every {day}, as a spreadsheet.',
      'A query exists at {colleague}’s, to be scheduled.',
      'Report scheduled weekly, first one received by {service}.',
    ],
  ),
];

const office: readonly Scenario[] = [
  incident(
    'small',
    'remote explained',
    [
      'Tableur : les formules affichent #NOM?',
      'Mon fichier de suivi ne calcule plus depuis {day}. Les mêmes cellules marchent chez {colleague}.',
      'Complément de calcul désactivé après un plantage.',
      'Complément réactivé, fichier recalculé avec la personne.',
    ],
    [
      'Spreadsheet: formulas show #NAME?',
      'My tracking file no longer computes since {day}. The same cells work for {colleague}.',
      'Calculation add-in disabled after a crash.',
      'Add-in enabled again, file recalculated with the person.',
    ],
  ),
  incident(
    'work',
    'remote workaround',
    [
      'Document effacé du dossier {share}',
      'Le fichier « Budget {n} » a disparu entre hier soir et ce matin. Il me le faut pour {later}.',
      'Présent dans la sauvegarde de 19:00. Déplacé par erreur, pas effacé.',
      'Fichier retrouvé et restauré dans {share}, version d’hier 18:42.',
    ],
    [
      'Document missing from the {share} folder',
      'The file “Budget {n}” vanished between last night and this morning. I need it by {later}.',
      'In the 19:00 backup. Moved by mistake, not deleted.',
      'File found and restored in {share}, yesterday’s version of 18:42.',
    ],
  ),
  incident(
    'small',
    'remote',
    [
      'Licence bureautique « non vérifiée »',
      'Une bannière rouge annonce que mes documents passeront en lecture seule dans {n} jours.',
      'Licence attribuée à l’ancien compte de la personne.',
      'Licence réattribuée, bannière disparue après reconnexion.',
    ],
    [
      'Office licence “not verified”',
      'A red banner says that my documents become read-only in {n} days.',
      'Licence given to the person’s old account.',
      'Licence moved, banner gone after signing in again.',
    ],
  ),
  request(
    'remote delivered',
    [
      'Éditeur de PDF pour {service}',
      'Nous annotons les plans des fournisseurs ; {n} licences seraient utiles.',
      'Deux licences libres, le reste à commander.',
      'Licences attribuées et logiciel installé sur les postes de {service}.',
    ],
    [
      'PDF editor for {service}',
      'We annotate suppliers’ drawings; {n} licences would help.',
      'Two licences free, the rest to be ordered.',
      'Licences given and software installed for {service}.',
    ],
  ),
];

const drawings: readonly Scenario[] = [
  incident(
    'work',
    'remote',
    [
      'Atlas : plans de l’atelier en lecture seule',
      'Je ne peux plus enregistrer les plans de la série {ref}. Atlas dit qu’ils sont ouverts ailleurs.',
      'Verrous laissés par un poste arrêté brutalement {day}.',
      'Verrous retirés sur le serveur, enregistrement vérifié sur la série {ref}.',
    ],
    [
      'Atlas: workshop drawings are read-only',
      'I can no longer save the drawings of series {ref}. Atlas says they are open elsewhere.',
      'Locks left by a machine that stopped hard on {day}.',
      'Locks removed on the server, saving checked on series {ref}.',
    ],
  ),
  incident(
    'wide',
    'remote',
    [
      'Atlas : plus de licence disponible',
      'Depuis {hour} Atlas répond « aucune licence ». Nous sommes {n} à attendre dans l’atelier.',
      'Jetons pris par des sessions fantômes : 9 sur 12.',
      'Sessions fantômes fermées, délai d’inactivité ramené à une heure.',
    ],
    [
      'Atlas: no licence available',
      'Since {hour} Atlas answers “no licence”. {n} of us are waiting in the workshop.',
      'Tokens held by ghost sessions: 9 of 12.',
      'Ghost sessions closed, idle limit lowered to one hour.',
    ],
  ),
  incident(
    'small',
    'onsite remote',
    [
      'Traceur : traits décalés sur les grands formats',
      'Sur les A0 les traits se décalent d’un millimètre à mi-feuille. Les A3 sont bons.',
      'Calibrage à refaire, règle du papier changée récemment.',
      'Traceur calibré, deux A0 contrôlés à la règle.',
    ],
    [
      'Plotter: lines shifted on large sheets',
      'On A0 the lines shift by a millimetre half way. A3 is fine.',
      'Calibration needed, the paper was changed lately.',
      'Plotter calibrated, two A0 sheets measured.',
    ],
  ),
  request(
    'remote',
    [
      'Atlas sur le poste de {newcomer}',
      'Même installation que {colleague}, bureau {office}, pour {day}.',
      'Licence flottante, rien à commander. Carte graphique vérifiée.',
      'Atlas installé sur {pc}, plan d’essai ouvert.',
    ],
    [
      'Atlas on {newcomer}’s computer',
      'Same set-up as {colleague}, office {office}, for {day}.',
      'Floating licence, nothing to order. Graphics card checked.',
      'Atlas installed on {pc}, test drawing opened.',
    ],
  ),
];

export const applicationScenarios = { payroll, business, office, drawings } as const;
