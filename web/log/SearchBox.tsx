import { ArrowDown, ArrowUp, CaseSensitive, Regex } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useActions, type Action } from '../ui/action.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import type { Search } from './search/logFilter.ts';
import type { SearchFault } from './search/searchPattern.ts';
import type { MessageLog } from './store/messageLog.ts';
import { texts } from './texts.ts';

interface SearchBoxProps {
  readonly log: MessageLog;
  /** The current match, from 1. */
  readonly place: number | undefined;
  readonly onStep: (step: -1 | 1) => void;
}

/** Plain text or a regular expression, looked for in whole payloads. */
export function SearchBox({ log, place, onStep }: SearchBoxProps) {
  const search = useStore(log.store, (view) => view.filter.search);
  const fault = useStore(log.store, (view) => view.searchFault);
  // The box shows what is typed at once, however busy the log is.
  const [typed, setTyped] = useState(search.text);
  const [written, setWritten] = useState(search.text);
  if (written !== search.text) {
    setWritten(search.text);
    if (search.text === '') setTyped('');
  }
  const change = (changed: Partial<Search>) => log.setFilter({ search: { ...search, ...changed } });
  const group = texts.response;
  const matchCase: Action = {
    label: texts.matchCase,
    group,
    run: () => change({ isCaseSensitive: !search.isCaseSensitive }),
  };
  const regularExpression: Action = {
    label: texts.regularExpression,
    group,
    run: () => change({ isRegExp: !search.isRegExp }),
  };
  useActions(() => ({ 'log.matchCase': matchCase, 'log.regularExpression': regularExpression }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    event.preventDefault();
    onStep(event.shiftKey ? -1 : 1);
  };
  return (
    <div className="log-search">
      <SearchField
        label={texts.search}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : 'log-search-fault'}
        search={typed}
        onSearch={(text) => {
          setTyped(text);
          setWritten(text);
          change({ text });
        }}
        onKeyDown={onKeyDown}
      >
        <ActionButton
          action={matchCase}
          icon={<CaseSensitive size={16} />}
          aria-pressed={search.isCaseSensitive}
        />
        <ActionButton
          action={regularExpression}
          icon={<Regex size={15} />}
          aria-pressed={search.isRegExp}
        />
      </SearchField>
      {search.text !== '' && fault === undefined && (
        <Matches log={log} place={place} onStep={onStep} />
      )}
      {fault !== undefined && (
        <p className="log-search-fault" id="log-search-fault" role="alert">
          {faultText(fault)}
        </p>
      )}
    </div>
  );
}

function Matches({ log, place, onStep }: SearchBoxProps) {
  const shown = useStore(log.store, (view) => view.shown);
  const rows = useStore(log.store, (view) => view.rows);
  const rowKind = useStore(log.store, (view) => view.rowKind);
  const countText = rowKind === 'exchange' ? texts.matchRows : texts.matchCount;
  const isSearching = useStore(log.store, (view) => view.isSearching);
  const count = place === undefined ? countText(shown, rows) : texts.matchPlace(place, shown);
  const common = { group: texts.response, isEnabled: () => shown > 0 };
  const previousMatch: Action = { ...common, label: texts.previousMatch, run: () => onStep(-1) };
  const nextMatch: Action = { ...common, label: texts.nextMatch, run: () => onStep(1) };
  useActions(() => ({ 'log.previousMatch': previousMatch, 'log.nextMatch': nextMatch }));
  return (
    <div className="log-matches">
      <span role="status" aria-label={texts.matches}>
        {isSearching ? texts.searching : count}
      </span>
      <ActionButton action={previousMatch} icon={<ArrowUp size={14} />} />
      <ActionButton action={nextMatch} icon={<ArrowDown size={14} />} />
    </div>
  );
}

function faultText(fault: SearchFault): string {
  switch (fault.kind) {
    case 'badExpression':
      return texts.badExpression(fault.reason);
    case 'tooSlow':
      return texts.expressionTakesTooLong;
    case 'notLoaded':
      return texts.searchNotLoaded;
  }
}
