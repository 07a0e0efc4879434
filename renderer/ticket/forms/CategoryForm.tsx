import { IconCategory } from '@tabler/icons-react';
import { useTicket } from '../ticket-context.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { Picker } from './Picker.tsx';
import { useOperationForm } from './use-operation-form.ts';

export function CategoryForm() {
  const { detail, desk, words, names } = useTicket();
  const { say, language } = words;
  const { ticket } = detail;
  const form = useOperationForm('set_category', { categoryId: ticket.categoryId });
  const { categoryId } = form.content;
  const send = (confirmed = false) =>
    void form.send(
      categoryId === ticket.categoryId ? { categoryId: say('form.alreadySo') } : {},
      (seen) => ({ categoryId, seenCategoryId: seen.categoryId }),
      confirmed,
    );
  return (
    <FormFrame
      title={say('categoryForm.title')}
      icon={<IconCategory size={16} stroke={1.5} />}
      submit={say('categoryForm.title')}
      savedAt={form.savedAt}
      sending={form.sending}
      wrong={form.wrong}
      onSubmit={() => send()}
      onBack={form.back}
    >
      <Picker
        narrow
        autoFocus
        label={say('categoryForm.label')}
        nothing={say('timeline.unknownCategory')}
        hint={say('categoryForm.hint')}
        value={categoryId}
        chosen={names.category(categoryId)?.[language] ?? categoryId}
        options={desk.categories.map(({ id, names: categoryNames }) => ({ id, label: categoryNames[language] }))}
        error={form.errors.categoryId}
        onChoose={(option) => form.change({ categoryId: option.id }, 'categoryId')}
      />
      <FormProblem problem={form.problem} onAgain={() => send(true)} />
    </FormFrame>
  );
}
