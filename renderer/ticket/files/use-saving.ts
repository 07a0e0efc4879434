import { useState } from 'react';
import type { AttachedFile } from '#shared/domain/model.ts';
import type { Words } from '../say.ts';
import { saveFile } from './save.ts';

/** Saves a file once at a time; `problem`: why it was not, in words. */
export function useSaving(ticketId: string, file: AttachedFile, words: Words) {
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function save() {
    if (saving) return;
    setSaving(true);
    setProblem(null);
    const outcome = await saveFile(ticketId, file);
    setSaving(false);
    setSaved(outcome === 'saved');
    if (outcome === 'needs_network' || outcome === 'missing') setProblem(words.say(`files.unseen.${outcome}`));
    else if (typeof outcome === 'object') setProblem(words.say('files.notSaved', { detail: outcome.failed }));
  }
  return { saving, saved, problem, save };
}
