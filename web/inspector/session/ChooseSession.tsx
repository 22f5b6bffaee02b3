import { useEffect, useState } from 'react';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { shortName } from '../../../protocol/text/visibleText.ts';
import { Dialog } from '../../ui/Dialog.tsx';
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

const maxShown = 20;
const typingMs = 120;

/** Finds a session by its name and chooses it. */
export function ChooseSession({ inspector, exceptId, onChoose, onClose }: ChooseSessionProps) {
  const [find, setFind] = useState('');
  const [sessions, setSessions] = useState<readonly SessionSummary[]>();
  useEffect(() => {
    let isWanted = true;
    const timer = window.setTimeout(async () => {
      const order = { sort: 'changed', descending: true, find, from: 0, count: maxShown } as const;
      const rows = await askRows(inspector, order);
      if (isWanted) setSessions(rows?.changed.filter(({ id }) => id !== exceptId) ?? []);
    }, typingMs);
    return () => {
      isWanted = false;
      window.clearTimeout(timer);
    };
  }, [inspector, find, exceptId]);
  return (
    <Dialog title={texts.compareTitle} onClose={onClose}>
      <div className="dialog-body">
        <SearchField label={texts.findSession} search={find} onSearch={setFind} />
        {sessions?.length === 0 && <p className="session-note">{texts.noOtherSession}</p>}
        <ul className="choose-session" aria-label={texts.sessions}>
          {sessions?.map((session) => (
            <li key={session.id}>
              <button
                type="button"
                className="button is-quiet"
                translate="no"
                onClick={() => {
                  onClose();
                  onChoose(session);
                }}
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
