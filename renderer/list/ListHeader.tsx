import { Checkbox, Menu, Popover } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconFilter2, IconPlus } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskInfo, Sort, View } from '#shared/contract/core.ts';
import { everything, type Narrowing, useFilters } from '../state/filters.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useSaying } from '../ui/use-saying.ts';
import classes from './ListHeader.module.css';

const sorts: readonly Sort[] = ['due', 'newest', 'urgency'];
const kinds = ['incident', 'request'] as const;

/** How many values narrow a list. */
export function narrowed({ teamIds, siteIds, kinds: chosen }: Narrowing): number {
  return teamIds.length + siteIds.length + chosen.length;
}

export const SortMenu = memo(function SortMenu({ view }: { view: View }) {
  const { t } = useTranslation();
  const sort = useFilters((state) => state.sort[view] ?? 'due');
  const setSort = useFilters((state) => state.setSort);
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <button type="button" className={classes.sort} aria-label={t('list.sortedBy', { sort: t(`list.sort.${sort}`) })}>
          {t(`list.sort.${sort}`)}
          <IconChevronDown size={14} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={sort} onChange={(value) => setSort(view, value as Sort)}>
          {sorts.map((name) => (
            <Menu.RadioItem key={name} value={name}>
              {t(`list.sort.${name}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
});

interface Group {
  key: keyof Narrowing;
  label: string;
  values: readonly { id: string; name: string }[];
}

interface FilterProps {
  view: View;
  desk: DeskInfo | undefined | null;
  words?: string;
}

/** Team, site and kind, as boxes to tick; what is ticked narrows the list at once. With `words` it is the chip that adds one. */
export const FilterButton = memo(function FilterButton({ view, desk, words }: FilterProps) {
  const { t } = useTranslation();
  const { language } = useSaying();
  const narrowing = useFilters((state) => state.narrowing[view] ?? everything);
  const { toggle, clear } = useFilters.getState();
  const active = narrowed(narrowing);
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, language);
  const groups: Group[] = [
    { key: 'kinds', label: t('filter.kind'), values: kinds.map((id) => ({ id, name: t(`kind.${id}`) })) },
    {
      key: 'teamIds',
      label: t('filter.team'),
      values: (desk?.teams ?? []).map(({ id, names }) => ({ id, name: names[language] })).toSorted(byName),
    },
    { key: 'siteIds', label: t('filter.site'), values: (desk?.sites ?? []).map(({ id, name }) => ({ id, name })).toSorted(byName) },
  ];
  return (
    <Popover position={words ? 'bottom-start' : 'bottom-end'} width={280} trapFocus returnFocus>
      <Popover.Target>
        {words ? (
          <button type="button" className={classes.add}>
            <IconPlus size={14} stroke={1.5} aria-hidden />
            {words}
          </button>
        ) : (
          <IconButton label={active > 0 ? t('filter.active', { count: active }) : t('filter.open')} data-active={active > 0 || undefined}>
            <IconFilter2 size={16} stroke={1.5} aria-hidden />
          </IconButton>
        )}
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('filter.open')}>
        <div className={classes.filters}>
          {groups.map((group) => (
            <fieldset key={group.key} className={classes.group}>
              <legend className={classes.legend}>{group.label}</legend>
              {group.values.map(({ id, name }) => (
                <Checkbox
                  key={id}
                  size="xs"
                  label={name}
                  checked={(narrowing[group.key] as readonly string[]).includes(id)}
                  onChange={() => toggle(view, group.key, id as never)}
                />
              ))}
            </fieldset>
          ))}
        </div>
        {active > 0 && (
          <div className={classes.foot}>
            <button type="button" className={classes.link} onClick={() => clear(view)}>
              {t('filter.clear')}
            </button>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
});

interface Props {
  title: string;
  /** A number, or words ("2 aujourd’hui"). */
  count: string | null;
  waiting?: number;
  onShowNew?(): void;
  children?: React.ReactNode;
}

/** Title and count at the left; what waits in the middle; how the list is sorted and narrowed at the right. */
export function ListHeader({ title, count, waiting = 0, onShowNew, children }: Props) {
  const { t } = useTranslation();
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>{title}</h1>
      {count !== null && <span className={classes.count}>{count}</span>}
      {waiting > 0 && (
        <button type="button" className={classes.fresh} onClick={onShowNew}>
          <IconChevronUp size={14} stroke={1.5} aria-hidden />
          {t('list.new', { count: waiting })}
        </button>
      )}
      <span className={classes.end}>{children}</span>
    </header>
  );
}
