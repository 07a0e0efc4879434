import { IconPhone } from '@tabler/icons-react';
import { formatPhone } from '#shared/domain/phone.ts';
import { useWatch } from '../../core/use-watch.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useSelection } from '../../state/selection.ts';
import { OpButton } from '../../ui/OpButton.tsx';
import { useWords } from '../say.ts';
import { CallClock } from './CallPanel.tsx';
import classes from './call.module.css';
import { useCallUi } from './call-store.ts';

/** The call in progress, wherever one is: who, the clock, and the way back. Absent while the call bar itself is on screen. */
export function CallStrip() {
  const { say } = useWords();
  const call = useWatch('call', undefined) ?? null;
  const desk = useWatch('desk', undefined);
  const page = useSelection((state) => state.page);
  const ticketId = useSelection((state) => state.ticketId);
  const folded = useCallUi((state) => state.folded);
  const isHere = call !== null && page === 'console' && ticketId === call.ticketId && !folded;
  const isShown = call !== null && !isHere;
  const goBack = () => {
    if (!call) return;
    useSelection.getState().goTo('console');
    useSelection.getState().select(call.ticketId);
    useSelection.getState().closeForm();
    useCallUi.getState().fold(false);
  };
  useKeys({ t: goBack }, isShown);
  if (!call || !isShown) return null;
  return (
    <section className={classes.strip} aria-label={say('call.label')}>
      <span className={classes.live}>{say(call.recovered ? 'call.withRecovered' : 'call.with', { name: call.personName })}</span>
      <span className={classes.stripNumber}>{formatPhone(call.number, desk?.defaultCountry ?? null)}</span>
      {!call.recovered && <CallClock startedAt={call.startedAt} className={classes.stripClock} />}
      <OpButton small icon={<IconPhone size={16} stroke={1.5} />} label={say('call.toCall')} k="t" onClick={goBack} />
    </section>
  );
}
