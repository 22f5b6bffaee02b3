import type { ReactNode } from 'react';
import './FigureTable.css';

interface FigureTableProps {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly FigureRow[];
  /** Columns at the beginning that name things; usually one. */
  readonly nameCount?: number;
}

interface FigureRow {
  readonly id: string;
  /** First what it is about, then its figures. */
  readonly cells: readonly ReactNode[];
}

/** A short table of figures; where it is too wide, it scrolls. */
export function FigureTable({ label, heads, rows, nameCount = 1 }: FigureTableProps) {
  const classOf = (column: number) => (column < nameCount ? 'is-name' : undefined);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className="figure-scroll" role="group" aria-label={label} tabIndex={0}>
      <table className="figure-table" aria-label={label}>
        <thead>
          <tr>
            {heads.map((head, column) => (
              <th key={head} scope="col" className={classOf(column)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells: [name, ...figures] }) => (
            <tr key={id}>
              <th scope="row" className="is-name">
                {name}
              </th>
              {figures.map((figure, index) => (
                <td key={heads[index + 1]} className={classOf(index + 1)}>
                  {figure}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
