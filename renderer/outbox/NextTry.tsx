import { useTranslation } from 'react-i18next';
import { useTicking } from '../time/now.ts';

/** "Next try in 20 s", ticking; empty while none is planned. `at`: server time. */
export function NextTry({ at, className }: { at: string | null; className?: string | undefined }) {
  const { t } = useTranslation();
  const seconds = useTicking((now) => (at === null ? -1 : Math.max(0, Math.ceil((Date.parse(at) - now) / 1000))));
  return <span className={className}>{seconds < 0 ? '' : seconds === 0 ? t('outbox.trying') : t('outbox.nextTry', { seconds })}</span>;
}
