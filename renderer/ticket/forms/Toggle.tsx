import { Switch } from '@mantine/core';
import classes from './forms.module.css';

interface Props {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  labelPosition?: 'left' | 'right';
  /** Small grey label, beside other hints. */
  quiet?: boolean;
}

/** On or off, at once. */
export function Toggle({ label, checked, onChange, labelPosition = 'right', quiet = false }: Props) {
  return (
    <Switch
      size="sm"
      withThumbIndicator={false}
      label={label}
      labelPosition={labelPosition}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
      mod={{ quiet }}
      classNames={{
        root: classes.toggle ?? '',
        track: classes.toggleTrack ?? '',
        thumb: classes.toggleThumb ?? '',
        label: classes.toggleLabel ?? '',
      }}
    />
  );
}
