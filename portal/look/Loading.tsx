import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import classes from './Loading.module.css';

/** Nothing before 150 ms: most answers come sooner. */
const AFTER_MS = 150;

/** The shape of a page that is on its way. */
export function Loading() {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className={classes.page} aria-busy="true" aria-label={t('frame.loading')}>
      {shown && (
        <>
          <Skeleton height={32} width="60%" animate={false} />
          <Skeleton height={64} animate={false} />
          <Skeleton height={64} animate={false} />
          <Skeleton height={64} animate={false} />
        </>
      )}
    </main>
  );
}
