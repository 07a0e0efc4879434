import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { CoreCalls } from '#shared/contract/core.ts';
import { core } from '../core/client.ts';

/** Not for a ticket that is only passed by with J and K: core may have to look through hundreds of others. */
const STAYS_MS = 150;

type Question = 'similar' | 'earlier';

/** What core answers about what one stays at; undefined until then, and after a failure. `input` null: nothing is asked. `after`: ms. */
export function useAsked<K extends Question>(
  name: K,
  input: z.input<CoreCalls[K]['input']> | null,
  after = STAYS_MS,
): z.output<CoreCalls[K]['output']> | undefined {
  const key = JSON.stringify(input);
  const [known, setKnown] = useState<{ key: string; answer: z.output<CoreCalls[K]['output']> }>();
  useEffect(() => {
    if (key === 'null') return;
    let current = true;
    const ask = () =>
      core
        .call(name, JSON.parse(key) as z.input<CoreCalls[K]['input']>)
        .then((answer) => current && setKnown({ key, answer }))
        .catch(() => undefined);
    const timer = setTimeout(ask, after);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [name, key, after]);
  return known?.key === key ? known.answer : undefined;
}
