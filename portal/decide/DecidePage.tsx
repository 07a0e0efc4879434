import { Button } from '@mantine/core';
import { IconLinkOff, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useSearch } from 'wouter';
import type { DecisionView } from '#shared/contract/portal.ts';
import type { Answer } from '../api/answer.ts';
import { failed, isRefused } from '../api/answer.ts';
import { DecisionApi } from '../api/decision-api.ts';
import type { Line } from '../api/http.ts';
import { useAsked } from '../asked/use-asked.ts';
import { DeskHeadContext } from '../desk/desk-context.ts';
import { EndingPage } from '../ending/EndingPage.tsx';
import { judgeByLink } from '../ending/judge.ts';
import { useWords } from '../i18n/index.ts';
import { Empty } from '../look/Empty.tsx';
import { Frame } from '../look/Frame.tsx';
import { Loading } from '../look/Loading.tsx';
import { Trouble } from '../look/Trouble.tsx';

/** As the server makes them; anything else is no token, and none that a request could carry. */
const TOKEN = /^[\w-]{20,200}$/;

/** Where the mail of a resolution leads: answers without a password. The token stays behind the # of the address, so that a reload works. */
export function DecidePage({ line }: { line: Line }) {
  const { t, language } = useWords();
  const token = useHash();
  const preset = new URLSearchParams(useSearch()).get('answer');
  const api = useMemo(() => (TOKEN.test(token) ? new DecisionApi(line, token) : undefined), [line, token]);
  const judge = useMemo(() => api && judgeByLink(api), [api]);
  const load = useCallback(async (): Promise<Answer<DecisionView>> => {
    return api ? api.view() : failed({ kind: 'refused', error: { error: 'link_unknown', message: '' } });
  }, [api]);
  const { value: view, failure, reload } = useAsked(load);
  const head = useMemo(() => ({ service: view?.service ?? 'Guichet', person: null, signOut: null }), [view]);

  function page(): ReactNode {
    if (!view || !judge) {
      if (!failure) return <Loading />;
      const isExpired = isRefused(failure, 'link_expired');
      if (!isExpired && !isRefused(failure, 'link_unknown')) return <Trouble failure={failure} onRetry={reload} />;
      return <DeadEnd title={t(isExpired ? 'end.expired' : 'end.invalid')} why={t(isExpired ? 'end.expiredWhy' : 'end.invalidWhy')} />;
    }
    if (view.isReplaced) return <DeadEnd above={view.title} title={t('end.replaced')} why={t('end.replacedWhy')} isReplaced />;
    const { title, number, ending, timeZone, serverTime, person } = view;
    return (
      <EndingPage
        key={token}
        title={number === null ? title : `${number}, ${title}`}
        personName={person.name}
        ending={ending}
        when={{ language, timeZone, now: serverTime }}
        judge={judge}
        preset={preset === 'yes' || preset === 'no' ? preset : null}
        phone={null}
        back={false}
        links={<MyTickets />}
      />
    );
  }
  return <DeskHeadContext value={head}>{page()}</DeskHeadContext>;
}

function MyTickets({ filled = false }: { filled?: boolean }) {
  const { t } = useWords();
  return (
    <Button component={Link} href="/" fullWidth {...(filled ? { variant: 'filled' } : {})}>
      {t('end.toTickets')}
    </Button>
  );
}

function DeadEnd({ above, title, why, isReplaced = false }: { above?: string; title: string; why: string; isReplaced?: boolean }) {
  const Icon = isReplaced ? IconRefresh : IconLinkOff;
  return (
    <Frame title={title} above={above} footer={<MyTickets filled />}>
      <Empty icon={<Icon size={32} stroke={1.5} aria-hidden />} why={why} />
    </Frame>
  );
}

/** What follows the # of the address: also when another link is opened in the same tab. */
function useHash(): string {
  const [hash, setHash] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const look = () => setHash(location.hash.slice(1));
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  return hash;
}
