import { Radio } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import classes from './Choice.module.css';

interface Props<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T | null;
  onChange(value: T): void;
  error?: string | undefined;
  /** One below the other, with a disc. */
  stacked?: boolean;
  /** Marks from 1 to 5: side by side however narrow it is, and without a tick beside the figure. */
  figures?: boolean;
  /** Said by screen readers only: what is chosen speaks for itself. */
  isLabelHidden?: boolean;
}

/** A plain question with its answers as cards: told by a tick as well as by colour. */
export function Choice<T extends string>({
  label,
  options,
  value,
  onChange,
  error,
  stacked = false,
  figures = false,
  isLabelHidden = false,
}: Props<T>) {
  const isAnswered = options.some((option) => option.value === value);
  return (
    <Radio.Group
      {...(isLabelHidden ? { 'aria-label': label } : { label })}
      value={value ?? ''}
      onChange={(next) => onChange(next as T)}
      error={error}
    >
      <div
        className={classes.cards}
        style={{ '--columns': options.length } as CSSProperties}
        data-stacked={stacked || undefined}
        data-figures={figures || undefined}
      >
        {options.map((option, index) => (
          <Radio.Card
            key={option.value}
            value={option.value}
            className={classes.card ?? ''}
            // One stop on the way through the page; the arrows go from answer to answer.
            tabIndex={(isAnswered ? option.value === value : index === 0) ? 0 : -1}
          >
            {stacked && <span className={classes.disc} aria-hidden />}
            {!stacked && !figures && option.value === value && (
              <IconCheck className={classes.tick ?? ''} size={14} stroke={3} aria-hidden />
            )}
            <span>{option.label}</span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
