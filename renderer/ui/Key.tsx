import { useTranslation } from 'react-i18next';
import { keyLabels } from '../keys/key-names.ts';
import classes from './Key.module.css';

/** A key hint. `k` as in the key maps: "c", "ctrl+enter", "g p" (two hints). `plain`: without ground, as in the rail. */
export function Key({ k, plain = false }: { k: string; plain?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={classes.keys} aria-hidden>
      {keyLabels(k, (name) => t(`shell:key.${name}`)).map((label, index) => (
        // A key may come twice in a sequence; the order never changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed sequence
        <kbd key={index} className={classes.key} data-plain={plain || undefined}>
          {label}
        </kbd>
      ))}
    </span>
  );
}
