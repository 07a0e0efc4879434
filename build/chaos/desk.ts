/** The desk on which it happens: two teams at work, people who ask, and tickets that were there before. */
import type { ImportOperation } from '#shared/contract/api.ts';
import { hashPassword } from '../../server/auth/password.ts';
import { openDatabase, readPosition } from '../../server/db/database.ts';
import { deskCache } from '../../server/db/desk.ts';
import { uuidOf } from '../../server/demo/draw.ts';
import { importOperations } from '../../server/operations/import.ts';
import { fillDesk, openInput, PASSWORD } from '../../tests/server/desk-content.ts';

/** Two technicians and the lead of "network", one and the lead of "workplace". */
export const technicians = ['amira', 'bruno', 'chloe', 'david', 'emma'] as const;
/** Each comes twice, as from two windows. */
export const requesters = ['farid', 'gina', 'farid', 'gina'] as const;
const IMPORTER = 'ines';
/** By category, the team that a ticket goes to. */
export const teamOfCategory = { wifi: 'network', laptop: 'workplace' } as const;
export const teamMates = { network: ['amira', 'bruno', 'chloe'], workplace: ['david', 'emma'] } as const;

export interface WhereData {
  dataDir: string;
  /** The servers' DATABASE_URL. */
  databaseUrl: string | null;
}

/** `tickets`: so many that nobody works on, so that a console has several pages to read. @throws Error when somebody's data is there */
export async function prepareDesk(where: WhereData, tickets: number): Promise<void> {
  const database = await openDatabase(where);
  try {
    if ((await database.read(readPosition)).seq > 0)
      throw new Error('This database is not empty: it may be somebody’s, nothing is tried on it.');
    const hash = await hashPassword(PASSWORD);
    await database.write((tx) => fillDesk(tx, hash));
    const openings = Array.from({ length: tickets }, (_, index) => openingOf(index));
    if (tickets > 0) await importOperations({ database, desk: deskCache() }, IMPORTER, openings, false);
  } finally {
    await database.close();
  }
}

function openingOf(index: number): ImportOperation {
  const [requester] = requesters;
  const input = openInput(requester, { title: `Old ${index}`, categoryId: index % 2 === 0 ? 'wifi' : 'laptop', channel: 'import' });
  return {
    id: uuidOf(`chaos/opening ${index}`),
    name: 'open',
    ticketId: uuidOf(`chaos/ticket ${index}`),
    actorId: requester,
    at: '2026-01-05T09:00:00.000Z',
    input,
  };
}
