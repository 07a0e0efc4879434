/** The physical limit of a durable request: Node's own HTTP server, one plain insert, the answer in ANSWER. For the bench only. */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';

const answer = process.env.ANSWER ?? '{}';
const url = process.env.PLAIN_DATABASE_URL;
const { insert, close } = url === undefined ? sqlite(process.env.DATA_DIR ?? '.') : await postgres(url);

interface Plain {
  insert(body: string): unknown;
  close(): unknown;
}

function sqlite(folder: string): Plain {
  mkdirSync(folder, { recursive: true });
  const db = new Database(join(folder, 'plain.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE IF NOT EXISTS request(id INTEGER PRIMARY KEY, body TEXT NOT NULL)');
  const statement = db.prepare('INSERT INTO request(body) VALUES (?)');
  return { insert: (body) => statement.run(body), close: () => db.close() };
}

async function postgres(connectionString: string): Promise<Plain> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  // An ordinary one: what is in a temporary table waits for no disk.
  await client.query('CREATE TABLE plain_request(id serial PRIMARY KEY, body text NOT NULL)');
  return {
    insert: (body) => client.query({ name: 'insert', text: 'INSERT INTO plain_request(body) VALUES ($1)', values: [body] }),
    close: async () => {
      await client.query('DROP TABLE plain_request');
      await client.end();
    },
  };
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    await insert(Buffer.concat(chunks).toString());
    response.setHeader('content-type', 'application/json').end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`Guichet server listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () =>
  server.close(async () => {
    await close();
    process.exit(0);
  }),
);
