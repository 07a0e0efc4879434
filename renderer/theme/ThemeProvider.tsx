import './mantine.css';
import '@fontsource-variable/inter/wght.css';
import '../../resources/look/tokens.css';
import '../../resources/look/reset.css';
import './global.css';
import './floating.css';
import { MantineProvider } from '@mantine/core';
import { type ReactNode, useLayoutEffect } from 'react';
import type { Settings } from '#shared/contract/host.ts';
import { cssVariables } from '../../resources/look/mantine.ts';
import { applyAppearance, useScheme } from './appearance.ts';
import { theme } from './theme.ts';

/** Light, dark or the system's; comfortable or compact rows. */
export function ThemeProvider({ settings, children }: { settings: Pick<Settings, 'theme' | 'density'>; children: ReactNode }) {
  const scheme = useScheme(settings.theme);
  useLayoutEffect(() => applyAppearance(scheme, settings.density), [scheme, settings.density]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} cssVariablesResolver={cssVariables}>
      {children}
    </MantineProvider>
  );
}
