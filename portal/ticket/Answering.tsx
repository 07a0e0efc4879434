import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { PortalTicketView } from '#shared/contract/portal.ts';
import { formatPhone } from '#shared/domain/phone.ts';
import { usePortal } from '../desk/desk-context.ts';
import { EndingPage } from '../ending/EndingPage.tsx';
import { judgeSignedIn } from '../ending/judge.ts';
import { FileButtons } from '../files/FileButtons.tsx';
import { FileList } from '../files/FileList.tsx';
import { useUploads } from '../files/use-uploads.ts';
import { useWords } from '../i18n/index.ts';

interface Props {
  view: PortalTicketView;
  preset: 'yes' | 'no' | 'rate';
  resolutionId: string;
  reload(): Promise<void>;
}

/** The end of a ticket for somebody who is signed in. */
export function Answering({ view, preset, resolutionId, reload }: Props) {
  const { t, language } = useWords();
  const { api, desk } = usePortal();
  const { uploads, list } = useUploads();
  const [judge] = useState(() => judgeSignedIn(api, view.ticket.id, resolutionId, () => void reload()));
  const { ticket, ending, phone } = view;
  const shown = (
    <div>
      <FileList uploads={list} links={[]} onRemove={(id) => uploads.remove(id)} onRemoveLink={() => undefined} />
      <FileButtons onFiles={(files) => uploads.add(files, t('end.photo'))} />
    </div>
  );
  return (
    <EndingPage
      title={ticket.title}
      personName={desk.person.name}
      ending={ending}
      when={{ language, timeZone: ticket.timeZone, now: view.serverTime }}
      judge={judge}
      preset={preset === 'rate' ? null : preset}
      phone={formatPhone(phone, desk.defaultCountry)}
      back
      photos={{ uploads, shown }}
      links={
        <Button component={Link} href={`/tickets/${ticket.id}`} fullWidth>
          {t('end.toTicket')}
        </Button>
      }
    />
  );
}
