/** The chosen theme and density, kept on the root element where the tokens read them. */
import { useSyncExternalStore } from 'react';
import type { Settings } from '#shared/contract/host.ts';

const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)');

/** "system" follows the desktop. */
export function schemeOf(choice: Settings['theme'], dark: boolean): 'light' | 'dark' {
  return choice === 'system' ? (dark ? 'dark' : 'light') : choice;
}

/** The scheme to draw in now; changes with the desktop when the choice is "system". */
export function useScheme(choice: Settings['theme']): 'light' | 'dark' {
  const dark = useSyncExternalStore(
    (changed) => {
      const query = systemDark();
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => systemDark().matches,
  );
  return schemeOf(choice, dark);
}

/** Sets what tokens.css looks at. Called before the first paint and at each change. */
export function applyAppearance(scheme: 'light' | 'dark', density: Settings['density']): void {
  const root = document.documentElement;
  root.dataset.theme = scheme;
  root.dataset.density = density;
}

/** For the first paint, before React is there. */
export function applyFirstAppearance(settings: Settings): void {
  applyAppearance(schemeOf(settings.theme, systemDark().matches), settings.density);
}
