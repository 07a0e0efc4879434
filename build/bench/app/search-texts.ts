/** What is typed into the search: words and word pairs of the desk's own titles, names, numbers, and words that are nowhere. */
import Database from 'better-sqlite3';
import { fold } from '#shared/domain/words.ts';
import type { BenchStage } from '../measurement.ts';

const nowhere = ['zzqx', 'wyvern', 'kqj'];

/** Texts of together at least `letters` letters (spaces not counted), the same for the same desk. */
export function searchTexts({ dataSet }: Pick<BenchStage, 'dataSet'>, letters: number): string[] {
  const db = new Database(dataSet.file, { readonly: true });
  const strings = (sql: string) => db.prepare<[], string>(sql).pluck().all() as string[];
  const titles = strings("SELECT json_extract(doc, '$.title') FROM ticket ORDER BY id LIMIT 500");
  const numbers = strings("SELECT json_extract(doc, '$.number') FROM ticket ORDER BY id LIMIT 500");
  const names = strings("SELECT json_extract(doc, '$.name') FROM directory WHERE table_name = 'person' ORDER BY id LIMIT 500");
  db.close();
  const chosen: string[] = [];
  let count = 0;
  for (let i = 0; count < letters; i++) {
    const title = wordsOf(titles[(i * 7) % titles.length]);
    const name = wordsOf(names[(i * 13) % names.length]);
    const number = numbers[(i * 11) % numbers.length]?.replace(/\D/g, '').slice(4).replace(/^0+/, '') ?? '';
    const kinds = [title[0], title.slice(0, 2).join(' '), name[0], number, title[1], name.join(' '), nowhere[i % nowhere.length]];
    const text = kinds[i % kinds.length];
    if (!text) continue;
    const rest = letters - count;
    const cut = text.slice(0, Math.max(1, rest)).trim();
    chosen.push(cut);
    count += cut.replaceAll(' ', '').length;
  }
  return chosen;
}

/** As one types them: without accents, at most three of some length. */
function wordsOf(text = ''): string[] {
  return (fold(text).match(/[a-z]{3,}/g) ?? []).slice(0, 3);
}
