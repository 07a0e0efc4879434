import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Failure } from '../api/answer.ts';
import { failureWords } from '../api/failure-words.ts';
import { useWords } from '../i18n/index.ts';
import { Empty } from './Empty.tsx';
import { Frame } from './Frame.tsx';

/** Instead of a page that could not be loaded. */
export function Trouble({ failure, onRetry }: { failure: Failure; onRetry(): Promise<void> }) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  async function retry() {
    setBusy(true);
    if (failure.kind === 'unreadable') location.reload();
    await onRetry();
    setBusy(false);
  }
  return (
    <Frame
      title={t('failure.title')}
      footer={
        <Button variant="filled" loading={busy} onClick={() => void retry()}>
          {t('failure.retry')}
        </Button>
      }
    >
      <div role="alert">
        <Empty icon={<IconPlugConnectedX size={32} stroke={1.5} aria-hidden />} why={failureWords(failure, t)} />
      </div>
    </Frame>
  );
}
