import { Button } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useCallback } from 'react';
import { Link } from 'wouter';
import type { Expected } from '#shared/contract/portal.ts';
import type { Kind } from '#shared/domain/model.ts';
import { useAsked } from '../asked/use-asked.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import { Frame } from '../look/Frame.tsx';
import { Notice } from '../look/Notice.tsx';
import { instantWords } from '../time/words.ts';
import classes from './Sent.module.css';

export interface SentTicket {
  id: string;
  isEarlier: boolean;
  /** Names of files that are not on it. */
  lost: readonly string[];
  expected: Expected | undefined;
  /** Null: who sent it. */
  beneficiary: string | null;
}

/** The number, and when to expect a call. */
export function Sent({ kind, sent }: { kind: Kind; sent: SentTicket }) {
  const { t, language } = useWords();
  const { api } = usePortal();
  const load = useCallback(() => api.ticket(sent.id), [api, sent.id]);
  const { value: view } = useAsked(load);
  const { expected, beneficiary } = sent;
  const callBy = view?.ticket.promises.callBy ?? expected?.callBy ?? null;
  const when = expected && { language, timeZone: expected.timeZone, now: view?.serverTime ?? expected.serverTime };
  return (
    <Frame
      title={t(`sent.title.${kind}`)}
      footer={
        <div className={classes.links}>
          <Button component={Link} href={`/tickets/${sent.id}`} variant="filled" fullWidth>
            {t('sent.follow')}
          </Button>
          <Button component={Link} href="/" fullWidth>
            {t('sent.mine')}
          </Button>
        </div>
      }
    >
      <div role="status">
        <p>{t('sent.number')}</p>
        <p className={classes.number}>{view?.ticket.number ?? '…'}</p>
        <div className={classes.call}>
          <IconPhone size={20} stroke={1.75} aria-hidden />
          <p>
            {callBy === null || !when
              ? t('sent.callUnknown')
              : t(beneficiary === null ? 'sent.callMe' : 'sent.callOther', { name: beneficiary, time: instantWords(callBy, when) })}
          </p>
        </div>
      </div>
      <div className={classes.notices}>
        {sent.isEarlier && <Notice>{t('sent.earlier')}</Notice>}
        {sent.lost.length > 0 && <Notice tone="wrong">{t('sent.filesLost', { names: sent.lost.join(', ') })}</Notice>}
      </div>
    </Frame>
  );
}
