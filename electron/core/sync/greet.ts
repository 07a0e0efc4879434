/** Console and server say which versions of the protocol they speak. */
import { PROTOCOL_VERSION } from '#shared/contract/api.ts';
import type { ServerApi } from './server-api.ts';
import type { ServerClock } from './server-clock.ts';
import { SyncError } from './sync-error.ts';

/**
 * Once whenever the line comes up. What a console that is too old has done still leaves (`push`): operations never change their meaning. A
 * server that is too old is sent nothing, since it would refuse for ever what it does not know yet. @throws SyncError `too_old`, `server_too_old`
 */
export async function greet(api: ServerApi, clock: ServerClock, push: () => Promise<void>): Promise<void> {
  // The clock needs several samples.
  for (let i = clock.hasSample() ? 2 : 0; i < 2; i++) await api.hello();
  const { protocols } = await api.hello();
  const told = `the server speaks ${protocols.join(', ')}`;
  if (protocols.every((one) => one < PROTOCOL_VERSION)) throw new SyncError('server_too_old', told);
  if (protocols.includes(PROTOCOL_VERSION)) return;
  await push();
  throw new SyncError('too_old', told);
}
