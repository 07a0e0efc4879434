import { type ComponentProps, type ComponentPropsWithoutRef, type ReactNode, useId } from 'react';
import { Key } from '../../ui/Key.tsx';
import { Problem } from '../Problem.tsx';
import classes from './forms.module.css';

export interface FieldProps {
  label: string;
  /** Beside the label, quietly. */
  aside?: string | undefined;
  /** Under the field; an error takes its place. */
  hint?: string | undefined;
  error?: string | undefined;
}

/** Label above, help under, the error in the place of the help. */
export function Field({ label, aside, hint, error, children }: FieldProps & { children(id: string, aria: FieldAria): ReactNode }) {
  const id = useId();
  const told = error ?? hint;
  return (
    <div>
      <div className={classes.labelRow}>
        <label htmlFor={id}>{label}</label>
        {aside && <span className={classes.aside}>{aside}</span>}
      </div>
      {children(id, { 'aria-invalid': error ? true : undefined, 'aria-describedby': told ? `${id}-told` : undefined })}
      {error ? (
        <Problem id={`${id}-told`}>{error}</Problem>
      ) : (
        hint && (
          <p id={`${id}-told`} className={classes.hint}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}
export interface FieldAria {
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

type TextProps = FieldProps & {
  value: string;
  onText(text: string): void;
  narrow?: boolean;
} & Omit<ComponentProps<'input'>, 'value' | 'onChange'>;

export function TextField({ label, aside, hint, error, value, onText, narrow, ...rest }: TextProps) {
  return (
    <Field label={label} aside={aside} hint={hint} error={error}>
      {(id, aria) => (
        <input
          type="text"
          autoComplete="off"
          {...rest}
          {...aria}
          id={id}
          className={[classes.input, narrow && classes.narrow].filter(Boolean).join(' ')}
          value={value}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}

type AreaProps = FieldProps & { value: string; onText(text: string): void; low?: boolean } & Omit<
    ComponentPropsWithoutRef<'textarea'>,
    'value' | 'onChange'
  >;

/** Grows with what is typed; `low` starts with two lines. */
export function AreaField({ label, aside, hint, error, value, onText, low, ...rest }: AreaProps) {
  return (
    <Field label={label} aside={aside} hint={hint} error={error}>
      {(id, aria) => (
        <textarea
          {...rest}
          {...aria}
          id={id}
          className={classes.input}
          data-low={low || undefined}
          // A draft that was left goes on where it ends.
          onFocus={
            rest.autoFocus ? ({ currentTarget: field }) => field.setSelectionRange(field.value.length, field.value.length) : undefined
          }
          value={value}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}

interface SegmentsProps<T extends string> {
  label: string;
  value: T | null;
  options: readonly { value: T; text: string; k?: string }[];
  onChoose(value: T): void;
  error?: string | undefined;
  autoFocus?: boolean;
}

/** A choice of two or three, all in sight; arrows move it, as in every group of radio buttons. */
export function Segments<T extends string>({ label, value, options, onChoose, error, autoFocus }: SegmentsProps<T>) {
  const id = useId();
  const at = options.findIndex((option) => option.value === value);
  const move = (by: number, from: HTMLElement) => {
    const next = (Math.max(0, at) + by + options.length) % options.length;
    const option = options[next];
    if (!option) return;
    onChoose(option.value);
    const target = from.parentElement?.children[next];
    if (target instanceof HTMLElement) target.focus();
  };
  return (
    <div>
      <div className={classes.labelRow}>
        <span id={id} className={classes.labelText}>
          {label}
        </span>
      </div>
      <div className={classes.segments} role="radiogroup" aria-labelledby={id}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useSemanticElements: drawn as one control of segments
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={option.value === value}
            tabIndex={index === Math.max(0, at) ? 0 : -1}
            // biome-ignore lint/a11y/noAutofocus: the first field of a form that was asked for
            autoFocus={autoFocus && index === Math.max(0, at)}
            onClick={() => onChoose(option.value)}
            onKeyDown={(event) => {
              const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
              if (by === undefined || event.altKey || event.ctrlKey) return;
              event.preventDefault();
              move(by, event.currentTarget);
            }}
          >
            {option.text}
            {option.k && <Key k={option.k} />}
          </button>
        ))}
      </div>
      {error && <Problem>{error}</Problem>}
    </div>
  );
}

/** What will happen, said before it does. */
export function Told({ icon, title, children }: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className={classes.told}>
      {icon}
      <div>
        <p>{title}</p>
        {children && <p>{children}</p>}
      </div>
    </div>
  );
}
