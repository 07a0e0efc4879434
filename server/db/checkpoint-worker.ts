/** In a thread of its own: copies what a write-ahead log holds into its database whenever it is asked to. Writers go on meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const db = new Database(workerData as string);
db.pragma('busy_timeout = 5000');
parentPort?.on('message', (asked: 'checkpoint' | 'stop') => {
  if (asked === 'stop') {
    db.close();
    parentPort?.close();
    return;
  }
  db.pragma('wal_checkpoint(PASSIVE)');
  parentPort?.postMessage('done');
});
