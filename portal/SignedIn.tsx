import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { PortalApi } from './api/portal-api.ts';
import type { Session } from './api/session.ts';
import { useAsked } from './asked/use-asked.ts';
import { Declare } from './declare/Declare.tsx';
import { DeskHeadContext, PortalContext } from './desk/desk-context.ts';
import { Loading } from './look/Loading.tsx';
import { Trouble } from './look/Trouble.tsx';
import { SignIn } from './signin/SignIn.tsx';
import { TicketPage } from './ticket/TicketPage.tsx';
import { TicketsPage } from './tickets/TicketsPage.tsx';

/**
 * The pages of whoever is signed in. Where nobody is, the sign-in comes in their place and leads on to where he wanted to go; a session that
 * ends in the middle leaves the page below as it is.
 */
export function SignedIn({ session }: { session: Session }) {
  const state = useSyncExternalStore(session.subscribe, () => session.state);
  const start = useCallback(() => session.start(), [session]);
  useEffect(() => void start(), [start]);
  if (state.state === 'starting') return <Loading />;
  if (state.state === 'unreachable') return <Trouble failure={{ kind: 'unreachable' }} onRetry={start} />;
  const { person } = state;
  const isOut = state.state === 'out';
  return (
    <>
      {isOut && <SignIn session={session} before={person} />}
      {person && (
        <div hidden={isOut}>
          <Pages key={person.id} session={session} person={person} />
        </div>
      )}
    </>
  );
}

function Pages({ session, person }: { session: Session; person: { id: string; name: string } }) {
  const api = useMemo(() => new PortalApi(session, () => Date.now()), [session]);
  const load = useCallback(() => api.desk(), [api]);
  const { value: desk, failure, reload } = useAsked(load);
  const head = useMemo(
    () => ({ service: desk?.service ?? 'Guichet', person, signOut: () => void session.signOut() }),
    [desk, person, session],
  );
  const portal = useMemo(() => (desk ? { api, desk } : null), [api, desk]);
  return (
    <DeskHeadContext value={head}>
      {portal ? (
        <PortalContext value={portal}>
          <Switch>
            <Route path="/">
              <TicketsPage />
            </Route>
            <Route path="/new/incident">
              <Declare key="incident" kind="incident" />
            </Route>
            <Route path="/new/request">
              <Declare key="request" kind="request" />
            </Route>
            <Route path="/tickets/:id">{({ id }) => <TicketPage key={id} id={id} />}</Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </PortalContext>
      ) : failure ? (
        <Trouble failure={failure} onRetry={reload} />
      ) : (
        <Loading />
      )}
    </DeskHeadContext>
  );
}
