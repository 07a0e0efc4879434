import { useState, useSyncExternalStore } from 'react';
import { usePortal } from '../desk/desk-context.ts';
import { newId } from '../kept/new-id.ts';
import { openShelf } from './shelf.ts';
import { type KeptUpload, type Upload, Uploads } from './uploads.ts';

/** The files of this form; `kept`: those of its draft. */
export function useUploads(kept: readonly KeptUpload[] = []): { uploads: Uploads; list: readonly Upload[] } {
  const { api, desk } = usePortal();
  const [uploads] = useState(() => {
    const { subtle } = globalThis.crypto;
    const made = new Uploads({
      api,
      maxBytes: desk.maxFileBytes,
      shelf: openShelf(),
      newId,
      digest: subtle && ((bytes) => subtle.digest('SHA-256', bytes)),
    });
    void made.restore(kept);
    return made;
  });
  const list = useSyncExternalStore(uploads.subscribe, () => uploads.list);
  return { uploads, list };
}
