import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useKeys } from '../../keys/use-keys.ts';
import { timeWords } from '../../time/words.ts';
import { OpButton } from '../../ui/OpButton.tsx';
import { useWords } from '../say.ts';
import classes from './forms.module.css';

interface Props {
  title: string;
  icon: ReactNode;
  submit: string;
  savedAt: string | null;
  sending: boolean;
  onSubmit(): void;
  /** Leaves; the draft stays. */
  onBack(): void;
  back?: string;
  /** Changes with each attempt that found something wrong: the first wrong field takes the focus. */
  wrong: number;
  /** Beside the filled button. */
  footNote?: ReactNode;
  /** Above the fields, under the title. */
  above?: ReactNode;
  /** The page has its own title line. */
  bare?: boolean;
  children: ReactNode;
}

const fieldsOf = (form: HTMLElement) => [...form.querySelectorAll<HTMLElement>('input, textarea, [role="radio"][tabindex="0"]')];

/** A form in the pane: one column, the filled button at the left of its foot, Escape back with the draft kept. */
export function FormFrame(props: Props) {
  const { say, saying } = useWords();
  const form = useRef<HTMLFormElement>(null);
  useKeys({ escape: props.onBack, 'ctrl+enter': props.onSubmit });
  useEffect(() => {
    if (props.wrong > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [props.wrong]);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  /** Enter goes on to the next field; a text of several lines keeps it. */
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const fields = fieldsOf(event.currentTarget);
    fields[fields.indexOf(event.target) + 1]?.focus();
  };
  return (
    <form ref={form} className={classes.form} aria-label={props.title} noValidate onSubmit={onSubmit} onKeyDown={onKeyDown}>
      {!props.bare && (
        <div className={classes.title}>
          <h3>{props.title}</h3>
          {props.savedAt && (
            <span className={classes.saved} role="status">
              {say('form.draftKept', { time: timeWords(props.savedAt, saying) })}
            </span>
          )}
        </div>
      )}
      {props.above}
      <div className={classes.fields}>{props.children}</div>
      <div className={classes.foot}>
        <OpButton primary type="submit" icon={props.icon} label={props.submit} k="ctrl+enter" busy={props.sending} />
        {props.footNote && <span className={classes.footNote}>{props.footNote}</span>}
        <OpButton quiet label={props.back ?? say('form.back')} k="escape" onClick={props.onBack} />
      </div>
    </form>
  );
}
