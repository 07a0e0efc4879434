import { useCallback, useEffect, useState } from 'react';
import type { QuarantineList, QuarantineView } from '#shared/contract/quarantine.ts';
import { CoreError, core } from '../core/client.ts';

/** `outOfReach`: the server is, and only it knows. */
export type Asked<T> = { state: 'asking' } | { state: 'there'; value: T } | { state: 'failed'; outOfReach: boolean };

function failed(error: unknown): { state: 'failed'; outOfReach: boolean } {
  return { state: 'failed', outOfReach: error instanceof CoreError && error.failure.kind === 'out_of_reach' };
}

/** The mails that wait, asked for now and whenever `count` (of the last look) is another one. */
export function useMails(count: number | undefined): { mails: Asked<QuarantineList>; again(): void } {
  const [mails, setMails] = useState<Asked<QuarantineList>>({ state: 'asking' });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: both say that the list may be another one
  useEffect(() => {
    let current = true;
    core
      .call('listMails', undefined)
      .then((value) => current && setMails({ state: 'there', value }))
      // What was shown stays while the network is away.
      .catch((error: unknown) => current && setMails((before) => (before.state === 'there' ? before : failed(error))));
    return () => {
      current = false;
    };
  }, [count, turn]);
  return { mails, again: useCallback(() => setTurn((before) => before + 1), []) };
}

/** One of them, whole. */
export function useMail(id: string): { mail: Asked<QuarantineView>; again(): void } {
  const [asked, setAsked] = useState<{ id: string; mail: Asked<QuarantineView> }>();
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    let current = true;
    core
      .call('readMail', id)
      .then((value) => current && setAsked({ id, mail: { state: 'there', value } }))
      .catch((error: unknown) => current && setAsked({ id, mail: failed(error) }));
    return () => {
      current = false;
    };
  }, [id, turn]);
  return { mail: asked?.id === id ? asked.mail : { state: 'asking' }, again: useCallback(() => setTurn((before) => before + 1), []) };
}
