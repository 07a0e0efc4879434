import { useSession } from '../state/session.ts';
import { ChooseServer } from './ChooseServer.tsx';
import { Credentials } from './Credentials.tsx';
import classes from './SignIn.module.css';

/** Before the console: which server, then who. One column in a card, one filled button. */
export function SignIn() {
  const session = useSession((state) => state.session);
  return (
    <main className={classes.ground}>
      <div className={classes.card}>
        {session.state === 'no_server' && <ChooseServer />}
        {session.state === 'signed_out' && <Credentials session={session} />}
      </div>
    </main>
  );
}
