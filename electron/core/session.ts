/** Everything that runs for one signed-in person: his place of work, the loops that talk to the server, his files. */
import type { AlertView, QuietTimes } from '#shared/contract/alerts.ts';
import { Alerts } from './alerts/alerts.ts';
import { Files } from './files/files.ts';
import type { Machine } from './machine.ts';
import type { Outbox } from './storage/outbox.ts';
import type { ProfileFiles } from './storage/profile.ts';
import { Bootstrap } from './sync/bootstrap.ts';
import { Pull } from './sync/pull.ts';
import { Push } from './sync/push.ts';
import { ServerApi } from './sync/server-api.ts';
import type { ServerClock } from './sync/server-clock.ts';
import { SyncLoop } from './sync/sync-loop.ts';
import type { TokenSource } from './sync/tokens.ts';
import { Workplace } from './workplace.ts';

export interface Session {
  personId: string;
  server: string;
  api: ServerApi;
  place: Workplace;
  loop: SyncLoop;
  files: Files;
  alerts: Alerts;
}
export interface SessionOptions extends Pick<Session, 'personId' | 'server'> {
  tokens: TokenSource;
  outbox: Outbox;
  /** cache.db is there. */
  files: ProfileFiles;
  clock: ServerClock;
  machine: Machine;
  /** Something that a watch may show. */
  onChange(): void;
  onPosition(cursor: string): void;
  quiet(): QuietTimes;
  /** Alerts that came at once, for the system's notifications. */
  onAlerts(alerts: readonly AlertView[]): void;
  /** A file was found damaged where nobody can be told by an error. */
  onDamage(error: unknown): void;
}

/** Opens the files; nothing talks to the server before its loops are started. */
export function beginSession(options: SessionOptions): Session {
  const { personId, server, tokens, outbox, clock, machine, onChange, onPosition, onDamage } = options;
  const file = options.files.cache;
  const now = () => clock.now();
  outbox.setMeta('owner', personId);
  outbox.prune(now());
  const line = { isOnline: () => loop.isOnline() };
  const onRows = (touched: { tables: Set<Parameters<Workplace['desk']['table']>[0]> }) => {
    place.desk.forget(touched.tables);
    if (place.view.hasWork()) place.view.refresh();
    alerts.changed(touched.tables);
    onChange();
  };
  const onAnswers = () => {
    place.view.refresh();
    alerts.touch();
    onChange();
    files.wake();
  };
  const api = new ServerApi(server, tokens, clock, machine);
  const push = new Push({ outbox, personId, now, onChange: onAnswers, machine });
  const pull = new Pull({ file, now, onRows, machine });
  const swap = (replace: () => void) => {
    place.swapCache(replace);
    alerts.replaced();
    onChange();
  };
  const onProgress = (progress: number | null) => loop.setProgress(progress);
  const bootstrap = new Bootstrap({ file, personId, now, onRows, swap, onProgress, machine });
  const onStatus = () => {
    onChange();
    files.wake();
  };
  const loop = new SyncLoop({ api, clock, tokens, push, pull, bootstrap, onDamage, onStatus, onPosition, machine });
  // The overlay asks for the line only later, when the loop is there.
  const place = new Workplace({ personId, file, outbox, line, now, machine, onDamage });
  const { folder } = options.files;
  const files = new Files({ place, folder, api, tokens, onProgress: onChange, onUploaded: () => loop.wake(), machine, onDamage });
  const onError = (error: unknown) => {
    console.error(error);
    onDamage(error);
  };
  const alerts = new Alerts({
    place,
    isTimeKnown: () => clock.hasSample(),
    quiet: options.quiet,
    tell: options.onAlerts,
    onChange,
    onError,
  });
  // A kill may have come between the cache's new epoch and the outbox's.
  const position = place.reader.position();
  if (position !== null) outbox.noteEpoch(epochOf(position));
  void bootstrap.settle();
  return { personId, server, api, place, loop, files, alerts };
}

export async function endSession({ loop, files, alerts, place }: Session): Promise<void> {
  await Promise.all([loop.stop(), files.stop(), alerts.stop()]);
  place.close();
}

/** Of the server's history that a cursor is of. */
export function epochOf(cursor: string): string {
  return cursor.split(':')[0] ?? '';
}
