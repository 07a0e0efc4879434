import { IconLink, IconPaperclip } from '@tabler/icons-react';
import { OpButton } from '../../ui/OpButton.tsx';
import { useAttaching } from '../files/attaching.ts';
import { PickFiles } from '../files/PickFiles.tsx';
import { labelOf } from '../perform.ts';
import { useTicket } from '../ticket-context.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { Field, Segments, TextField } from './fields.tsx';
import { useOperationForm } from './use-operation-form.ts';

type Content = { url: string; title: string; visibility: 'internal' | 'public' };

/** As the address is sent: the way it would be opened. Undefined: it is none that may be. */
export function linkOf(typed: string): string | undefined {
  const text = typed.trim();
  const address = /^[\w.+-]+@[\w.-]+$/.test(text) ? `mailto:${text}` : /^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const { href, protocol } = new URL(address);
  return protocol === 'https:' || protocol === 'mailto:' ? href : undefined;
}

/** Files, chosen here as well as pasted or dropped; or a link. */
export function AttachForm() {
  const { detail, words } = useTicket();
  const { say } = words;
  const form = useOperationForm<Content>('attach', { url: '', title: '', visibility: 'internal' });
  const { url, title, visibility } = form.content;
  const send = () => {
    const link = linkOf(url);
    const wrong = url.trim() === '' ? 'attachForm.urlNeeded' : link === undefined ? 'attachForm.urlWrong' : undefined;
    void form.send(wrong ? { 'content.url': say(wrong) } : {}, () => ({ content: { kind: 'link', url: link, title }, visibility }));
  };
  return (
    <FormFrame
      title={say('attachForm.title')}
      icon={<IconLink size={16} stroke={1.5} />}
      submit={say('attachForm.submit')}
      savedAt={form.savedAt}
      sending={form.sending}
      wrong={form.wrong}
      onSubmit={send}
      onBack={form.back}
    >
      <Segments
        label={say('attachForm.readers')}
        value={visibility}
        options={[
          { value: 'internal', text: say('attachForm.internal') },
          { value: 'public', text: say('attachForm.public') },
        ]}
        onChoose={(chosen) => form.change({ visibility: chosen })}
      />
      <Field label={say('attachForm.files')} hint={say('attachForm.filesHint')}>
        {(id) => (
          <PickFiles
            words={words}
            onFiles={(files) => {
              void useAttaching.getState().attach({ id: detail.ticket.id, label: labelOf(detail) }, files, visibility);
              form.back();
            }}
          >
            {(open) => <OpButton id={id} icon={<IconPaperclip size={16} stroke={1.5} />} label={say('attachForm.choose')} onClick={open} />}
          </PickFiles>
        )}
      </Field>
      <TextField
        label={say('attachForm.url')}
        value={url}
        maxLength={2000}
        inputMode="url"
        spellCheck={false}
        autoFocus
        placeholder={say('attachForm.urlPlaceholder')}
        error={form.errors['content.url']}
        onText={(text) => form.change({ url: text }, 'content.url')}
      />
      <TextField
        label={say('attachForm.name')}
        aside={say('form.optional')}
        value={title}
        maxLength={200}
        error={form.errors['content.title']}
        onText={(text) => form.change({ title: text }, 'content.title')}
      />
      <FormProblem problem={form.problem} onAgain={send} />
    </FormFrame>
  );
}
