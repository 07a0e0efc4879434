import { Button, CopyButton, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { refusalText } from '#shared/domain/refusal-text.ts';
import { failureWords } from '../api/failure-words.ts';
import { useWords } from '../i18n/index.ts';
import { FooterHint, Frame } from '../look/Frame.tsx';
import { Notice } from '../look/Notice.tsx';
import { dayWords, instantWords, type When } from '../time/words.ts';
import classes from './Ending.module.css';
import type { Ending, Judge, Rating } from './judge.ts';
import { type Marks, noMarks, RatingFields, ratingOf } from './RatingFields.tsx';

interface Props {
  title: string;
  personName: string;
  ending: Ending;
  when: When;
  /** What the person had written; kept where it was not sent. */
  typed: string;
  /** A rating that was given and has not arrived. */
  unsent: Rating | undefined;
  judge: Judge;
  onEnding(ending: Ending): void;
  back: boolean;
  links: ReactNode;
}

/** After the answer, the person's own or somebody else's; as long as it may be rated, the rating too. */
export function Decided({ title, personName, ending, when, typed, unsent, judge, onEnding, back, links }: Props) {
  const { t, language } = useWords();
  const { resolution, rateUntil } = ending;
  const decision = resolution?.decision;
  // Nobody is asked for marks by the page that says that it goes on.
  const mayRate = ending.mayRate && decision?.kind !== 'refused';
  const [marks, setMarks] = useState<Marks>(unsent ?? marksOf(resolution?.rating));
  const [isHalf, setHalf] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  if (!resolution || !decision) return null;
  const isMine = decision.byName === personName;
  const isChanged = JSON.stringify(marks) !== JSON.stringify(marksOf(resolution.rating));
  const isLost = typed !== '' && !isMine;

  async function rate() {
    if (busy) return;
    const rating = ratingOf(marks);
    const isWhole = rating !== undefined && rating !== 'half';
    setHalf(!isWhole);
    setProblem(undefined);
    if (!isWhole) return;
    setBusy(true);
    const answer = await judge.rate(rating);
    setBusy(false);
    if (!answer.ok) return setProblem(failureWords(answer.failure, t));
    const { refusal } = answer.value;
    if (refusal) setProblem(refusalText(refusal, language, { timeZone: when.timeZone, now: when.now }));
    onEnding(answer.value.ending);
  }

  const whatHappened = () => {
    const values = { name: decision.byName ?? '', time: instantWords(decision.at, when) };
    if (isMine && (decision.kind === 'validated' || decision.kind === 'refused')) return t(`end.decidedByYou.${decision.kind}`, values);
    return t(`end.decidedBy.${decision.kind}`, values);
  };
  const heading = () => {
    if (!isMine) return t('end.decided');
    return t(decision.kind === 'refused' ? 'end.sentBack' : 'end.thanks');
  };

  return (
    <Frame
      title={heading()}
      above={title}
      back={back}
      footer={
        <>
          {problem && <Notice tone="wrong">{problem}</Notice>}
          <div className={classes.links}>
            {mayRate && isChanged && (
              <Button variant="filled" fullWidth aria-disabled={busy} onClick={() => void rate()}>
                {t('end.rateSend')}
              </Button>
            )}
            {links}
          </div>
          {mayRate && rateUntil && <FooterHint>{t('ticket.rateUntil', { day: dayWords(rateUntil, when) })}</FooterHint>}
        </>
      }
    >
      <div className={classes.form}>
        <Notice tone={isMine ? 'good' : 'plain'}>
          {whatHappened()}
          {resolution.rating && !isChanged && ` ${t('end.rateSaved')}`}
          {isMine && decision.kind === 'refused' && ` ${t('end.sentBackWhy', { name: resolution.byName })}`}
        </Notice>
        {unsent && isChanged && <Notice tone="wrong">{t('end.rateFailed')}</Notice>}
        {isLost && (
          <div>
            <Textarea label={t('end.typed')} value={typed} readOnly autosize minRows={2} maxRows={10} />
            <CopyButton value={typed}>
              {({ copied, copy }) => (
                <Button mt={8} onClick={copy}>
                  {t(copied ? 'end.copied' : 'end.copy')}
                </Button>
              )}
            </CopyButton>
          </div>
        )}
        {mayRate && (
          <>
            <h2 className={classes.question}>{t('end.rateTitle')}</h2>
            <RatingFields marks={marks} onChange={setMarks} isHalf={isHalf && !isWholeRating(marks)} />
          </>
        )}
      </div>
    </Frame>
  );
}

function marksOf(rating: Rating | null | undefined): Marks {
  return rating ? { duration: rating.duration, answers: rating.answers, comment: rating.comment } : noMarks;
}
function isWholeRating(marks: Marks): boolean {
  return typeof ratingOf(marks) === 'object';
}
