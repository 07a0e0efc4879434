import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { beginsWords } from '#shared/domain/words.ts';
import { Field, type FieldProps } from './fields.tsx';
import classes from './forms.module.css';

export interface Option {
  id: string;
  label: string;
  /** On the right, quietly. */
  detail?: string | undefined;
  icon?: ReactNode;
}

interface Props extends FieldProps {
  value: string | null;
  /** What the field shows for `value`; empty: nothing chosen. */
  chosen: string;
  options: readonly Option[];
  onChoose(option: Option): void;
  /** Given: the options are the answer to what is typed, and are not narrowed here. */
  onType?: (text: string) => void;
  placeholder?: string;
  nothing: string;
  narrow?: boolean;
  autoFocus?: boolean;
  /** The list stands open under the field, part of the form. */
  inline?: boolean;
}

/** A field that narrows a list: arrows move, Enter takes, Escape closes the list before it closes anything else. */
export function Picker(props: Props) {
  const { value, chosen, options, onChoose, onType, placeholder, nothing, narrow, autoFocus, inline = false } = props;
  const listId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const shown = typed === null || onType ? options : options.filter((option) => beginsWords(option.label, typed));
  const isOpen = inline || open;
  const at = Math.min(active, shown.length - 1);

  // A list at the end of a form opens below its edge, and the active line may lie below the list's.
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen && !inline) list.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, inline]);
  useEffect(() => {
    if (isOpen && !inline) list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, inline, at]);

  const take = (option: Option | undefined) => {
    if (!option) return;
    onChoose(option);
    setTyped(null);
    setOpen(false);
  };
  const openList = () => {
    setOpen(true);
    setActive(
      Math.max(
        0,
        options.findIndex((option) => option.id === value),
      ),
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) openList();
      else setActive((Math.max(0, at) + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % Math.max(1, shown.length));
    } else if (event.key === 'Enter' && (open || (inline && typed !== null))) {
      event.preventDefault();
      take(shown[at]);
    } else if (event.key === 'Escape' && open && !inline) {
      event.preventDefault();
      setOpen(false);
      setTyped(null);
    }
  };
  const Glyph = onType || inline ? IconSearch : IconChevronDown;
  return (
    <Field label={props.label} aside={props.aside} hint={isOpen && !inline ? undefined : props.hint} error={props.error}>
      {(id, aria) => (
        <div className={[classes.picker, narrow && classes.narrow].filter(Boolean).join(' ')} data-combobox>
          <input
            {...aria}
            id={id}
            type="text"
            role="combobox"
            autoComplete="off"
            spellCheck={false}
            className={classes.input}
            // biome-ignore lint/a11y/noAutofocus: the first field of a form that was asked for
            autoFocus={autoFocus}
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && shown[at] ? `${listId}-${at}` : undefined}
            placeholder={placeholder}
            value={typed ?? chosen}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(0);
              setOpen(true);
              onType?.(event.target.value);
            }}
            onFocus={(event) => event.target.select()}
            onClick={() => !isOpen && !onType && openList()}
            onBlur={() => {
              setOpen(false);
              setTyped(null);
            }}
            onKeyDown={onKeyDown}
          />
          <Glyph size={16} stroke={1.5} className={classes.pickerGlyph} aria-hidden />
          {isOpen && (
            <div
              ref={list}
              id={listId}
              role="listbox"
              className={classes.options}
              data-inline={inline || undefined}
              aria-label={props.label}
            >
              {shown.map((option, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
                <div
                  key={option.id}
                  id={`${listId}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={option.id === value}
                  data-active={index === at || undefined}
                  className={classes.option}
                  onMouseDown={(event) => event.preventDefault()}
                  onPointerEnter={() => setActive(index)}
                  onClick={() => take(option)}
                >
                  {option.icon}
                  <span>{option.label}</span>
                  {option.detail && <span className={classes.optionDetail}>{option.detail}</span>}
                </div>
              ))}
              {shown.length === 0 && <p className={classes.nothing}>{nothing}</p>}
            </div>
          )}
        </div>
      )}
    </Field>
  );
}
