/** More of what comes every day: network, telephony, workstations, printing, peripherals. */
import { incident, request, type Scenario } from './scenario.ts';

export const moreNetwork: readonly Scenario[] = [
  incident(
    'small',
    'remote',
    [
      '« Conflit d’adresse IP » au démarrage',
      'Un message sur l’adresse IP apparaît chaque matin, puis la connexion revient au bout de cinq minutes.',
      'Adresse fixe posée à la main sur {pc}, dans la plage automatique.',
      'Poste remis en adresse automatique, aucun conflit au redémarrage.',
    ],
    [
      '“IP address conflict” at start',
      'A message about the IP address appears every morning, then the connection comes back after five minutes.',
      'Fixed address set by hand on {pc}, inside the automatic range.',
      'Machine back to an automatic address, no conflict after a restart.',
    ],
  ),
  incident(
    'grave',
    'supplier remote',
    [
      'Lien Internet du site instable depuis {hour}',
      'Visioconférences hachées et pages très longues pour tout le monde, par vagues de quelques minutes.',
      'Perte de 12 % sur le lien principal, lien de secours prêt. Ticket ouvert chez l’opérateur.',
      'Bascule sur le lien de secours, puis retour après réparation par l’opérateur.',
    ],
    [
      'Site’s Internet link unstable since {hour}',
      'Choppy video calls and very slow pages for everybody, in waves of a few minutes.',
      '12 % loss on the main link, backup link ready. Ticket open with the carrier.',
      'Switched to the backup link, and back after the carrier’s repair.',
    ],
  ),
];

export const moreWifiVpn: readonly Scenario[] = [
  incident(
    'small',
    'remote explained',
    [
      'VPN très lent le soir',
      'Après 17:00 il faut une minute pour ouvrir un dossier par le VPN. Le matin, quelques secondes.',
      'Passerelle de {room} chargée à 90 % entre 17:00 et 19:00.',
      'Poste déplacé vers l’autre passerelle, ouverture en trois secondes hier soir.',
    ],
    [
      'VPN very slow in the evening',
      'After 17:00 it takes a minute to open a folder over VPN. In the morning, a few seconds.',
      'The {room} gateway is 90 % loaded between 17:00 and 19:00.',
      'Machine moved to the other gateway, folders opened in three seconds last night.',
    ],
  ),
  incident(
    'work',
    'remote explained',
    [
      'Le Wi-Fi redemande le mot de passe sans arrêt',
      'Le réseau de l’entreprise refuse mon mot de passe toutes les dix minutes, sur le portable seulement.',
      'Deux profils Wi-Fi du même nom sur {pc}, l’ancien passe devant.',
      'Ancien profil supprimé, une demi-journée sans nouvelle demande.',
    ],
    [
      'Wi-Fi keeps asking for the password',
      'The company network refuses my password every ten minutes, on the laptop only.',
      'Two Wi-Fi profiles of the same name on {pc}, the old one comes first.',
      'Old profile removed, half a day without a new question.',
    ],
  ),
];

export const moreTelephony: readonly Scenario[] = [
  incident(
    'work',
    'remote',
    [
      'Softphone absent après la mise à jour',
      'Plus d’icône de téléphone depuis {day} : je ne reçois plus mes appels sur l’ordinateur.',
      'Paquet retiré par la mise à jour du parc. Trois postes touchés, dont {pc}.',
      'Softphone réinstallé, appel d’essai dans les deux sens.',
    ],
    [
      'Softphone gone after the update',
      'No phone icon since {day}: I no longer get my calls on the computer.',
      'Package removed by the managed update. Three machines hit, {pc} among them.',
      'Softphone installed again, test call both ways.',
    ],
  ),
  incident(
    'small',
    'remote explained',
    [
      'Messagerie vocale pleine, messages perdus',
      'Les clients me disent que ma boîte est pleine. Je n’arrive pas à effacer les anciens messages.',
      'Boîte à 100 messages, code oublié.',
      'Code réinitialisé, boîte vidée avec la personne.',
    ],
    [
      'Voicemail full, messages lost',
      'Customers tell me that my box is full. I cannot delete the old messages.',
      'Box at 100 messages, code forgotten.',
      'Code reset, box emptied with the person.',
    ],
  ),
  request(
    'delivered',
    [
      'Téléphone mobile pour {newcomer}',
      'Un mobile professionnel pour les déplacements, à partir de {day}.',
      'Appareil en stock, ligne à activer chez l’opérateur.',
      'Mobile remis, ligne active, messagerie en place.',
    ],
    [
      'Mobile phone for {newcomer}',
      'A work mobile for travel, from {day}.',
      'Device in stock, line to be activated by the carrier.',
      'Mobile handed over, line active, mail set up.',
    ],
  ),
];

