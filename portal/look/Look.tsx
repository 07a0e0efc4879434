import './mantine.css';
import '@fontsource-variable/inter/wght.css';
import '../../resources/look/tokens.css';
import '../../resources/look/reset.css';
import './global.css';
import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { type ReactNode, useLayoutEffect } from 'react';
import { cssVariables } from '../../resources/look/mantine.ts';
import { theme } from './theme.ts';

/** Light or dark as the device is. */
export function Look({ children }: { children: ReactNode }) {
  const scheme = useColorScheme('light', { getInitialValueInEffect: false });
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = scheme;
  }, [scheme]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} cssVariablesResolver={cssVariables}>
      {children}
    </MantineProvider>
  );
}
