import { memo, useMemo, useState, type PointerEvent } from 'react';
import { plainTextOf } from '../../../protocol/json/jsonText.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyValue } from '../../ui/CopyValue.tsx';
import { isInexactNumber, readByJavaScript } from '../../../protocol/json/numbers.ts';
import { texts } from '../texts.ts';
import { shortened } from '../../ui/shortened.ts';
import { tableOf, type TableRow } from '../../ui/tableOf.ts';
import type { TablePart } from './tablesIn.ts';
import '../../ui/JsonView.css';
import './PayloadTable.css';

/** Rows shown at first, and added each time; fewer where there are many columns. */
const maxRowsAtATime = 500;
const minRowsAtATime = 50;
/** More cells at a time would block the page. */
const cellsAtATime = 2500;
/** Most characters of a member's name. */
const maxNameLength = 60;

/** Objects of a payload side by side; the user chooses which where there are several. */
export function PayloadTable({ tables }: { readonly tables: readonly TablePart[] }) {
  const [at, setAt] = useState(0);
  const table = tables[at] ?? tables[0];
  if (!table) return null;
  return (
    <div className="payload-table">
      {tables.length > 1 && (
        <label className="payload-table-choice">
          {texts.tablePart}
          <select
            className="field"
            translate="no"
            value={at}
            onChange={(event) => setAt(Number(event.target.value))}
          >
            {tables.map(({ path }, index) => (
              // Two shortened paths can be alike; their order never changes.
              <option key={index} value={index}>
                {path}
              </option>
            ))}
          </select>
        </label>
      )}
      <Rows key={at} {...table} />
    </div>
  );
}

function Rows({ path, json }: TablePart) {
  const [steps, setSteps] = useState(1);
  const [pointed, setPointed] = useState<{ row: number; column: number }>();
  const point = ({ target }: PointerEvent) => {
    const cell = target instanceof Element ? target.closest('td') : null;
    const { rowIndex } = cell?.closest('tr') ?? {};
    // The cells come after a row of heads and a column of names.
    if (cell && rowIndex !== undefined) {
      setPointed({ row: rowIndex - 1, column: cell.cellIndex - 1 });
    }
  };
  const table = useMemo(() => tableOf(json, steps * maxRowsAtATime), [json, steps]);
  const { columns, hiddenColumns, rowCount } = table;
  const fitting = Math.floor(cellsAtATime / Math.max(1, columns.length));
  const rowsAtATime = Math.max(minRowsAtATime, Math.min(maxRowsAtATime, fitting));
  const rows = table.rows.slice(0, steps * rowsAtATime);
  const hiddenRows = rowCount - rows.length;
  return (
    <>
      <div
        className="log-payload"
        role="group"
        aria-label={texts.table}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className="mono">
          <caption>
            <span>
              <bdi className="payload-table-path" translate="no">
                {path}
              </bdi>{' '}
              {texts.tableSize(rowCount, columns.length + hiddenColumns)}
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                {typeof rows[0]?.label === 'string' ? texts.tableName : texts.tableIndex}
              </th>
              {columns.map((name, index) => (
                <th key={index} scope="col" translate="no">
                  <Name name={name} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody onPointerOver={point} onPointerLeave={() => setPointed(undefined)}>
            {rows.map((row, index) => (
              // Names can be repeated; the order of rows never changes.
              <Row
                key={index}
                row={row}
                pointedColumn={pointed?.row === index ? pointed.column : undefined}
              />
            ))}
          </tbody>
        </table>
      </div>
      {hiddenColumns > 0 && <p className="log-hidden">{texts.tableHidden(hiddenColumns)}</p>}
      {hiddenRows > 0 && (
        <Button look="quiet" onClick={() => setSteps(steps + 1)}>
          {texts.showMore(Math.min(rowsAtATime, hiddenRows))}
        </Button>
      )}
    </>
  );
}

interface RowProps {
  readonly row: TableRow;
  /** The cell that the pointer is over. */
  readonly pointedColumn: number | undefined;
}

const Row = memo(function Row({ row, pointedColumn }: RowProps) {
  const { label, cells } = row;
  return (
    <tr>
      <th scope="row" translate="no">
        {typeof label === 'string' ? <Name name={label} /> : label}
      </th>
      {cells.map((cell, place) => (
        <td
          key={place}
          className={cell && classOf(cell)}
          title={cell?.kind === 'number' ? titleOf(cell.text) : undefined}
          translate="no"
        >
          {cell?.text}
          {cell && place === pointedColumn && (
            <span className="payload-table-copy" translate="yes">
              <CopyValue json={cell.json} text={plainTextOf(cell.json)} tabIndex={-1} />
            </span>
          )}
        </td>
      ))}
    </tr>
  );
});

/** A name is any text: isolated, so that its direction does not affect the text beside it. */
function Name({ name }: { readonly name: string }) {
  return <bdi>{name === '' ? '""' : shortened(name, maxNameLength)}</bdi>;
}

function classOf({ kind, text }: NonNullable<TableRow['cells'][number]>): string {
  if (kind === 'number') return isInexactNumber(text) ? 'json-number is-big' : 'json-number';
  if (kind === 'string') return 'json-string';
  return kind === 'array' || kind === 'object' ? 'json-branch' : 'json-word';
}

function titleOf(number: string): string | undefined {
  return isInexactNumber(number) ? texts.bigNumberTitle(readByJavaScript(number)) : undefined;
}
