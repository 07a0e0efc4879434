/** Files of drafts, kept in the browser until they are sent. */
export interface Shelf {
  put(id: string, file: Blob): Promise<void>;
  get(id: string): Promise<Blob | undefined>;
  drop(id: string): Promise<void>;
}

const STORE = 'files';

/** A browser that keeps nothing (a private window, a full disk) has an empty one. */
export function openShelf(): Shelf {
  const opened = Promise.resolve()
    .then(open)
    .catch(() => undefined);
  async function ask<T>(mode: IDBTransactionMode, request: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    const database = await opened;
    if (!database) return undefined;
    try {
      return await result(request(database.transaction(STORE, mode).objectStore(STORE)));
    } catch {
      return undefined;
    }
  }
  return {
    async put(id, file) {
      await ask('readwrite', (store) => store.put(file, id));
    },
    async get(id) {
      const found: unknown = await ask('readonly', (store) => store.get(id));
      return found instanceof Blob ? found : undefined;
    },
    async drop(id) {
      await ask('readwrite', (store) => store.delete(id));
    },
  };
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('guichet-drafts', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return result(request);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps no files'));
  });
}
