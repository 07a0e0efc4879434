import { useKeys } from '../keys/use-keys.ts';
import { OpButton } from '../ui/OpButton.tsx';
import { useWords } from './say.ts';
import { useUndo } from './undo.ts';
import classes from './undo-notice.module.css';

/** At the bottom left for eight seconds after what can be taken back; one at a time. */
export function UndoNotice() {
  const { say } = useWords();
  const current = useUndo((state) => state.current);
  const refused = useUndo((state) => state.refused);
  const run = useUndo((state) => state.run);
  useKeys({ 'ctrl+z': () => void run() }, current !== null && !refused);
  if (!current) return null;
  const detail = [current.detail && say(current.detail), current.ticket].filter(Boolean).join(' · ');
  return (
    <div className={classes.notice} role="status">
      <div className={classes.text}>
        <b>{refused ? say('done.notUndone') : say(current.title, { count: current.count ?? 1 })}</b>
        <small>{detail}</small>
      </div>
      {!refused && <OpButton small label={say('done.undo')} k="ctrl+z" onClick={() => void run()} />}
      {!refused && <span key={current.key} className={classes.line} aria-hidden />}
    </div>
  );
}
