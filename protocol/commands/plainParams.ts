import type { Param } from '../codec/params.ts';
import { marks, plainMembers, plainStrings, type PlainCursor } from '../json/plainCursor.ts';
import type { AnyCommand } from './defineCommand.ts';

/** Parameters of a command by name, as its handler gets them. */
export type CheckedParams = Record<string, unknown>;

/** A parameter and its bit: which of them have come is one number. */
interface KnownParam {
  readonly name: string;
  readonly param: Param<unknown>;
  readonly bit: number;
  /** As most clients write its name. */
  readonly head: string;
}

/** What a command has beside its token: nothing, or keys in one of these forms. */
type Usual = 'alone' | 'members' | 'strings';

const tokenHead = '"tkn":';
const keysHead = ',"keys":';

/** Reads the body of requests of one command, those of the usual kind, in one pass. */
export class PlainParams {
  readonly #command: AnyCommand;
  readonly #params: readonly KnownParam[];
  readonly #byName: ReadonlyMap<string, KnownParam>;
  readonly #usual: Usual | undefined;

  constructor(command: AnyCommand) {
    this.#command = command;
    this.#params = Object.entries(command.params).map(([name, param], index) => {
      return { name, param, bit: 1 << index, head: `"${name}":` };
    });
    this.#byName = new Map(this.#params.map((each) => [each.name, each]));
    this.#usual = usualOf(command);
  }

  /** @returns undefined for everything else, what is refused included: `readParams` decides. */
  read(cursor: PlainCursor): CheckedParams | undefined {
    if (!cursor.takes(marks.openBrace)) return undefined;
    const start = cursor.at;
    const usual = this.#readUsual(cursor);
    if (usual) return usual;
    cursor.at = start;
    return this.#readAny(cursor);
  }

  /** A token, and keys behind it: what most commands have. Objects that are filled by name take much longer to make. */
  #readUsual(cursor: PlainCursor): CheckedParams | undefined {
    if (this.#usual === undefined || !cursor.takesText(tokenHead)) return undefined;
    const tkn = cursor.string();
    if (!tkn) return undefined;
    if (this.#usual === 'alone') return cursor.takes(marks.closeBrace) ? { tkn } : undefined;
    if (!cursor.takesText(keysHead)) return undefined;
    const keys = this.#usual === 'members' ? plainMembers(cursor) : plainStrings(cursor);
    return keys && cursor.takes(marks.closeBrace) ? { tkn, keys } : undefined;
  }

  #readAny(cursor: PlainCursor): CheckedParams | undefined {
    const params: CheckedParams = {};
    let given = 0;
    let count = 0;
    let next = cursor.takes(marks.closeBrace) ? 'end' : 'more';
    for (; next === 'more'; count += 1) {
      const bit = this.#readMember(cursor, params, count);
      // Of a member that comes twice the first counts.
      if (bit === 0 || (given & bit) !== 0) return undefined;
      given |= bit;
      next = cursor.next(marks.closeBrace) ?? 'other';
    }
    return next === 'end' && this.#isWhole(params, count) ? params : undefined;
  }

  /** @returns The bit of the parameter; 0 for what `readParams` decides: one that is refused, or not known. */
  #readMember(cursor: PlainCursor, params: CheckedParams, count: number): number {
    const known = this.#readName(cursor, this.#params[count]);
    if (!known) return 0;
    const value = readPlain(known.param, cursor);
    if (value === undefined) return 0;
    params[known.name] = value;
    return known.bit;
  }

  /** @param expected Compared first, as members mostly come in the order of the catalog. */
  #readName(cursor: PlainCursor, expected: KnownParam | undefined): KnownParam | undefined {
    if (expected && cursor.takesText(expected.head)) {
      cursor.skipSpaces();
      return expected;
    }
    const known = this.#byName.get(cursor.string() ?? '');
    return known && cursor.takes(marks.colon) ? known : undefined;
  }

  /** Reads what was left out. @returns Whether nothing is refused. */
  #isWhole(params: CheckedParams, count: number): boolean {
    if (!isCountRight(this.#command, count)) return false;
    if (count === this.#params.length) return true;
    for (const { name, param } of this.#params) {
      if (Object.hasOwn(params, name)) continue;
      const read = param.neededWithout === undefined && param.read(undefined);
      if (!read || !read.ok) return false;
      params[name] = read.value;
    }
    return true;
  }
}

function usualOf(command: AnyCommand): Usual | undefined {
  const { tkn, keys, ...others } = command.params;
  const isAll = tkn?.plainForm === 'token' && Object.keys(others).length === 0;
  if (!isAll || !isCountRight(command, keys ? 2 : 1)) return undefined;
  if (!keys) return 'alone';
  return keys.plainForm === 'token' ? undefined : keys.plainForm;
}

function isCountRight({ memberCount }: AnyCommand, count: number): boolean {
  return !memberCount || (count >= memberCount.atLeast && count <= memberCount.atMost);
}

/** @returns undefined when it is refused, or not of the usual kind. */
function readPlain(param: Param<unknown>, cursor: PlainCursor): unknown {
  if (param.plainForm === 'members') return plainMembers(cursor);
  if (param.plainForm === 'strings') return plainStrings(cursor);
  // Without a string there may be digits: they are read like any value.
  if (param.plainForm === 'token' && cursor.isAtString) return cursor.string() || undefined;
  const text = cursor.value();
  const read = text === undefined ? undefined : param.read(text);
  return read?.ok ? read.value : undefined;
}
