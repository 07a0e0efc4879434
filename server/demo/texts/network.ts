/** Network, Wi-Fi and VPN, telephony. */
import { incident, request, type Scenario } from './scenario.ts';

const network: readonly Scenario[] = [
  incident(
    'grave',
    'remote onsite',
    [
      'Plus de réseau au {floor}, bâtiment {building}',
      'Depuis {hour} plus personne n’a Internet ni les dossiers partagés au {floor}. Le voyant de la prise murale est éteint dans tous les bureaux.',
      'Port {port} du commutateur {switch} en erreur, réactivé à distance. S’il retombe : câble de remontée à changer sur place.',
      'Port {port} du commutateur {switch} réactivé, câble de remontée remplacé. Réseau vérifié dans deux bureaux.',
    ],
    [
      'No network on the {floor}, building {building}',
      'Since {hour} nobody on the {floor} has had Internet or the shared folders. The light on the wall socket is off in every office.',
      'Port {port} of switch {switch} is in error state, enabled again remotely. If it drops again: change the uplink cable on site.',
      'Port {port} of switch {switch} enabled again, uplink cable replaced. Checked from two offices.',
    ],
  ),
  incident(
    'wide',
    'remote',
    [
      'Partage réseau très lent, {service}',
      'Ouvrir un fichier sur le partage {share} prend plus d’une minute depuis {day}. Les sites web, eux, s’ouvrent normalement.',
      'Débit mesuré depuis {pc} : 4 Mbit/s vers le serveur de fichiers, 90 ailleurs. La carte est négociée en 10 Mbit/s.',
      'Le port {port} était négocié en 10 Mbit/s : câble changé, vitesse de nouveau à 1 Gbit/s.',
    ],
    [
      'Shared drive very slow, {service}',
      'Opening a file on the {share} share takes over a minute since {day}. Web sites open normally.',
      'Measured from {pc}: 4 Mbit/s to the file server, 90 elsewhere. The card negotiates 10 Mbit/s.',
      'Port {port} had negotiated 10 Mbit/s: cable changed, back to 1 Gbit/s.',
    ],
  ),
  incident(
    'work',
    'onsite remote',
    [
      'Prise réseau sans signal, bureau {office}',
      'Nous avons déplacé les bureaux et la prise près de la fenêtre ne donne rien. L’autre prise marche, mais le câble est trop court.',
      'Prise {office}-2 non brassée au local technique du {floor}.',
      'Prise {office}-2 brassée sur {switch}, port {port}. Connexion vérifiée avec la personne.',
    ],
    [
      'Network socket without signal, office {office}',
      'We moved the desks and the socket by the window gives nothing. The other one works but the cable is too short.',
      'Socket {office}-2 is not patched in the {floor} wiring closet.',
      'Socket {office}-2 patched to {switch}, port {port}. Connection checked with the person.',
    ],
  ),
  incident(
    'small',
    'remote explained',
    [
      'Site web du fournisseur bloqué depuis le bureau',
      'La page des bons de livraison affiche « accès refusé par la passerelle ». Depuis mon téléphone elle s’ouvre.',
      'Catégorie « stockage en ligne » dans le filtre : faux positif. Demande d’exception envoyée à la sécurité.',
      'Exception ajoutée au filtre web pour ce fournisseur, page ouverte avec la personne.',
    ],
    [
      'Supplier’s web site blocked from the office',
      'The delivery notes page says “access denied by gateway”. It opens from my phone.',
      'Listed as “online storage” by the filter: false positive. Exception asked of the security team.',
      'Exception added to the web filter for this supplier, page opened with the person.',
    ],
  ),
  request(
    'onsite remote',
    [
      'Deux prises réseau pour le réaménagement du {floor}',
      'Nous installons deux postes de plus côté cour, bâtiment {building}. Il faudrait que les prises soient actives {day}.',
      'Deux ports libres sur {switch}. Brassage à faire au local du {floor}.',
      'Deux prises brassées et testées, étiquettes posées.',
    ],
    [
      'Two network sockets for the new layout of the {floor}',
      'We are adding two workplaces on the courtyard side, building {building}. The sockets should be live on {day}.',
      'Two free ports on {switch}. To be patched in the {floor} closet.',
      'Two sockets patched and tested, labels on.',
    ],
  ),
];

