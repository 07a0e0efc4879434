import type { PortalTicketView } from '#shared/contract/portal.ts';
import type { Entry } from '#shared/domain/model.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import { instantWords, type When } from '../time/words.ts';
import { Attached } from './Attached.tsx';
import { entryWords } from './entry-words.ts';
import classes from './Timeline.module.css';

/** What happened, the newest first. */
export function Timeline({ view, when }: { view: PortalTicketView; when: When }) {
  const { t, language } = useWords();
  const { desk } = usePortal();
  const context = { view, me: desk.person.id, categories: desk.categories, language, when, t };
  return (
    <ol>
      {newestFirst(view.entries).map((entry) => {
        const { text, body, attachment, isSaid } = entryWords(entry, context);
        return (
          <li key={entry.id} className={classes.item}>
            <p className={isSaid ? classes.said : undefined}>{text}</p>
            {body && <p className={classes.body}>{body}</p>}
            {attachment && <Attached attachment={attachment} />}
            <p className={classes.at}>{instantWords(entry.at, when)}</p>
          </li>
        );
      })}
    </ol>
  );
}

/** The opening is before everything, also before what was attached in the same instant. */
function newestFirst(entries: readonly Entry[]): Entry[] {
  const shown = entries.filter(({ undone }) => !undone).toReversed();
  return [...shown.filter(({ kind }) => kind !== 'opened'), ...shown.filter(({ kind }) => kind === 'opened')];
}
