import type { PortalResolution } from '#shared/contract/portal.ts';
import { Avatar } from '../look/Avatar.tsx';
import { instantWords, type When } from '../time/words.ts';
import classes from './Ending.module.css';

/** What was done, by whom. */
export function Solution({ resolution, when }: { resolution: PortalResolution; when: When }) {
  return (
    <section className={classes.solution}>
      <div className={classes.by}>
        <Avatar name={resolution.byName} />
        <div>
          <div className={classes.name}>{resolution.byName}</div>
          <div className={classes.at}>{instantWords(resolution.at, when)}</div>
        </div>
      </div>
      <p className={classes.text}>{resolution.text}</p>
    </section>
  );
}
