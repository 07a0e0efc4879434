import { Textarea } from '@mantine/core';
import { useWords } from '../i18n/index.ts';
import { Choice } from '../look/Choice.tsx';
import classes from './Ending.module.css';
import type { Rating } from './judge.ts';

export interface Marks {
  duration: number | null;
  answers: number | null;
  comment: string;
}
export const noMarks: Marks = { duration: null, answers: null, comment: '' };

/** Both marks; undefined: none at all; 'half': one is missing, or a comment has none. */
export function ratingOf({ duration, answers, comment }: Marks): Rating | 'half' | undefined {
  if (duration !== null && answers !== null) return { duration, answers, comment: comment.trim() };
  return duration === null && answers === null && comment.trim() === '' ? undefined : 'half';
}

const figures = ['1', '2', '3', '4', '5'] as const;
const options = figures.map((value) => ({ value, label: value }));

export function RatingFields({ marks, onChange, isHalf }: { marks: Marks; onChange(marks: Marks): void; isHalf: boolean }) {
  const { t } = useWords();
  return (
    <>
      {(['duration', 'answers'] as const).map((one) => (
        <div key={one}>
          <Choice
            figures
            label={t(`end.${one}`)}
            options={options}
            value={marks[one] === null ? null : (String(marks[one]) as (typeof figures)[number])}
            onChange={(value) => onChange({ ...marks, [one]: Number(value) })}
            error={isHalf && marks[one] === null ? t('end.both') : undefined}
          />
          <div className={classes.ends}>
            <span>{t(`end.${one}Low`)}</span>
            <span>{t(`end.${one}High`)}</span>
          </div>
        </div>
      ))}
      <Textarea
        label={t('end.comment')}
        placeholder={t('end.commentHint')}
        value={marks.comment}
        maxLength={2_000}
        autosize
        minRows={2}
        maxRows={6}
        onChange={(event) => onChange({ ...marks, comment: event.currentTarget.value })}
      />
    </>
  );
}
