import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { shortName } from '../../../protocol/text/visibleText.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { moveAmongButtons } from '../../ui/moveAmongButtons.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import type { Inspector } from '../inspector.ts';
import { askRows } from '../list/askRows.ts';
import { titleOf } from '../words.ts';
import { texts } from './texts.ts';

interface ChooseSessionProps {
  readonly inspector: Inspector;
  /** It cannot be chosen. */
  readonly exceptId: string;
  readonly onChoose: (session: SessionSummary) => void;
  readonly onClose: () => void;
}

/** The sessions that were found for a text. */
interface FoundSessions {
  readonly find: string;
  readonly sessions: readonly SessionSummary[];
}

const maxShown = 20;
const typingMs = 120;

/** Finds a session by its name and chooses it. */
export function ChooseSession({ inspector, exceptId, onChoose, onClose }: ChooseSessionProps) {
  const [find, setFind] = useState('');
  const [found, setFound] = useState<FoundSessions>();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    let isWanted = true;
    const timer = window.setTimeout(async () => {
      const order = { sort: 'changed', descending: true, find, from: 0, count: maxShown } as const;
      const rows = await askRows(inspector, order);
      const sessions = rows?.changed.filter(({ id }) => id !== exceptId) ?? [];
      if (isWanted) setFound({ find, sessions });
    }, typingMs);
    return () => {
      isWanted = false;
      window.clearTimeout(timer);
    };
  }, [inspector, find, exceptId]);
  const choose = (session: SessionSummary) => {
    onClose();
    onChoose(session);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and arrows that are about a composed word are not ours.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      list.current?.querySelector('button')?.focus();
    }
    const first = found?.find === find ? found.sessions[0] : undefined;
    if (event.key === 'Enter' && first) choose(first);
  };
  return (
    <Dialog title={texts.compareTitle} onClose={onClose}>
      <div className="dialog-body">
        <SearchField
          label={texts.findSession}
          search={find}
          onSearch={setFind}
          onKeyDown={onKeyDown}
        />
        {found?.sessions.length === 0 && <p className="session-note">{texts.noOtherSession}</p>}
        <ul
          ref={list}
          className="choose-session"
          aria-label={texts.sessions}
          onKeyDown={moveAmongButtons}
        >
          {found?.sessions.map((session) => (
            <li key={session.id}>
              <button
                type="button"
                className="button is-quiet"
                translate="no"
                onClick={() => choose(session)}
              >
                <bdi>{shortName(titleOf(session))}</bdi>
                <span className="session-note mono">{session.maskedToken}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
