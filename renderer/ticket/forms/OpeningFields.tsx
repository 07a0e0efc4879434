import type { DeskInfo } from '#shared/contract/core.ts';
import type { Person } from '#shared/domain/model.ts';
import type { OpenDraft } from '../open-draft.ts';
import { useWords } from '../say.ts';
import { Segments } from './fields.tsx';
import { Picker } from './Picker.tsx';
import { importances, relevances } from './UrgencyForm.tsx';

/** Of a new ticket's form. `change`: takes over a part, and puts the complaints about these fields away. */
export interface OpeningPart {
  content: OpenDraft;
  change(part: Partial<OpenDraft>, ...fields: string[]): void;
}
interface ListedPart extends OpeningPart {
  desk: DeskInfo;
  errors: Record<string, string>;
}

/** What is known of the person who has the problem fills what is still to be filled. */
export function factsOf(person: Person): Partial<OpenDraft> {
  return { phone: person.phone?.typed ?? '', siteId: person.siteId, place: person.place };
}

/** Who is touched, and whether one can still work. */
export function UrgencyQuestions({ content, change }: OpeningPart) {
  const { say } = useWords();
  return (
    <>
      <Segments
        label={say('caller.importance')}
        value={content.importance}
        options={importances.map((value) => ({ value, text: say(`caller.imp.${value}`) }))}
        onChoose={(importance) => change({ importance })}
      />
      <Segments
        label={say('caller.relevance')}
        value={content.relevance}
        options={relevances.map((value) => ({ value, text: say(`caller.rel.${value}`) }))}
        onChoose={(relevance) => change({ relevance })}
      />
    </>
  );
}

export function KindQuestion({ content, change }: OpeningPart) {
  const { say } = useWords();
  return (
    <Segments
      label={say('caller.kind')}
      value={content.kind}
      options={(['incident', 'request'] as const).map((value) => ({ value, text: say(`head.kind.${value}`) }))}
      onChoose={(kind) => change({ kind })}
    />
  );
}

export function CategoryPicker({ desk, content, errors, change }: ListedPart) {
  const { say, language } = useWords();
  return (
    <Picker
      label={say('caller.category')}
      nothing={say('timeline.unknownCategory')}
      hint={say('caller.categoryHint')}
      value={content.categoryId}
      chosen={desk.categories.find(({ id }) => id === content.categoryId)?.names[language] ?? ''}
      options={desk.categories.map(({ id, names }) => ({ id, label: names[language] }))}
      error={errors.categoryId}
      onChoose={({ id }) => change({ categoryId: id }, 'categoryId')}
    />
  );
}

export function SitePicker({ desk, content, errors, change }: ListedPart) {
  const { say } = useWords();
  return (
    <Picker
      label={say('caller.site')}
      nothing={say('timeline.unknownCategory')}
      value={content.siteId}
      chosen={desk.sites.find(({ id }) => id === content.siteId)?.name ?? ''}
      options={desk.sites.map(({ id, name }) => ({ id, label: name }))}
      error={errors.siteId}
      onChoose={({ id }) => change({ siteId: id }, 'siteId')}
    />
  );
}
