import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FoundPerson } from '#shared/contract/portal.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import classes from './Declare.module.css';

const WAIT_MS = 200;
const SHORTEST = 2;
const GUEST = 'guest';

export type Chosen = { other: FoundPerson; guest: null } | { other: null; guest: string } | { other: null; guest: null };

interface Props {
  chosen: { other: FoundPerson | null; guest: string | null };
  onChoose(chosen: Chosen): void;
  error: string | undefined;
}

/** Somebody of the directory, found by typing a name; or somebody who is in none, by the last line of the list. */
export function PersonField({ chosen, onChoose, error }: Props) {
  const { t } = useWords();
  const { api } = usePortal();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const name = chosen.other?.name ?? chosen.guest ?? '';
  const [text, setText] = useState(name);
  const [found, setFound] = useState<{ text: string; people: FoundPerson[] }>();
  const asked = useRef('');
  const typed = text.trim();
  const isSearching = typed.length >= SHORTEST && typed !== name;

  useEffect(() => {
    if (!isSearching) return;
    asked.current = typed;
    const timer = setTimeout(async () => {
      const answer = await api.people(typed);
      // Of a question that was overtaken nothing is shown.
      if (asked.current === typed) setFound({ text: typed, people: answer.ok ? answer.value : [] });
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed, isSearching, api]);

  const isKnown = found?.text === typed;
  const people = isKnown ? found.people : [];
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => {
        const other = people.find(({ id }) => id === value);
        const choice: Chosen = other ? { other, guest: null } : { other: null, guest: typed };
        setText(other?.name ?? typed);
        onChoose(choice);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          label={t('declare.name')}
          description={chosen.guest !== null && !isSearching ? t('declare.isWithoutAccount') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-field="who"
          value={text}
          error={error}
          autoComplete="off"
          maxLength={100}
          placeholder={t('declare.nameHint')}
          onChange={(event) => {
            setText(event.currentTarget.value);
            if (name !== '') onChoose({ other: null, guest: null });
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onFocus={() => isSearching && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isSearching}>
        <Combobox.Options aria-label={t('declare.name')}>
          {people.map((person) => (
            <Combobox.Option key={person.id} value={person.id}>
              <div>{person.name}</div>
              <div className={classes.aside}>{[person.siteName, person.phone].filter(Boolean).join(' · ')}</div>
            </Combobox.Option>
          ))}
          {isKnown && people.length === 0 && <div className={classes.none}>{t('declare.nobodyFound')}</div>}
          {isKnown ? (
            <Combobox.Option value={GUEST}>{t('declare.withoutAccount', { name: typed })}</Combobox.Option>
          ) : (
            <Combobox.Empty>{t('declare.searching')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
