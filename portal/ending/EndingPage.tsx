import { type ReactNode, useState } from 'react';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { failureWords } from '../api/failure-words.ts';
import type { Uploads } from '../files/uploads.ts';
import { useWords } from '../i18n/index.ts';
import type { When } from '../time/words.ts';
import { Decided } from './Decided.tsx';
import { EndingForm, type GivenAnswer } from './EndingForm.tsx';
import type { Ending, Judge, Rating } from './judge.ts';

interface Props {
  title: string;
  /** Who answers. */
  personName: string;
  ending: Ending;
  when: When;
  judge: Judge;
  preset: 'yes' | 'no' | null;
  phone: string | null;
  back: boolean;
  photos?: { uploads: Uploads; shown: ReactNode };
  /** Where one may go from here once it is answered. */
  links: ReactNode;
}

/** Asks whether it is solved, and says what came of it. What was typed outlives an answer that somebody else gave first. */
export function EndingPage(props: Props) {
  const { title, personName, when, judge, photos, links, back } = props;
  const { t, language } = useWords();
  const [ending, setEnding] = useState(props.ending);
  const [typed, setTyped] = useState('');
  const [unsent, setUnsent] = useState<Rating>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { resolution } = ending;
  if (!resolution) return null;

  async function give(given: GivenAnswer) {
    setBusy(true);
    setProblem(undefined);
    setProblem(await answer(given));
    setBusy(false);
  }

  /** What went wrong. */
  async function answer(given: GivenAnswer): Promise<string | undefined> {
    await photos?.uploads.settle();
    const files = photos?.uploads.list ?? [];
    if (given.answer === 'no' && files.some(({ state }) => state === 'stopped')) return failureWords({ kind: 'unreachable' }, t);
    const decided = await judge.decide(
      given.answer === 'yes' ? { decision: 'validate' } : { decision: 'refuse', reason: given.reason },
      given.answer === 'yes' ? [] : files.filter(({ state }) => state === 'done').map(({ id }) => id),
    );
    if (!decided.ok) return failureWords(decided.failure, t);
    const { refusal, ending: after } = decided.value;
    if (!after.resolution?.decision)
      return refusal ? refusalText(refusal, language, { timeZone: when.timeZone, now: when.now }) : undefined;
    setTyped(given.answer === 'no' ? given.reason : (given.rating?.comment ?? ''));
    if (given.answer === 'yes' && given.rating && after.mayRate) {
      const rated = await judge.rate(given.rating);
      if (rated.ok && rated.value.refusal === null) setEnding(rated.value.ending);
      else {
        setUnsent(given.rating);
        setEnding(after);
      }
    } else setEnding(after);
    return undefined;
  }

  if (resolution.decision) {
    return (
      <Decided
        title={title}
        personName={personName}
        ending={ending}
        when={when}
        typed={typed}
        unsent={unsent}
        judge={judge}
        onEnding={setEnding}
        back={back}
        links={links}
      />
    );
  }
  return (
    <EndingForm
      title={title}
      ending={ending}
      resolution={resolution}
      when={when}
      preset={props.preset}
      phone={props.phone}
      back={back}
      photos={photos?.shown}
      problem={problem}
      busy={busy}
      onAnswer={(given) => void give(given)}
    />
  );
}
