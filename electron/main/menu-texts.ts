/** Main's own texts: the menu is drawn by the system, outside the page and its translations. */
import type { Language } from '#shared/domain/model.ts';

const en = {
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: 'View',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  resetZoom: 'Actual size',
  fullScreen: 'Full screen',
  window: 'Window',
  minimize: 'Minimise',
  close: 'Close',
  quit: 'Quit',
};

const fr: typeof en = {
  edit: 'Édition',
  undo: 'Annuler',
  redo: 'Rétablir',
  cut: 'Couper',
  copy: 'Copier',
  paste: 'Coller',
  selectAll: 'Tout sélectionner',
  view: 'Affichage',
  zoomIn: 'Agrandir',
  zoomOut: 'Réduire',
  resetZoom: 'Taille réelle',
  fullScreen: 'Plein écran',
  window: 'Fenêtre',
  minimize: 'Réduire la fenêtre',
  close: 'Fermer',
  quit: 'Quitter',
};

export const menuTexts: Record<Language, typeof en> = { en, fr };
