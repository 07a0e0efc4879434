/** The chosen theme and density, kept on the root element where the tokens read them. */
import { useColorScheme } from '@mantine/hooks';
import type { Settings } from '#shared/contract/host.ts';

/** "system" follows the desktop. */
export function schemeOf(choice: Settings['theme'], system: 'light' | 'dark'): 'light' | 'dark' {
  return choice === 'system' ? system : choice;
}

/** The scheme to draw in now; changes with the desktop when the choice is "system". */
export function useScheme(choice: Settings['theme']): 'light' | 'dark' {
  return schemeOf(choice, useColorScheme('light', { getInitialValueInEffect: false }));
}

/** Sets what tokens.css looks at. Called before the first paint and at each change. */
export function applyAppearance(scheme: 'light' | 'dark', density: Settings['density']): void {
  const root = document.documentElement;
  root.dataset.theme = scheme;
  root.dataset.density = density;
}

/** For the first paint, before React is there. */
export function applyFirstAppearance(settings: Settings): void {
  const system = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  applyAppearance(schemeOf(settings.theme, system), settings.density);
}
