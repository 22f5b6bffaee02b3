import { asJsonText, kindOf, type JsonKind, type JsonText } from '../../protocol/json/jsonText.ts';
import { eachPart } from './eachPart.ts';
import { shortened } from './shortened.ts';

/** Objects side by side: a row each, a column for every name of a member. */
export interface Table {
  /** Names of members in the order of their first appearance; one of each that is repeated in a row. */
  readonly columns: readonly string[];
  /** Names beyond {@link maxColumns}. */
  readonly hiddenColumns: number;
  readonly rows: readonly TableRow[];
  /** Also those that are not among the rows. */
  readonly rowCount: number;
}

/** One object of a table. */
export interface TableRow {
  /** Its index, or the name it has. */
  readonly label: string | number;
  /** In the columns' order; undefined where it has no such member. */
  readonly cells: readonly (Cell | undefined)[];
}

/** One value. */
interface Cell {
  readonly kind: JsonKind;
  readonly json: JsonText;
  /** The value's JSON: of a number each digit, of long strings and branches the beginning. */
  readonly text: string;
}

export const maxColumns = 50;
/** Most characters of a string, array or object in a cell. */
export const maxCellLength = 100;

/** @param json An array or object that holds only objects. @param maxRows Rows to make. */
export function tableOf(json: JsonText, maxRows: number): Table {
  const objects: { label: string | number; members: ReadonlyMap<string, JsonText> }[] = [];
  const names = new Map<string, string>();
  let rowCount = 0;
  eachPart(json, (label, start, end) => {
    rowCount += 1;
    const part = asJsonText(json.slice(start, end));
    if (rowCount > maxRows || kindOf(part) !== 'object') return true;
    const members = new Map<string, JsonText>();
    const counts = new Map<string, number>();
    eachPart(part, (step, from, to) => {
      const name = String(step);
      const repeats = counts.get(name) ?? 0;
      counts.set(name, repeats + 1);
      const column = `${repeats} ${name}`;
      members.set(column, asJsonText(part.slice(from, to)));
      names.set(column, name);
      return true;
    });
    objects.push({ label, members });
    return true;
  });
  const shown = [...names].slice(0, maxColumns);
  const rows = objects.map(({ label, members }) => ({
    label,
    cells: shown.map(([column]) => cellOf(members.get(column))),
  }));
  const columns = shown.map(([, name]) => name);
  return { columns, hiddenColumns: names.size - columns.length, rows, rowCount };
}

function cellOf(json: JsonText | undefined): Cell | undefined {
  if (json === undefined) return undefined;
  const kind = kindOf(json);
  return { kind, json, text: kind === 'number' ? json : cellText(kind, json) };
}

function cellText(kind: JsonKind, json: JsonText): string {
  const text = shortened(json, maxCellLength);
  // A branch is not cut within a number: a part of one would look like another number.
  return kind === 'string' ? text : text.replace(/[-+.\deE]+…$/, '…');
}
