import { useTranslation } from 'react-i18next';
import { languageOf, useSession } from '../state/session.ts';
import classes from './SignIn.module.css';

/** Both languages by their own names; the one in use is marked. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const current = useSession(languageOf);
  const change = useSession((state) => state.change);
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons that belong together, not a form
    <span className={classes.languages} role="group" aria-label={t('settings.language')}>
      {(['fr', 'en'] as const).map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className={classes.language}
          aria-pressed={current === language}
          onClick={() => change({ language })}
        >
          {t(`language.${language}`)}
        </button>
      ))}
    </span>
  );
}
