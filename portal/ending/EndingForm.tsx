import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { PortalResolution } from '#shared/contract/portal.ts';
import { useWords } from '../i18n/index.ts';
import { Choice } from '../look/Choice.tsx';
import { FooterHint, Frame } from '../look/Frame.tsx';
import { Notice } from '../look/Notice.tsx';
import { dayWords, type When } from '../time/words.ts';
import classes from './Ending.module.css';
import type { Ending, Rating } from './judge.ts';
import { type Marks, noMarks, RatingFields, ratingOf } from './RatingFields.tsx';
import { refusalReason, type What, whats } from './refusal-reason.ts';
import { Solution } from './Solution.tsx';

export type GivenAnswer = { answer: 'yes'; rating: Rating | undefined } | { answer: 'no'; reason: string };

interface Props {
  /** The ticket's. */
  title: string;
  ending: Ending;
  resolution: PortalResolution;
  when: When;
  preset: 'yes' | 'no' | null;
  /** The ticket's number to call; null: unknown here. */
  phone: string | null;
  back: boolean;
  /** Pictures that go with a refusal, where they can. */
  photos?: ReactNode;
  problem: string | undefined;
  busy: boolean;
  onAnswer(given: GivenAnswer): void;
}

/** Yes closes it and may rate it; no sends it back with what is seen. */
export function EndingForm({ title, ending, resolution, when, preset, phone, back, photos, problem, busy, onAnswer }: Props) {
  const { t } = useWords();
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [answer, setAnswer] = useState(preset);
  const [marks, setMarks] = useState<Marks>(noMarks);
  const [what, setWhat] = useState<What | null>(null);
  const [see, setSee] = useState('');
  const [callOn, setCallOn] = useState(phone ?? '');
  const [missing, setMissing] = useState<readonly string[]>([]);
  const refusals = ending.refusals + 1;
  const isLeadTold = refusals > 1 && ending.leadNames.length > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const rating = ratingOf(marks);
    const lacking = [
      ...(answer === null ? ['answer'] : []),
      ...(answer === 'yes' && rating === 'half' ? ['marks'] : []),
      ...(answer === 'no' && what === null ? ['what'] : []),
      ...(answer === 'no' && see.trim() === '' ? ['see'] : []),
    ];
    setMissing(lacking);
    const [first] = lacking;
    if (first) {
      const place = form.current?.querySelector(`[data-field="${first}"]`);
      place?.querySelector<HTMLElement>('textarea, [role=radiogroup]:not(:has([aria-checked=true])) [role=radio]')?.focus();
      return;
    }
    if (answer === 'yes' && rating !== 'half') onAnswer({ answer, rating });
    if (answer === 'no' && what !== null) {
      const changed = callOn.trim() === (phone ?? '').trim() ? '' : callOn;
      onAnswer({ answer, reason: refusalReason({ what, see, phone: changed }, t) });
    }
  }

  return (
    <Frame
      title={t(answer === 'no' ? 'end.titleNo' : 'end.title')}
      above={title}
      back={back}
      footer={
        <>
          {problem && <Notice tone="wrong">{problem}</Notice>}
          <Button variant="filled" type="submit" form={formId} aria-disabled={busy} data-busy={busy || undefined}>
            {answer === 'no' ? t('end.refuse', { name: resolution.byName }) : t('end.confirm')}
          </Button>
          <FooterHint>
            {answer === 'no' ? (
              <>
                <span>{t('end.reopens')}</span>
                {isLeadTold && <span>{t('end.leadTold', { n: refusals, names: ending.leadNames.join(', ') })}</span>}
              </>
            ) : (
              <>
                <span>{t('end.optional')}</span>
                {ending.closesAt && <span>{t('end.closesAt', { day: dayWords(ending.closesAt, when) })}</span>}
              </>
            )}
          </FooterHint>
        </>
      }
    >
      <form ref={form} id={formId} className={classes.form} onSubmit={submit} noValidate>
        <Solution resolution={resolution} when={when} />
        <div data-field="answer">
          <Choice
            label={t('end.answer')}
            options={[
              { value: 'yes', label: t('end.yes') },
              { value: 'no', label: t('end.no') },
            ]}
            value={answer}
            onChange={(value) => {
              setAnswer(value);
              setMissing([]);
            }}
            error={missing.includes('answer') ? t('end.missing.answer') : undefined}
          />
        </div>
        {answer === 'yes' && (
          <>
            <hr className={classes.rule} />
            <div data-field="marks" className={classes.form}>
              <RatingFields marks={marks} onChange={setMarks} isHalf={missing.includes('marks') && ratingOf(marks) === 'half'} />
            </div>
          </>
        )}
        {answer === 'no' && (
          <>
            <hr className={classes.rule} />
            <div data-field="what">
              <Choice<What>
                stacked
                label={t('end.what')}
                options={whats.map((value) => ({ value, label: t(`end.${value}`) }))}
                value={what}
                onChange={setWhat}
                error={missing.includes('what') && what === null ? t('end.missing.what') : undefined}
              />
            </div>
            <div data-field="see">
              <Textarea
                label={t('end.see')}
                description={t('end.seeHint', { name: resolution.byName })}
                inputWrapperOrder={['label', 'input', 'error', 'description']}
                value={see}
                maxLength={1_800}
                autosize
                minRows={3}
                maxRows={10}
                onChange={(event) => setSee(event.currentTarget.value)}
                error={missing.includes('see') && see.trim() === '' ? t('end.missing.see') : undefined}
              />
            </div>
            <TextInput
              label={t('end.phone')}
              placeholder={phone === null ? t('end.phoneHint') : undefined}
              type="tel"
              inputMode="tel"
              autoComplete="tel"
              maxLength={60}
              value={callOn}
              onChange={(event) => setCallOn(event.currentTarget.value)}
            />
            {photos}
          </>
        )}
      </form>
    </Frame>
  );
}
