import { jsonTokens, type JsonToken, type TextSpan } from '../json/jsonTokens.ts';

/** The body of a message on one line, and what of it is a copy of the message. */
export interface Preview {
  readonly text: string;
  /** In order; what lies between them is not in the message. */
  readonly copied: readonly CopiedPart[];
  /** Where the body begins in the message. */
  readonly bodyAt: number;
}

interface CopiedPart {
  /** Place in the message. */
  readonly from: number;
  /** Place in the preview. */
  readonly at: number;
  readonly length: number;
}

/** Characters of a message that are looked at: a row shows no more than a part of them. */
const maxRead = 2000;
/** Names that are readable without quotes. */
const plainName = /^"[\w$-]+"$/;

/**
 * What a message of the protocol says, as people would write it down: the members of its body
 * without the token and, of a reply, the status, which the row has anyway.
 * @returns undefined for any other text.
 */
export function compactPreview(text: string): Preview | undefined {
  const tokens = [...jsonTokens(text.slice(0, maxRead))];
  const envelope = tokens.slice(0, 4);
  if (envelope.map(({ kind }) => kind).join(' ') !== 'open string colon open') return undefined;
  const [brace, name, , body] = envelope;
  if (!brace || !name || !body || text[brace.start] !== '{' || text[body.start] !== '{') {
    return undefined;
  }
  const isReply = text.slice(name.start, name.end).endsWith('_RSP"');
  const writer = new PreviewWriter(text);
  const members = membersFrom(tokens.slice(4)).filter((member) => {
    const written = writer.nameOf(member);
    return written !== '"tkn"' && !(isReply && written === '"st"');
  });
  writer.body(members);
  return { text: writer.text, copied: writer.copied, bodyAt: body.start };
}

/** A member of an object: its name, and the tokens of its value. */
interface Member {
  readonly name: JsonToken;
  readonly value: readonly JsonToken[];
}

/** The members up to the brace that closes the object; the last one may be cut off. */
function membersFrom(tokens: readonly JsonToken[]): Member[] {
  const members: Member[] = [];
  let depth = 0;
  let start = 0;
  const close = (end: number) => {
    const name = tokens[start];
    if (name?.kind === 'string') members.push({ name, value: tokens.slice(start + 2, end) });
    start = end + 1;
  };
  for (const [index, { kind }] of tokens.entries()) {
    if (kind === 'comma' && depth === 0) close(index);
    if (kind === 'open') depth += 1;
    if (kind === 'close') depth -= 1;
    if (depth < 0) {
      close(index);
      return members;
    }
  }
  close(tokens.length);
  return members;
}

/** Writes a preview down, and remembers which parts are copies. */
class PreviewWriter {
  readonly #message: string;
  text = '';
  readonly copied: CopiedPart[] = [];

  constructor(message: string) {
    this.#message = message;
  }

  nameOf({ name }: Member): string {
    return this.#message.slice(name.start, name.end);
  }

  /** The only thing that most commands are about is `keys`: then its content says it all. */
  body(members: readonly Member[]): void {
    const [first, ...rest] = this.#onlyKeys(members);
    if (first?.kind !== 'open') this.#members(members);
    else if (this.#message[first.start] === '{') this.#members(membersFrom(rest));
    else this.#value(rest.at(-1)?.kind === 'close' ? rest.slice(0, -1) : rest);
  }

  #onlyKeys(members: readonly Member[]): readonly JsonToken[] {
    const [only] = members;
    const isKeys = members.length === 1 && only && this.nameOf(only) === '"keys"';
    return isKeys ? only.value : [];
  }

  #members(members: readonly Member[]): void {
    for (const [index, member] of members.entries()) {
      if (index > 0) this.text += ', ';
      this.#member(member);
    }
  }

  #member(member: Member): void {
    this.#name(member.name);
    const seconds = this.nameOf(member) === '"expiry"' ? this.#secondsOf(member) : undefined;
    if (seconds) {
      this.text += ' ';
      this.#copy(seconds);
      this.text += ' s';
      return;
    }
    this.text += ': ';
    this.#value(member.value);
  }

  /** Of an expiry that a session has: its duration. */
  #secondsOf({ value }: Member): JsonToken | undefined {
    const members = membersFrom(value.slice(1));
    const valueOf = (name: string) => members.find((each) => this.nameOf(each) === name)?.value[0];
    const expires = valueOf('"expires"');
    if (expires && this.#message.startsWith('false', expires.start)) return undefined;
    return valueOf('"duration"');
  }

  #name(name: JsonToken): void {
    const isPlain = plainName.test(this.#message.slice(name.start, name.end));
    this.#copy(isPlain ? { start: name.start + 1, end: name.end - 1 } : name);
  }

  #value(tokens: readonly JsonToken[]): void {
    for (const [index, token] of tokens.entries()) {
      const isName = token.kind === 'string' && tokens[index + 1]?.kind === 'colon';
      if (isName) this.#name(token);
      else this.#copy(token);
      if (token.kind === 'comma' || token.kind === 'colon') this.text += ' ';
    }
  }

  #copy({ start, end }: TextSpan): void {
    this.copied.push({ from: start, at: this.text.length, length: end - start });
    this.text += this.#message.slice(start, end);
  }
}
