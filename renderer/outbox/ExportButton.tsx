import { IconCheck, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { core } from '../core/client.ts';
import { serverNow } from '../time/now.ts';
import { OpButton } from '../ui/OpButton.tsx';

/** Everything that only this console has, as a file: for somebody who can help, or to be sure. */
export function ExportButton() {
  const { t } = useTranslation();
  const [state, setState] = useState<'ready' | 'saved' | 'failed'>('ready');
  async function save() {
    const text = await core.call('exportOutbox', undefined);
    const day = new Date(serverNow()).toISOString().slice(0, 10);
    const answer = await window.guichet.saveText({ name: `guichet-${day}.json`, text });
    if (answer.ok) setState(answer.value.saved ? 'saved' : 'ready');
    else setState('failed');
  }
  const icon = state === 'saved' ? <IconCheck size={16} stroke={1.5} /> : <IconDownload size={16} stroke={1.5} />;
  return <OpButton quiet icon={icon} label={t(`outbox.export.${state}`)} onClick={() => void save().catch(() => setState('failed'))} />;
}
