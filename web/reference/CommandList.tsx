import { useEffect, useRef } from 'react';
import { catalog, type CommandName } from '../../protocol/commands/catalog.ts';
import { allStatuses, findCommands, refusalNote } from '../../protocol/commands/reference.ts';
import { Button } from '../ui/Button.tsx';
import { foldText } from '../../protocol/text/foldText.ts';
import { texts } from './texts.ts';
import { StatusList } from './StatusList.tsx';

interface CommandListProps {
  readonly search: string;
  /** The command that somebody came back from. */
  readonly focusOn: CommandName | undefined;
  readonly onChoose: (name: CommandName) => void;
  readonly onShowAll: () => void;
}

const families = ['session', 'key', 'server'] as const;

/** All commands, or those that a search finds, by family. */
export function CommandList({ search, focusOn, onChoose, onShowAll }: CommandListProps) {
  const returned = useRef<HTMLButtonElement>(null);
  useEffect(() => returned.current?.focus(), []);
  const found = findCommands(foldText(search));
  const isSearching = search.trim() !== '';
  if (found.length === 0) {
    return (
      <div className="empty">
        <p role="status">{texts.noMatch(search.trim())}</p>
        <Button onClick={onShowAll}>{texts.showAll}</Button>
      </div>
    );
  }
  return (
    <div className="reference-list">
      {!isSearching && <p className="reference-how-to">{texts.howTo}</p>}
      {families.map((family) => {
        const names = found.filter((name) => catalog[name].family === family);
        if (names.length === 0) return null;
        return (
          <section key={family}>
            <h3 id={`reference-${family}`}>{texts[family]}</h3>
            <ul aria-labelledby={`reference-${family}`}>
              {names.map((name) => (
                <li key={name}>
                  <button
                    type="button"
                    className="reference-row"
                    ref={name === focusOn ? returned : undefined}
                    onClick={() => onChoose(name)}
                  >
                    <code translate="no">{name}</code>{' '}
                    <span data-content>{catalog[name].summary}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {!isSearching && (
        <details className="reference-statuses">
          <summary>{texts.allStatuses}</summary>
          <p data-content>{refusalNote}</p>
          <StatusList statuses={allStatuses} />
        </details>
      )}
    </div>
  );
}