export const moreWorkstation: readonly Scenario[] = [
  incident(
    'work',
    'remote replaced',
    [
      'PC qui s’éteint tout seul l’après-midi',
      'Arrêt net sans message, deux fois hier et une fois ce matin. Il est très chaud.',
      'Température de 97 °C relevée sur {pc}. Ventilateur muet.',
      'Ventilateur changé, température stable à 62 °C pendant deux heures.',
    ],
    [
      'PC switches itself off in the afternoon',
      'It stops dead without a message, twice yesterday and once this morning. It is very hot.',
      '97 °C measured on {pc}. The fan is silent.',
      'Fan changed, temperature steady at 62 °C for two hours.',
    ],
  ),
  incident(
    'small',
    'remote',
    [
      'Mise à jour bloquée à 35 %',
      'L’écran affiche 35 % depuis {hour}. Je n’ose pas éteindre.',
      'Service de mise à jour arrêté sur {pc}, cache abîmé.',
      'Cache vidé, mise à jour reprise et terminée.',
    ],
    [
      'Update stuck at 35 %',
      'The screen has shown 35 % since {hour}. I dare not switch it off.',
      'Update service stopped on {pc}, cache damaged.',
      'Cache emptied, update resumed and finished.',
    ],
  ),
  incident(
    'small',
    'remote',
    [
      'Plus de son dans les réunions',
      'Le son est parti depuis {day}, haut-parleurs comme casque. La vidéo reste bonne.',
      'Sortie choisie : écran de la salle {room}, débranché depuis.',
      'Sortie par défaut remise sur le casque, appel d’essai bon.',
    ],
    [
      'No sound in meetings',
      'Sound has been gone since {day}, loudspeakers and headset alike. Video is fine.',
      'Chosen output: screen of the {room} room, unplugged since.',
      'Default output back to the headset, test call fine.',
    ],
  ),
];

export const morePrinting: readonly Scenario[] = [
  incident(
    'small',
    'onsite',
    [
      'Bourrage à chaque recto verso sur {printer}',
      'Le papier se plie au retour. En recto simple, rien à signaler.',
      'Rouleau du recto verso lisse. Kit d’entretien commandé.',
      'Kit d’entretien posé sur {printer}, cinquante pages recto verso sans bourrage.',
    ],
    [
      'Jams on every duplex page on {printer}',
      'The paper folds on its way back. Single-sided is fine.',
      'Duplex roller is worn smooth. Maintenance kit ordered.',
      'Maintenance kit fitted on {printer}, fifty duplex pages without a jam.',
    ],
  ),
  incident(
    'work',
    'remote',
    [
      'Numérisation vers courriel : rien n’arrive',
      'Je numérise des factures sur {printer}, l’écran dit « envoyé », et {service} ne reçoit rien.',
      'Relais de courriel refusé depuis {day} : certificat de l’imprimante trop ancien.',
      'Certificat de {printer} renouvelé, trois numérisations reçues.',
    ],
    [
      'Scan to mail: nothing arrives',
      'I scan invoices on {printer}, the screen says “sent”, and {service} gets nothing.',
      'Mail relay refuses it since {day}: the printer’s certificate is too old.',
      'Certificate of {printer} renewed, three scans received.',
    ],
  ),
];

export const morePeripherals: readonly Scenario[] = [
  incident(
    'small',
    'replaced',
    [
      'Touches du clavier qui se répètent',
      'Le E et l’espace partent en double, bureau {office}. Nettoyé, sans effet.',
      'Même défaut sur {pc} et sur un autre poste.',
      'Clavier échangé.',
    ],
    [
      'Keyboard repeats letters',
      'E and space come twice, office {office}. Cleaned, no effect.',
      'Same fault on {pc} and on another machine.',
      'Keyboard exchanged.',
    ],
  ),
  incident(
    'small',
    'remote explained',
    [
      'Webcam noire en visioconférence',
      'Mon image est noire depuis {day}, la lampe de la caméra est allumée.',
      'Cache fermé : non. Accès à la caméra refusé par la stratégie après la mise à jour.',
      'Accès à la caméra rétabli, image vérifiée.',
    ],
    [
      'Webcam black in video calls',
      'My picture is black since {day}, the camera light is on.',
      'Shutter closed: no. Camera access denied by policy after the update.',
      'Camera access restored, picture checked.',
    ],
  ),
];
