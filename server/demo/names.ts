/** First and last names from which the people of the demo desk are made up. Any likeness is chance. */
const list = (words: string) => words.trim().split(/\s+/);

export const frenchFirst = list(`
Adèle Agathe Alice Aline Amélie Anaïs Antoine Arnaud Aurélie Axel Baptiste Bastien Béatrice Benoît Bérénice Camille Caroline Cécile Cédric
Charlotte Chloé Claire Clément Coralie Damien Delphine Denis Diane Édouard Élise Élodie Émilie Émile Estelle Étienne Eva Fabien Farid
Fatou Fanny Florence Florian Franck Gabriel Gaëlle Gaspard Grégoire Guillaume Hakim Hélène Hugo Inès Isabelle Jeanne Jérôme Joséphine
Julie Karim Laure Laurent Léa Lina Louis Louise Lucas Lucie Mathilde Maxime Mehdi Mélanie Michel Nadège Nadia Nathan Nicolas Nina Noémie
Odile Olivier Pascal Pauline Philippe Pierre Quentin Rachid Raphaël Rémi Romain Rose Samia Sandrine Sébastien Simon Solène Sophie
Stéphane Sylvain Théo Thibault Valérie Victor Vincent Yasmine Yves Zoé`);
export const frenchLast = list(`
Abadie Allard Amrani Aubry Bailly Barbier Baron Baudry Belkacem Benali Bernier Berthier Besnard Blanchet Bodin Bonnet Boucher Bourgeois
Bouvier Brunet Caron Carpentier Carré Chevalier Collin Cordier Cousin Coulibaly Dacosta Dallet Delmas Descamps Diallo Diop Dufour Dumont
Dupuis Duval Étienne Fabre Faure Ferrand Fleury Fontaine Fournier Gaillard Garnier Gauthier Gilbert Giraud Gosselin Guérin Guillot Hamon
Haddad Hébert Hoareau Humbert Jacquet Joly Jourdan Kaddour Keita Klein Lacroix Lambert Langlois Laporte Lebrun Leclerc Legrand Lemaire
Lenoir Leroux Leroy Lesage Lévêque Maillard Mallet Marchand Maréchal Masson Mercier Meunier Millet Monnier Morin Moulin Ndiaye Nguyen
Nicolet Noël Ouali Pelletier Perrin Petitjean Pichon Poirier Poulain Prévost Renard Renaud Ribeiro Rivière Robin Rolland Rossi Rousseau
Roy Sabatier Salmon Saunier Schmitt Tanguy Tessier Texier Thomasset Toussaint Traoré Vallet Vasseur Verdier Vidal Voisin Weber`);
export const englishFirst = list(`
Abigail Adam Alan Alison Andrew Angela Ben Beth Callum Charlie Chris Claire Daniel David Dominic Edward Eleanor Emma Fiona Frances George
Georgia Grace Hannah Harry Helen Imogen Isla Jack James Jess Joanna Joe Karen Kate Keith Laura Leo Liam Lucy Luke Maisie Mark Megan Nadia
Naomi Niall Nina Oliver Olivia Owen Patrick Phoebe Priya Rachel Rebecca Robert Rosie Ruth Ryan Sam Sarah Sean Simon Sunita Tessa Toby
Tom Victoria Will Zara`);
export const englishLast = list(`
Ahmed Ashton Bailey Barker Bennett Bishop Bradley Brooks Burton Carter Chapman Coleman Cooper Dawson Dixon Ellis Fletcher Foster Fraser
Gardner Gibson Graham Grant Griffin Harper Harvey Holland Hughes Hunter Jenkins Kelly Khan Knight Lawson Mason Marsh Mehta Mitchell
Morgan Murray Newton Nolan Palmer Patel Pearce Porter Quinn Reid Reynolds Rhodes Sharma Shaw Sinclair Spencer Stone Sutton Turner Walsh
Watts Webb Wheeler Whitaker Woods Wright`);
