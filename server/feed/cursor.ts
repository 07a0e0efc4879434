/** Cursors "epoch:seq:tag": a place in the feed that can be told from a place in another one. */
import type { Position, ReadDb } from '../db/database.ts';

export interface PlaceInFeed {
  epoch: string;
  seq: number;
  tag: string;
}

export function formatCursor(place: PlaceInFeed): string {
  return `${place.epoch}:${place.seq}:${place.tag}`;
}
/** The text fits the contract's `Cursor` already. */
export function parseCursor(text: string): PlaceInFeed {
  const [epoch = '', seq = '', tag = ''] = text.split(':');
  return { epoch, seq: Number(seq), tag };
}

/** Whether the feed can go on from there for this person: same epoch, not ahead, same tag, rights unchanged since. */
export async function fitsFeed(db: ReadDb, place: PlaceInFeed, now: Position, personId: string): Promise<boolean> {
  if (place.epoch !== now.epoch || place.seq > now.seq) return false;
  const scope = await db.selectFrom('person_scope').select('seq').where('person_id', '=', personId).executeTakeFirst();
  if (scope && scope.seq > place.seq) return false;
  if (place.seq === 0) return place.tag === '0';
  const row = await db.selectFrom('feed').select('tag').where('seq', '=', place.seq).limit(1).executeTakeFirst();
  return row?.tag === place.tag;
}
