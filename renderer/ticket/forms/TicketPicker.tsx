import { useState } from 'react';
import { useWatch } from '../../core/use-watch.ts';
import { useWords } from '../say.ts';
import { type Option, Picker } from './Picker.tsx';

/** A ticket as it stands in the field: "I-2026-004211 · Plus de réseau". */
export function ticketLabel({ number, title }: { number: string | null; title: string }): string {
  return [number, title].filter(Boolean).join(' · ');
}

interface Props {
  label: string;
  value: string | null;
  chosen: string;
  /** Not to be chosen: the ticket itself. */
  except?: string;
  error?: string | undefined;
  onChoose(option: Option): void;
}

/** A ticket, found by number or by words among those that are here. */
export function TicketPicker({ label, value, chosen, except, error, onChoose }: Props) {
  const { say } = useWords();
  const [typed, setTyped] = useState('');
  const found = useWatch('list', { view: 'search', text: typed, sort: 'newest', teamIds: [], siteIds: [], kinds: [], offset: 0, limit: 8 });
  const rows = typed.trim() === '' ? [] : (found?.rows ?? []);
  return (
    <Picker
      label={label}
      placeholder={say('linkForm.placeholder')}
      nothing={say(typed.trim() === '' ? 'linkForm.typeFirst' : 'linkForm.nothing')}
      value={value}
      chosen={chosen}
      options={rows.filter(({ id }) => id !== except).map((row) => ({ id: row.id, label: ticketLabel(row), detail: row.beneficiary }))}
      autoFocus
      error={error}
      onType={(text) => setTyped(text.slice(0, 200))}
      onChoose={onChoose}
    />
  );
}
