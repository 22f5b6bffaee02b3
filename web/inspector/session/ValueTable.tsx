import { useMemo } from 'react';
import { kindOf, PartCursor, asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import { shortName, visibleName, visibleText } from '../../../protocol/text/visibleText.ts';
import { tableOf } from '../../ui/tableOf.ts';
import { texts } from './texts.ts';

const maxRows = 200;

/** Whether the parts of a value are objects, as far as the first one tells. */
export function isTable(json: JsonText): boolean {
  const kind = kindOf(json);
  if (kind !== 'array' && kind !== 'object') return false;
  const first = new PartCursor(json);
  if (first.advance(Number.POSITIVE_INFINITY) !== 'part') return false;
  return kindOf(asJsonText(json.slice(first.start, first.end))) === 'object';
}

/** Objects side by side: a row for each, a column for each member. */
export function ValueTable({ json }: { readonly json: JsonText }) {
  const { columns, rows, rowCount } = useMemo(() => tableOf(json, maxRows), [json]);
  const isArray = kindOf(json) === 'array';
  return (
    <>
      {rowCount > rows.length && (
        <p className="session-note">{texts.firstRows(rows.length, rowCount)}</p>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="value-table" role="group" aria-label={texts.table} tabIndex={0}>
        <table className="mono" translate="no">
          <thead>
            <tr>
              <th scope="col" translate="yes">
                {isArray ? texts.index : texts.name}
              </th>
              {columns.map((name, index) => (
                <th key={index} scope="col">
                  <bdi>{shortName(visibleName(name))}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, cells }, index) => (
              <tr key={index}>
                <th scope="row">
                  <bdi>{typeof label === 'string' ? shortName(visibleName(label)) : label}</bdi>
                </th>
                {cells.map((cell, column) => (
                  <td key={column} className={cell?.kind === 'number' ? 'is-number' : undefined}>
                    <bdi>{cell && visibleText(cell.text)}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
