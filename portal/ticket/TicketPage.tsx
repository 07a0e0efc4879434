import { Button } from '@mantine/core';
import { IconFileUnknown } from '@tabler/icons-react';
import { useCallback } from 'react';
import { Link, useSearch } from 'wouter';
import { isRefused } from '../api/answer.ts';
import { useAsked } from '../asked/use-asked.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import { Empty } from '../look/Empty.tsx';
import { Frame } from '../look/Frame.tsx';
import { Loading } from '../look/Loading.tsx';
import { Trouble } from '../look/Trouble.tsx';
import { Answering } from './Answering.tsx';
import { Follow } from './Follow.tsx';

const EVERY_MS = 20_000;

/** One ticket; with `?answer=` in the address the question whether it is solved, or its rating. */
export function TicketPage({ id }: { id: string }) {
  const { t } = useWords();
  const { api } = usePortal();
  const answer = new URLSearchParams(useSearch()).get('answer');
  const load = useCallback(() => api.ticket(id), [api, id]);
  const { value: view, failure, reload } = useAsked(load, EVERY_MS);
  if (!view) {
    if (!failure) return <Loading />;
    const isGone = isRefused(failure, 'not_found') || isRefused(failure, 'invalid_input');
    return isGone ? <Gone title={t('ticket.gone')} why={t('ticket.goneWhy')} /> : <Trouble failure={failure} onRetry={reload} />;
  }
  const isAsked = answer === 'yes' || answer === 'no' || answer === 'rate';
  return isAsked && view.ending.resolution ? (
    <Answering view={view} preset={answer} resolutionId={view.ending.resolution.id} reload={reload} />
  ) : (
    <Follow view={view} failure={failure} reload={reload} />
  );
}

function Gone({ title, why }: { title: string; why: string }) {
  const { t } = useWords();
  return (
    <Frame
      title={title}
      back
      footer={
        <Button component={Link} href="/" variant="filled">
          {t('sent.mine')}
        </Button>
      }
    >
      <Empty icon={<IconFileUnknown size={32} stroke={1.5} aria-hidden />} why={why} />
    </Frame>
  );
}
