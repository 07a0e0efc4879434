import { useEffect, useState } from 'react';
import type { Person } from '#shared/domain/model.ts';
import { formatPhone } from '#shared/domain/phone.ts';
import { core } from '../../core/client.ts';
import { useWatch } from '../../core/use-watch.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Picker } from './Picker.tsx';

const A_NUMBER = /\d\D*\d/;

/** Asks core as one types; an answer that comes late does not replace a newer one. */
function usePeople(text: string): readonly Person[] {
  const [found, setFound] = useState<readonly Person[]>([]);
  useEffect(() => {
    if (text.trim() === '') {
      setFound([]);
      return;
    }
    let current = true;
    core
      .call('findPeople', text.slice(0, 100))
      .then((people) => current && setFound(people))
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [text]);
  return found;
}

interface Props {
  label: string;
  aside?: string;
  placeholder?: string;
  nothing: string;
  value: string | null;
  chosen: string;
  siteName(id: string | null): string | undefined;
  error?: string | undefined;
  autoFocus?: boolean;
  onChoose(person: Person): void;
}

/** People by name, login or number, with their site and place; with their number when that is what is typed. */
export function PersonPicker({ siteName, onChoose, ...rest }: Props) {
  const { defaultCountry } = useWatch('desk', undefined) ?? { defaultCountry: null };
  const [text, setText] = useState('');
  const people = usePeople(text);
  return (
    <Picker
      {...rest}
      options={people.map((person) => ({
        id: person.id,
        label: person.name,
        detail: [
          [siteName(person.siteId), person.place].filter(Boolean).join(', '),
          A_NUMBER.test(text) && person.phone && formatPhone(person.phone, defaultCountry),
        ]
          .filter(Boolean)
          .join(' · '),
        icon: <Avatar name={person.name} />,
      }))}
      onType={setText}
      onChoose={({ id }) => {
        const person = people.find((candidate) => candidate.id === id);
        if (person) onChoose(person);
      }}
    />
  );
}
