/** Renders a part of the window as the app would, on a scripted core. */
import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { StoreApi } from 'zustand';
import type { Settings } from '#shared/contract/host.ts';
import { core } from '../../renderer/core/client.ts';
import { useFilters } from '../../renderer/state/filters.ts';
import { usePanels } from '../../renderer/state/panels.ts';
import { usePresent } from '../../renderer/state/present.ts';
import { useSelection } from '../../renderer/state/selection.ts';
import { useSession } from '../../renderer/state/session.ts';
import { theme } from '../../renderer/theme/theme.ts';
import { useCallUi } from '../../renderer/ticket/call/call-store.ts';
import { useAttaching } from '../../renderer/ticket/files/attaching.ts';
import { useUndo } from '../../renderer/ticket/undo.ts';
import type { FakeCore } from './fake-core.ts';
import { type FakeHost, fakeHost, settings, signedIn } from './fake-host.ts';

interface Stage {
  fake?: FakeCore;
  host?: FakeHost;
  chosen?: Partial<Settings>;
}

function forget<T>(store: StoreApi<T>): void {
  store.setState(store.getInitialState(), true);
}

export function show(part: ReactNode, { fake, host = fakeHost(), chosen = {} }: Stage = {}) {
  Object.assign(window, { guichet: host });
  // The files of a worker share the modules of the window, and what these keep.
  forget(useSelection);
  forget(useFilters);
  forget(usePanels);
  forget(usePresent);
  forget(useAttaching);
  forget(useCallUi);
  forget(useUndo);
  useSession.getState().begin({
    settings: { ...settings, ...chosen },
    systemLanguage: 'fr',
    session: signedIn,
    version: '0.1.0',
    platform: 'linux',
    plainTextSecrets: false,
  });
  if (fake) core.connect(fake.port);
  const rendered = render(
    <MantineProvider theme={theme} env="test">
      {part}
    </MantineProvider>,
  );
  return { ...rendered, host };
}
