import { useId } from 'react';
import type { RowChoices } from '../connection/page/exchange.ts';
import { texts } from './texts.ts';

export type RowScope = keyof RowChoices;

interface RowsChoiceProps {
  readonly rows: RowChoices;
  readonly chosen: RowScope;
  readonly onChoose: (scope: RowScope) => void;
}

/** Which rows go into the file, with their numbers. Where no row is hidden, shown means all. */
export function RowsChoice({ rows, chosen, onChoose }: RowsChoiceProps) {
  const name = useId();
  const choices = choicesOf(rows);
  return (
    <div role="radiogroup" aria-label={texts.rows} className="export-rows">
      {choices.map(([scope, label]) => (
        <label key={scope} className="export-format">
          <input
            type="radio"
            name={name}
            checked={scope === chosen}
            onChange={() => onChoose(scope)}
          />
          {label}
        </label>
      ))}
    </div>
  );
}

function choicesOf({ selected, shown, all }: RowChoices): [RowScope, string][] {
  const choices: [RowScope, string][] = [];
  if (selected.length > 0) choices.push(['selected', texts.selectedRows(selected.length)]);
  if (shown.length === all.length) return [...choices, ['shown', texts.allRows(all.length)]];
  return [...choices, ['shown', texts.shownRows(shown.length)], ['all', texts.allRows(all.length)]];
}
