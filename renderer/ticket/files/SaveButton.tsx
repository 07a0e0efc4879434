import { IconCheck, IconDownload } from '@tabler/icons-react';
import type { AttachedFile } from '#shared/domain/model.ts';
import { OpButton } from '../../ui/OpButton.tsx';
import { Problem } from '../Problem.tsx';
import type { Words } from '../say.ts';
import { useSaving } from './use-saving.ts';

/** Beside the picture, in the viewer. */
export function SaveButton({ ticketId, file, words }: { ticketId: string; file: AttachedFile; words: Words }) {
  const { saving, saved, problem, save } = useSaving(ticketId, file, words);
  return (
    <>
      {problem && <Problem>{problem}</Problem>}
      <OpButton
        small
        quiet
        busy={saving}
        icon={saved ? <IconCheck size={16} stroke={1.5} /> : <IconDownload size={16} stroke={1.5} />}
        label={words.say(saved ? 'files.saved' : 'files.saveAs')}
        onClick={() => void save()}
      />
    </>
  );
}
