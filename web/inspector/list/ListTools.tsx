import { FileSearch, FolderTree, ListChecks } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { visibleName } from '../../../protocol/text/visibleText.ts';
import { useActions, type Action } from '../../ui/action.ts';
import { Button } from '../../ui/Button.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { listActions } from './listActions.ts';
import type { SessionList } from './sessionList.ts';
import { firstSorting, sortNames, type SortOrder } from './sorting.ts';
import { texts } from './texts.ts';

const sortOrders = Object.keys(sortNames) as SortOrder[];

interface ListToolsProps {
  readonly source: SessionList;
}

/** What to find, in which order, and how it is grouped. */
export function ListTools({ source }: ListToolsProps) {
  const { sort, separator } = useStore(source.store, ({ query }) => query);
  const isSelecting = useStore(source.selection.store, ({ isOn }) => isOn);
  const tools = useRef<HTMLDivElement>(null);
  const actions = listActions(source, () => tools.current?.querySelector('input')?.focus());
  useActions(() => actions);
  return (
    <div ref={tools} className="panel-tools">
      <SessionSearch source={source} contentAction={actions['sessions.findInContent']} />
      <select
        className="field"
        aria-label={texts.sortSessions}
        value={sort}
        onChange={(event) => source.show(firstSorting(event.target.value as SortOrder))}
      >
        {sortOrders.map((each) => (
          <option key={each} value={each}>
            {sortNames[each]}
          </option>
        ))}
      </select>
      <Toggle
        action={actions['sessions.group']}
        icon={<FolderTree size={14} />}
        isOn={separator !== undefined}
      />
      <Toggle
        action={actions['sessions.select']}
        icon={<ListChecks size={14} />}
        isOn={isSelecting}
      />
    </div>
  );
}

interface SessionSearchProps extends ListToolsProps {
  readonly contentAction: Action;
}

/** Finds in names, or in keys and values. */
function SessionSearch({ source, contentAction }: SessionSearchProps) {
  const { text, where } = useStore(source.store, (view) => view.search);
  const isContent = where === 'content';
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isContent && event.key === 'Enter' && !event.nativeEvent.isComposing) {
      source.searchContent();
    } else enterList(event);
  };
  return (
    <SearchField
      label={texts.findSessions}
      placeholder={isContent ? texts.contentHint : texts.findSessions}
      search={text}
      onSearch={(typed) => source.search({ text: typed, where })}
      onKeyDown={onKeyDown}
    >
      <Toggle action={contentAction} icon={<FileSearch size={14} />} isOn={isContent} />
    </SearchField>
  );
}

interface ToggleProps {
  readonly action: Action;
  readonly icon: ReactNode;
  readonly isOn: boolean;
}

function Toggle({ action: { label, run }, icon, isOn }: ToggleProps) {
  return (
    <button
      type="button"
      className="button is-icon is-quiet"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      onClick={() => run()}
    >
      {icon}
    </button>
  );
}

/** The group that is open, and what ends a group. Absent while nothing is grouped. */
export function GroupTools({ source }: ListToolsProps) {
  const { separator, prefix = '' } = useStore(source.store, (view) => view.query);
  if (separator === undefined) return null;
  const parts = partsOf(prefix, separator);
  return (
    <div className="session-groups">
      <nav aria-label={texts.groupPath}>
        <Button
          look="quiet"
          disabled={prefix === ''}
          onClick={() => source.show({ prefix: undefined })}
        >
          {texts.allGroups}
        </Button>
        {parts.map((end) => (
          <Button
            key={end}
            look="quiet"
            disabled={end === prefix}
            onClick={() => source.show({ prefix: end })}
          >
            <bdi translate="no">{visibleName(end.slice(parentOf(end, separator).length))}</bdi>
          </Button>
        ))}
      </nav>
      <label>
        {texts.separator}
        <input
          className="field session-separator"
          value={separator}
          maxLength={8}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            const text = event.target.value;
            if (text !== '') source.show({ separator: text, prefix: undefined });
          }}
        />
      </label>
    </div>
  );
}

/** The prefixes that lead to one, itself last. */
function partsOf(prefix: string, separator: string): readonly string[] {
  if (prefix === '') return [];
  return [...partsOf(parentOf(prefix, separator), separator), prefix];
}

/** `a:` of `a:b:`. */
function parentOf(prefix: string, separator: string): string {
  const inner = prefix.slice(0, -separator.length);
  const at = inner.lastIndexOf(separator);
  return at < 0 ? '' : inner.slice(0, at + separator.length);
}

/** To the row that was left, or the first one. */
function enterList(event: KeyboardEvent<HTMLInputElement>) {
  if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return;
  const row = event.currentTarget
    .closest('.inspector')
    ?.querySelector<HTMLElement>('.table-open[tabindex="0"]');
  if (!row) return;
  event.preventDefault();
  row.focus();
}
