/** Renders a page of the portal for Antoine, who is signed in, on a scripted server. */
import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { PortalApi } from '../../portal/api/portal-api.ts';
import { Session } from '../../portal/api/session.ts';
import { DeskHeadContext, PortalContext } from '../../portal/desk/desk-context.ts';
import { theme } from '../../portal/look/theme.ts';
import { desk, type FakeServer, fine, NOW, sessionOf } from './fake-server.ts';

// A text field that grows listens for fonts, which happy-dom does not load.
if (!document.fonts)
  Object.defineProperty(document, 'fonts', { configurable: true, value: Object.assign(new EventTarget(), { ready: Promise.resolve() }) });

export async function show(part: ReactNode, server: FakeServer) {
  server.routes['POST /v1/portal/session/refresh'] ??= () => fine(sessionOf('antoine', 'token'));
  server.routes['GET /v1/portal/similar'] ??= () => fine({ count: 0 });
  const session = new Session({
    ...server.line,
    now: () => 0,
    alone: (_name, work) => work(),
    leaving: { get: () => false, set: () => undefined },
  });
  await session.start();
  const api = new PortalApi(session, () => Date.parse(NOW));
  const { hook } = memoryLocation({ path: '/' });
  return render(
    <MantineProvider theme={theme} env="test">
      <DeskHeadContext value={{ service: 'MyService', person: desk.person, signOut: () => undefined }}>
        <PortalContext value={{ api, desk }}>
          <Router hook={hook}>{part}</Router>
        </PortalContext>
      </DeskHeadContext>
    </MantineProvider>,
  );
}
