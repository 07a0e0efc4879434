/** A watch as a React value: undefined until the first answer. */
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { Watches, WatchName } from '#shared/contract/core.ts';
import { core } from './client.ts';

export function useWatch<K extends WatchName>(name: K, input: z.input<Watches[K]['input']>): z.output<Watches[K]['output']> | undefined {
  const key = JSON.stringify(input);
  const [state, setState] = useState<{ key: string; value: z.output<Watches[K]['output']> }>();
  useEffect(() => core.watch(name, JSON.parse(key ?? 'null') ?? undefined, (value) => setState({ key, value })), [name, key]);
  return state?.value;
}
