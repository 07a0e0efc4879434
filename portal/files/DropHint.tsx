import { useWords } from '../i18n/index.ts';
import classes from './Files.module.css';

/** Over the whole page while files are held above it. */
export function DropHint({ over }: { over: boolean }) {
  const { t } = useWords();
  if (!over) return null;
  return (
    <div className={classes.drop} role="status">
      {t('files.drop')}
    </div>
  );
}
