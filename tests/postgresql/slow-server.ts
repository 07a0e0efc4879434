/** The server's services without HTTP, and a way to hold one of their transactions open. */
import { databaseOver, type GuichetDatabase } from '../../server/db/database.ts';
import { deskCache } from '../../server/db/desk.ts';
import { postgresStore } from '../../server/db/postgres-store.ts';
import type { Store } from '../../server/db/store.ts';
import { openFileFolder } from '../../server/files/folder.ts';
import type { PushServices } from '../../server/operations/push.ts';
import { fillDesk } from '../server/desk-content.ts';
import { newStorage } from '../server/storage.ts';

export interface BareServer {
  services: PushServices;
  /** Of its own. */
  folder: string;
  close(): Promise<void>;
}

/** `build`: what stands between the server and its database; nothing in the real one. */
export async function bareServer(build: (store: Store) => Store = (store) => store): Promise<BareServer> {
  const storage = await newStorage();
  const clock = () => new Date();
  const database = databaseOver(build(await postgresStore(String(storage.databaseUrl), clock)), clock);
  await database.write((tx) => fillDesk(tx, 'nobody signs in'));
  return {
    services: { database, desk: deskCache(), files: openFileFolder(storage.dataDir) },
    folder: storage.dataDir,
    close: async () => {
      await database.close();
      await storage.remove();
    },
  };
}

export interface Door {
  open(): void;
  readonly opened: Promise<void>;
}
export function door(): Door {
  let open = () => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { open: () => open(), opened };
}

/** The same services, whose next transaction stops when all its rows are written (`written`), before it takes the feed's counter. */
export function heldOpen({ database, ...rest }: PushServices): { services: PushServices; written: Promise<void>; goOn: () => void } {
  const [written, goOn] = [door(), door()];
  const write: GuichetDatabase['write'] = (work) =>
    database.write(async (tx) => {
      const value = await work(tx);
      written.open();
      await goOn.opened;
      return value;
    });
  return { services: { database: { ...database, write }, ...rest }, written: written.opened, goOn: goOn.open };
}
