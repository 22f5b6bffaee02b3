import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../ui/Button.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { actsOf } from '../acts.ts';
import type { Inspector } from '../inspector.ts';
import { findKeys } from './findKeys.ts';
import { rowOfPlace } from './keyRows.ts';
import { maxSearchedKeys, PathFinder, type PathSearch } from './pathFinder.ts';
import { texts } from './texts.ts';

/** Typing is over after so long. */
const typingMs = 120;
/** Changes of keys are searched so often at most. */
const againMs = 500;

/** What a path has found in a session, kept up to date with its keys. */
export function usePathFinder(inspector: Inspector, sessionId: string) {
  const [finder] = useState(
    () =>
      new PathFinder({
        acts: actsOf(inspector),
        sessionId,
        findKeys: (find) => findKeys(inspector, sessionId, find),
        prefix: () => inspector.store.getState().rights.prefix,
      }),
  );
  const search = useStore(finder.store);
  useEffect(() => {
    let timer: number | undefined;
    const end = inspector.store.subscribe(({ keysVersion }, before) => {
      if (keysVersion === before.keysVersion) return;
      timer ??= window.setTimeout(() => {
        timer = undefined;
        void finder.again();
      }, againMs);
    });
    return () => {
      window.clearTimeout(timer);
      end();
    };
  }, [inspector, finder]);
  return { finder, search };
}

interface PathBoxProps {
  readonly finder: PathFinder;
  readonly search: PathSearch;
  /** What was typed is kept. */
  readonly isHidden: boolean;
  /** Chooses a row and opens what it stands in. */
  readonly onShow: (rowId: string) => void;
  /** Absent: nothing can be changed here. */
  readonly onUpdate: (() => void) | undefined;
}

/** Finds keys by name, and what a JSON path selects in their values. */
export function PathBox({ finder, search, isHidden, onShow, onUpdate }: PathBoxProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(-1);
  useEffect(() => {
    const timer = window.setTimeout(() => void finder.find(text), typingMs);
    return () => window.clearTimeout(timer);
  }, [finder, text]);
  const { places } = search;
  const go = (step: 1 | -1) => {
    const next = (at + step + places.length) % places.length;
    const place = places[next];
    if (!place) return;
    setAt(next);
    onShow(rowOfPlace(place));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    go(event.shiftKey ? -1 : 1);
  };
  const isPath = text.trimStart().startsWith('$');
  return (
    <div className="path-box" hidden={isHidden}>
      <div className="path-line">
        <SearchField
          label={texts.findInKeys}
          placeholder={texts.pathExample}
          search={text}
          onSearch={(next) => {
            setAt(-1);
            setText(next);
          }}
          onKeyDown={onKeyDown}
          aria-invalid={search.faultAt !== undefined}
        />
        {places.length > 0 && (
          <>
            <IconButton
              label={texts.previousMatch}
              icon={<ChevronUp size={14} />}
              onClick={() => go(-1)}
            />
            <IconButton
              label={texts.nextMatch}
              icon={<ChevronDown size={14} />}
              onClick={() => go(1)}
            />
          </>
        )}
        {isPath && places.length > 0 && onUpdate && (
          <Button look="quiet" onClick={onUpdate}>
            {texts.updateMatches}
          </Button>
        )}
      </div>
      {text !== '' && text === search.text && <PathNote search={search} at={at} isPath={isPath} />}
    </div>
  );
}

interface PathNoteProps {
  readonly search: PathSearch;
  readonly at: number;
  readonly isPath: boolean;
}

function PathNote({ search, at, isPath }: PathNoteProps) {
  const { text, faultAt, refusal, keyCount } = search;
  if (faultAt !== undefined) {
    return (
      <p role="alert" className="path-note">
        {texts.pathFault(faultAt + 1)}{' '}
        <code translate="no">
          {text.slice(0, faultAt)}
          <mark>{text.charAt(faultAt) || '␣'}</mark>
          {text.slice(faultAt + 1)}
        </code>
      </p>
    );
  }
  if (refusal !== undefined) {
    return (
      <p role="alert" className="path-note">
        {refusal}
      </p>
    );
  }
  return (
    <p role="status" className="path-note session-note">
      {keyCount === 0 && !search.isSearching ? texts.noMatches : countWords({ search, at, isPath })}
    </p>
  );
}

function countWords({ search: { places, keyCount }, at, isPath }: PathNoteProps): string {
  const position = at >= 0 && places.length > 0 ? texts.matchOf(at + 1) : '';
  if (!isPath) return position + texts.countOfKeys(keyCount);
  const part = keyCount > maxSearchedKeys ? texts.firstKeys(maxSearchedKeys) : '';
  return position + texts.matches(places.length, keyCount) + part;
}
