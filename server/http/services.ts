/** What the routes work with, made once at start. */
import type { GuichetDatabase } from '../db/database.ts';
import type { DeskCache } from '../db/desk.ts';
import type { FileFolder } from '../files/folder.ts';
import type { SeenPositions } from '../operations/occurred.ts';
import type { ServerSettings } from '../settings.ts';
import type { LiveStreams } from './live-streams.ts';

export interface Services {
  settings: ServerSettings;
  version: string;
  /** Of the API; the one before is served too. */
  protocol: number;
  database: GuichetDatabase;
  desk: DeskCache;
  files: FileFolder;
  clock: () => Date;
  seen: SeenPositions;
  streams: LiveStreams;
}
