import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import type { Line } from './api/http.ts';
import type { Session } from './api/session.ts';
import { Loading } from './look/Loading.tsx';
import { Look } from './look/Look.tsx';

// Whoever comes by a mail's link needs none of the other pages, and the other way round.
const DecidePage = lazy(async () => ({ default: (await import('./decide/DecidePage.tsx')).DecidePage }));
const SignedIn = lazy(async () => ({ default: (await import('./SignedIn.tsx')).SignedIn }));

export function App({ line, session }: { line: Line; session: Session }) {
  return (
    <Look>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/decide">
            <DecidePage line={line} />
          </Route>
          <Route>
            <SignedIn session={session} />
          </Route>
        </Switch>
      </Suspense>
    </Look>
  );
}
