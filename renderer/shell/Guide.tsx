import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../keys/use-keys.ts';
import { useSession } from '../state/session.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Key } from '../ui/Key.tsx';
import { OpButton } from '../ui/OpButton.tsx';
import classes from './Guide.module.css';

const points = [
  { key: 'move', k: 'j k' },
  { key: 'write', k: 'n' },
  { key: 'call', k: 't' },
  { key: 'find', k: 'ctrl+k' },
  { key: 'offline', k: null },
] as const;

/** A person's first visit: five sentences in a corner, once. Nothing waits for it. */
export function Guide({ name }: { name: string }) {
  const { t } = useTranslation();
  const change = useSession((state) => state.change);
  const close = () => change({ guideSeen: true });
  useKeys({ escape: close });
  return (
    <aside className={classes.guide} aria-labelledby="guide-title">
      <header className={classes.head}>
        <h2 id="guide-title" className={classes.title}>
          {t('guide.title', { name: name.split(' ')[0] })}
        </h2>
        <IconButton label={t('guide.close')} onClick={close}>
          <IconX size={16} stroke={1.5} aria-hidden />
        </IconButton>
      </header>
      <dl className={classes.points}>
        {points.map(({ key, k }) => (
          <div key={key} className={classes.point}>
            <dt className={classes.keys}>{k && <Key k={k} />}</dt>
            <dd>{t(`guide.${key}`)}</dd>
          </div>
        ))}
      </dl>
      <OpButton label={t('guide.understood')} k="escape" onClick={close} />
    </aside>
  );
}
