/**
 * One rule of `docs/protocol.md` as a request and the exact text of its reply.
 *
 * In every text `<T>` stands for the token of a fresh session "demo", `<A>`, `<B>` … for the tokens
 * that a line of `given` named, `<?>` for any token, and `<now>`, `<now+60>` for the server's time in
 * whole seconds. A line of `given` is a request whose reply does not matter; `A = {…}` keeps the
 * token of its reply as `<A>`; `wait 59.999` lets so many seconds pass.
 */
export interface Row {
  /** The rule in words, decisions by their names. */
  readonly rule: string;
  readonly given: readonly string[];
  readonly send: string | Buffer;
  /** The exact reply; {@link silence} for none. */
  readonly expect: string;
}

/** Rows of one section of the protocol. */
export interface Section {
  /** The heading in `docs/protocol.md`, up to its dash. */
  readonly heading: string;
  readonly rows: readonly Row[];
}

/** What a quiet command answers when all went well. */
export const silence = '';

type RowParts =
  | readonly [rule: string, send: string | Buffer, expect: string]
  | readonly [rule: string, given: readonly string[], send: string | Buffer, expect: string];

/** Makes a section out of rows that are `[rule, send, expect]` or `[rule, given, send, expect]`. */
export function section(heading: string, parts: readonly RowParts[]): Section {
  const rows = parts.map((each) => {
    if (each.length === 3) return { rule: each[0], given: [], send: each[1], expect: each[2] };
    return { rule: each[0], given: each[1], send: each[2], expect: each[3] };
  });
  return { heading, rows };
}

/** A request. */
export function req(name: string, members = ''): string {
  return `{"${name}":{${members}}}`;
}

/** A reply. */
export function rsp(name: string, members: string): string {
  return `{"${name}_RSP":{${members}}}`;
}

/** A refusal of the envelope. */
export function err(status: number): string {
  return `{"ERR":{"st":${status},"m":""}}`;
}

/** A refusal that reached no session. */
export function no(name: string, status: number, param = ''): string {
  return rsp(name, `"st":${status},"tkn":null,"m":"${param}"`);
}

/** Status 100, which echoes the token. */
export function gone(name: string, tkn = '7'): string {
  return rsp(name, `"st":100,"tkn":"${tkn}","m":""`);
}

/** Stores keys in session `<T>`. */
export function store(keys: string): string {
  return req('KV_SET', `"tkn":"<T>","keys":${keys}`);
}

/** Reads one key of session `<T>`, named in JSON. */
export function get(key: string): string {
  return req('KV_GET', `"tkn":"<T>","keys":[${key}]`);
}

/** What {@link get} is answered. */
export function got(key: string, value: string): string {
  return rsp('KV_GET', `"tkn":"<T>","keys":{${key}:${value}}`);
}

const samples = {
  null: 'null',
  boolean: 'true',
  number: '5',
  string: '"x"',
  array: '[]',
  object: '{}',
} as const;

/** A value of every type but these. */
export function valuesBut(...types: (keyof typeof samples)[]): string[] {
  const others = Object.entries(samples).filter(([type]) => !types.some((each) => each === type));
  return others.map(([, value]) => value);
}

/** Arrays in arrays. */
export function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}
