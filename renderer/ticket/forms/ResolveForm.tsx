import { IconBulb, IconCheck, IconMail } from '@tabler/icons-react';
import { useKeys } from '../../keys/use-keys.ts';
import { serverNow } from '../../time/now.ts';
import { dayWords } from '../../time/words.ts';
import { Cut } from '../../ui/Cut.tsx';
import { Key } from '../../ui/Key.tsx';
import { listWords } from '../say.ts';
import { useTicket } from '../ticket-context.ts';
import { useSimilar } from '../use-similar.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { AreaField, Told } from './fields.tsx';
import classes from './forms.module.css';
import { Picker } from './Picker.tsx';
import { useOperationForm } from './use-operation-form.ts';

type ResolveDraft = { text: string; code: string | null };
const empty: ResolveDraft = { text: '', code: null };
const NEAR = 3;

/** A text that the person will read, and a code; near solutions may be taken over. */
export function ResolveForm() {
  const { detail, desk, words, names } = useTicket();
  const { say, saying, language } = words;
  const { ticket } = detail;
  const form = useOperationForm('resolve', empty);
  const { text, code } = form.content;
  const near = useSimilar(ticket.id).slice(0, NEAR);
  const people = [...new Set([ticket.beneficiaryId, ticket.requesterId])].flatMap((id) => detail.people[id] ?? []);
  const readers = listWords(
    people.map(({ name }) => name),
    language,
  );
  const mailed = listWords(
    people.filter(({ email }) => email !== null).map(({ name }) => name),
    language,
  );
  const take = (index: number) => {
    const solution = near[index];
    if (!solution) return;
    // What is already typed stays: the solution of another ticket comes after it.
    const joined = text.trim() === '' ? solution.solution : `${text.trimEnd()}\n${solution.solution}`;
    form.change({ text: joined, code: code ?? solution.code }, 'text', 'code');
  };
  useKeys(Object.fromEntries(near.map((_, index) => [`alt+${index + 1}`, () => take(index)])), near.length > 0);

  const send = (confirmed = false) =>
    void form.send(
      {
        ...(text.trim() === '' ? { text: say('resolveForm.needed') } : {}),
        ...(code === null ? { code: say('resolveForm.codeNeeded') } : {}),
      },
      () => ({ text, code }),
      confirmed,
    );
  return (
    <FormFrame
      title={say('operation.resolve')}
      icon={<IconCheck size={16} stroke={1.5} />}
      submit={say('operation.resolve')}
      savedAt={form.savedAt}
      sending={form.sending}
      wrong={form.wrong}
      onSubmit={() => send()}
      onBack={form.back}
    >
      <AreaField
        label={say('resolveForm.solution')}
        aside={readers ? say('resolveForm.readBy', { names: readers }) : undefined}
        placeholder={say('resolveForm.placeholder')}
        value={text}
        maxLength={20_000}
        autoFocus
        error={form.errors.text}
        onText={(typed) => form.change({ text: typed }, 'text')}
      />
      <Picker
        label={say('resolveForm.code')}
        placeholder={say('resolveForm.chooseCode')}
        nothing={say('contactForm.nobody')}
        narrow
        value={code}
        chosen={code === null ? '' : (names.code(code)?.[language] ?? code)}
        options={desk.closingCodes.map(({ id, names: codeNames }) => ({ id, label: codeNames[language] }))}
        error={form.errors.code}
        onChoose={(option) => form.change({ code: option.id }, 'code')}
      />
      {near.length > 0 && (
        <div>
          <div className={classes.labelRow} style={{ marginBottom: 0 }}>
            <span className={classes.labelText}>{say('resolveForm.near')}</span>
            <span className={classes.aside}>{say('resolveForm.nearHow')}</span>
          </div>
          {near.map((solution, index) => (
            <button key={solution.ticketId} type="button" className={classes.near} title={solution.solution} onClick={() => take(index)}>
              <IconBulb size={16} stroke={1.5} aria-hidden />
              <b>
                <Cut>{solution.title}</Cut>
              </b>
              <span className={classes.when}>{dayWords(solution.at, serverNow(), saying)}</span>
              <small>
                <Cut>{say('pin.quote', { text: solution.solution })}</Cut>
              </small>
              <span className={classes.take}>
                {say('resolveForm.take')}
                <Key k={`alt+${index + 1}`} />
              </span>
            </button>
          ))}
        </div>
      )}
      <Told
        icon={<IconMail size={16} stroke={1.5} />}
        title={mailed ? say('resolveForm.mailTo', { names: mailed }) : say('resolveForm.mailNobody')}
      >
        {mailed ? say('resolveForm.mailWhat') : null}
      </Told>
      <FormProblem problem={form.problem} onAgain={() => send(true)} />
    </FormFrame>
  );
}
