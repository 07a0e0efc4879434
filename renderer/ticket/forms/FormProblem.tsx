import { OpButton } from '../../ui/OpButton.tsx';
import { outcomeWords, Problem } from '../Problem.tsx';
import type { Outcome } from '../perform.ts';
import { useWords } from '../say.ts';

/** What is wrong with the whole: the refusal; for `changed`, that one may send all the same. */
export function FormProblem({ problem, onAgain }: { problem: Exclude<Outcome, { kind: 'done' }> | null; onAgain?: () => void }) {
  const words = useWords();
  if (!problem) return null;
  return (
    <div>
      <Problem>{outcomeWords(problem, words)}</Problem>
      {problem.kind === 'refused' && problem.refusal.code === 'changed' && onAgain && (
        <div style={{ marginTop: 8 }}>
          <OpButton small label={words.say('form.send.again')} onClick={onAgain} />
        </div>
      )}
    </div>
  );
}
