import { TextInput } from '@mantine/core';
import { dialled, normalisePhone } from '#shared/domain/phone.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import { Choice } from '../look/Choice.tsx';
import classes from './Declare.module.css';
import { contactOf, type Declaration, type DeclarationField } from './declaration.ts';
import { PersonField } from './PersonField.tsx';

interface Props {
  draft: Declaration;
  onChange(to: Partial<Declaration>): void;
  errorOf(field: DeclarationField): string | undefined;
}

/** Who is to be called back, and on which number. */
export function Who({ draft, onChange, errorOf }: Props) {
  const { t } = useWords();
  const { desk } = usePortal();
  const { phone } = contactOf(draft, desk);
  const known = normalisePhone(phone, desk.defaultCountry);
  // A short one is an extension, unless it is the beginning of a longer one.
  const isBegun = known.e164 === null && /^\s*[+0]/.test(phone);
  const isDoubtful = phone.trim() !== '' && (dialled(known) === null || isBegun);
  /** What the directory says of the new person is proposed again. */
  const anew = { phone: null, siteId: null, place: null };
  return (
    <div>
      <Choice
        label={t('declare.who')}
        options={[
          { value: 'me', label: t('declare.me') },
          { value: 'other', label: t('declare.other') },
        ]}
        value={draft.who}
        onChange={(who) => onChange({ who, ...anew })}
      />
      <div className={classes.pair}>
        {draft.who === 'other' && (
          <PersonField
            chosen={draft}
            onChoose={(chosen) => onChange(chosen.guest === null ? { ...chosen, ...anew } : chosen)}
            error={errorOf('who')}
          />
        )}
        <div>
          <TextInput
            label={t('declare.phone')}
            type="tel"
            inputMode="tel"
            autoComplete={draft.who === 'me' ? 'tel' : 'off'}
            maxLength={60}
            data-field="phone"
            value={phone}
            onChange={(event) => onChange({ phone: event.currentTarget.value })}
            error={errorOf('phone')}
            aria-describedby={isDoubtful ? 'phone-doubt' : undefined}
          />
          <p id="phone-doubt" className={classes.doubt} role="status" hidden={!isDoubtful}>
            {isDoubtful ? t('declare.phoneDoubt') : ''}
          </p>
        </div>
      </div>
    </div>
  );
}
