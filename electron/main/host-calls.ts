/** The window's calls: each checks who asks, parses what is asked, and answers with a result. */
import { type IpcMain, type IpcMainEvent, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { z } from 'zod';
import { hostChannel, PORT_CHANNEL } from '#shared/contract/channels.ts';
import { type HostCallName, type HostCalls, type HostResult, hostCalls } from '#shared/contract/host.ts';
import { pageOrigin } from './page-files.ts';

type Answer<T> = HostResult<T> | Promise<HostResult<T>>;
/** A call without its handler does not compile. */
export type HostHandlers = {
  [K in HostCallName]: (input: z.output<HostCalls[K]['input']>) => Answer<z.input<HostCalls[K]['output']>>;
};

export function serveHostCalls(handlers: HostHandlers, requestPort: (window: Electron.WebContents) => void, ipc: IpcMain = ipcMain): void {
  for (const name of Object.keys(hostCalls) as HostCallName[]) {
    ipc.handle(hostChannel(name), (event, input: unknown) => {
      if (!isOurPage(event)) throw new Error('refused: not the page of this app');
      return answer(name, handlers, input);
    });
  }
  ipc.on(PORT_CHANNEL, (event) => {
    if (isOurPage(event)) requestPort(event.sender);
  });
}

/** The top frame of a window, on the page's own origin. */
function isOurPage(event: IpcMainInvokeEvent | IpcMainEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && frame.origin === pageOrigin;
}

async function answer<K extends HostCallName>(name: K, handlers: HostHandlers, input: unknown): Promise<HostResult<unknown>> {
  const parsed = hostCalls[name].input.safeParse(input);
  if (!parsed.success) return { ok: false, failure: { kind: 'other', detail: `${name}: invalid input` } };
  try {
    const handler = handlers[name] as (parsed: unknown) => Answer<unknown>;
    return await handler(parsed.data);
  } catch (error) {
    // The code says enough (ENOSPC, EACCES); a message could hold what was typed.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal';
    console.error(`${name} failed: ${code}`);
    return { ok: false, failure: { kind: 'other', detail: code } };
  }
}
