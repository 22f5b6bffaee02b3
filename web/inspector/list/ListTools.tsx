import { FileSearch, FolderTree, ListChecks, X } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { shortName, visibleName } from '../../../protocol/text/visibleText.ts';
import { useActions, type Action } from '../../ui/action.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
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

/** What ends a group, and which names are listed. Absent while nothing is grouped and all names are. */
export function GroupTools({ source }: ListToolsProps) {
  const { separator, prefix = '', open = [] } = useStore(source.store, (view) => view.query);
  if (separator === undefined && prefix === '') return null;
  return (
    <div className="session-groups">
      {prefix !== '' && (
        <span className="session-prefix">
          <span translate="no">{texts.onlyPrefix(shortName(visibleName(prefix)))}</span>
          <IconButton
            label={texts.allNames}
            icon={<X size={14} />}
            onClick={() => source.show({ prefix: undefined })}
          />
        </span>
      )}
      {separator !== undefined && (
        <>
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
                if (text !== '') source.show({ separator: text, open: undefined });
              }}
            />
          </label>
          <Button look="quiet" disabled={open.length === 0} onClick={() => source.closeGroups()}>
            {texts.closeGroups}
          </Button>
        </>
      )}
    </div>
  );
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