const wifiVpn: readonly Scenario[] = [
  incident(
    'work',
    'remote workaround',
    [
      'VPN : déconnexion toutes les dix minutes',
      'En télétravail la connexion tombe puis revient au bout d’une minute, en pleine réunion. La box a été redémarrée, sans effet.',
      'Journal du client : perte de bail toutes les 600 s. Client en {version}, la version corrigée est plus récente.',
      'Client VPN mis à jour, profil recréé. Deux heures sans coupure vérifiées avec la personne.',
    ],
    [
      'VPN: disconnects every ten minutes',
      'When I work from home the connection drops and comes back after a minute, in the middle of meetings. I restarted my router, no change.',
      'Client log: lease lost every 600 s. Client is {version}, the fix is in a later one.',
      'VPN client updated, profile made again. Two hours without a drop, checked with the person.',
    ],
  ),
  incident(
    'work',
    'remote',
    [
      'VPN impossible : « certificat expiré »',
      'Je ne peux plus me connecter de la maison depuis {day}. Le message parle d’un certificat expiré.',
      'Certificat de {pc} expiré, le renouvellement automatique n’est pas passé : poste hors réseau depuis trois mois.',
      'Certificat du poste renouvelé à distance par le portail de secours, connexion vérifiée.',
    ],
    [
      'VPN fails: “certificate expired”',
      'I cannot connect from home since {day}. The message mentions an expired certificate.',
      'Certificate of {pc} expired, automatic renewal missed: the machine was off the network for three months.',
      'Machine certificate renewed through the fallback portal, connection checked.',
    ],
  ),
  incident(
    'wide',
    'onsite remote',
    [
      'Wi-Fi absent en salle {room}',
      'Aucun réseau visible dans la salle {room}, alors que le couloir capte bien. Nous avons des visiteurs {day}.',
      'Borne du plafond sans alimentation : port {port} de {switch} en défaut PoE.',
      'Alimentation PoE du port {port} rétablie, borne redémarrée. Signal mesuré à -52 dBm dans la salle.',
    ],
    [
      'No Wi-Fi in the {room} room',
      'No network shows up in the {room} room, while the corridor is fine. We have visitors on {day}.',
      'Ceiling access point without power: port {port} of {switch} has a PoE fault.',
      'PoE of port {port} restored, access point restarted. Signal measured at -52 dBm in the room.',
    ],
  ),
  incident(
    'grave',
    'remote onsite',
    [
      'Lecteurs de l’entrepôt sans Wi-Fi, quai {n}',
      'Les lecteurs de codes-barres perdent le réseau dès qu’on approche du quai {n}. Nous notons les réceptions sur papier.',
      'Deux bornes sur le même canal côté quai. Plan de canaux à refaire.',
      'Canaux des bornes du quai séparés et puissance réduite. Réception complète faite sans coupure.',
    ],
    [
      'Warehouse scanners without Wi-Fi, dock {n}',
      'The barcode scanners lose the network as soon as we come near dock {n}. We write receipts on paper.',
      'Two access points on the same channel at the dock. Channel plan to be redone.',
      'Channels at the dock separated and power lowered. A whole delivery received without a drop.',
    ],
  ),
  request(
    'remote',
    [
      'Accès Wi-Fi invité pour {n} visiteurs {day}',
      'Nous recevons {n} personnes d’un fournisseur toute la journée, salle {room}. Il leur faudrait un accès Internet.',
      'Comptes invités limités à la journée, selon la règle.',
      '{n} accès invités créés pour {day}, codes envoyés par courriel.',
    ],
    [
      'Guest Wi-Fi for {n} visitors on {day}',
      'We receive {n} people from a supplier all day, {room} room. They need Internet access.',
      'Guest accounts limited to the day, as the rule says.',
      '{n} guest accesses made for {day}, codes sent by mail.',
    ],
  ),
];

const telephony: readonly Scenario[] = [
  incident(
    'wide',
    'onsite remote',
    [
      'Téléphone fixe de l’accueil sans tonalité',
      'Le poste {extension} de l’accueil est muet depuis {hour}. Les appels arrivent sur un téléphone que personne n’entend.',
      'Poste {extension} non enregistré sur le standard. Voyant réseau allumé.',
      'Poste {extension} réenregistré, renvoi vers l’accueil vérifié par deux appels.',
    ],
    [
      'Reception desk phone has no dial tone',
      'Extension {extension} at reception has been silent since {hour}. Calls ring on a phone nobody hears.',
      'Extension {extension} not registered on the switchboard. Network light is on.',
      'Extension {extension} registered again, forwarding to reception checked with two calls.',
    ],
  ),
  incident(
    'small',
    'explained remote',
    [
      'Renvoi d’appel impossible à retirer',
      'Depuis mes congés tous mes appels partent encore vers {colleague}. Le code habituel ne fait rien.',
      'Renvoi posé au niveau du standard, pas sur le poste.',
      'Renvoi retiré au standard, appel d’essai reçu. Marche à suivre envoyée.',
    ],
    [
      'Call forwarding cannot be removed',
      'Since my leave all my calls still go to {colleague}. The usual code does nothing.',
      'Forwarding was set on the switchboard, not on the phone.',
      'Forwarding removed on the switchboard, test call received. Instructions sent.',
    ],
  ),
  incident(
    'small',
    'replaced onsite',
    [
      'Casque : on ne m’entend plus qu’une fois sur deux',
      'Mes interlocuteurs perdent ma voix au bout de quelques minutes. Avec le téléphone seul, tout va bien.',
      'Même défaut sur un autre poste : c’est le casque. Modèle en stock.',
      'Casque remplacé, essai concluant avec la personne.',
    ],
    [
      'Headset: people hear me only half the time',
      'Callers lose my voice after a few minutes. With the handset alone all is well.',
      'Same fault on another phone: it is the headset. Model in stock.',
      'Headset replaced, tried with the person.',
    ],
  ),
  request(
    'remote',
    [
      'Ligne fixe pour {service}, bureau {office}',
      'Il nous faudrait un numéro direct pour les fournisseurs, avec renvoi sur deux postes.',
      'Numéro disponible dans la tranche du site. Groupe d’appel à créer.',
      'Ligne ouverte, groupe d’appel créé avec deux postes, sonnerie vérifiée.',
    ],
    [
      'Direct line for {service}, office {office}',
      'We need a direct number for suppliers that rings two phones.',
      'A number is free in the site’s range. Hunt group to be made.',
      'Line opened, hunt group made with two phones, ringing checked.',
    ],
  ),
];

export const networkScenarios = { network, 'wifi-vpn': wifiVpn, telephony } as const;
