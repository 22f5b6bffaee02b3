import { commandOf } from '../../protocol/wire/replyName.ts';
import { catalog, isCommandName } from '../../protocol/commands/catalog.ts';
import { readJson, readJsonAsWritten } from '../../protocol/json/readJson.ts';
import type { Entry, ReceivedEntry, SentEntry } from '../connection/page/exchange.ts';
import { cutScalars, type Scalar } from '../../protocol/json/scalars.ts';
import {
  piecesOfScalar,
  splitTokens,
  type Secrets,
  type TokenPiece,
} from '../connection/page/tokenPlaces.ts';
import { secretsOf } from './redaction.ts';

/** A token of the recording, which is another one in every run. */
export interface TokenVariable {
  /** `token1`, `token2` … */
  readonly name: string;
  readonly recorded: string;
  /** Where its value comes from: a reply of the scenario, or the person who runs it. */
  readonly source: 'reply' | 'input';
}

/** Something of a text that differs from run to run. */
export type Hole =
  /** A known token. */
  | { readonly kind: 'token'; readonly variable: TokenVariable }
  /** A token that is met here for the first time. */
  | { readonly kind: 'given'; readonly variable: TokenVariable }
  /** A number or a string, with its quotes, that differs from run to run. */
  | { readonly kind: 'any'; readonly type: 'number' | 'text' };

/** Text with holes. */
export type Part = string | Hole;

/** A message to send, and what has to come back. */
export interface Step {
  /** Name of a command, or `message` for a text that is none. */
  readonly name: string;
  readonly request: readonly Part[];
  /** Whether the text is JSON, so that the console sends it without asking. */
  readonly isJson: boolean;
  /** undefined: silence, as of a quiet command that succeeds. */
  readonly reply: StepReply | undefined;
}

interface StepReply {
  readonly text: readonly Part[];
  /** How the console's log names its row, up to the status. */
  readonly row: string;
}

/** What a test or a script plays. */
export interface Scenario {
  readonly steps: readonly Step[];
  readonly inputs: readonly TokenVariable[];
  /** Rows that no step could be made of: their request or reply is missing. */
  readonly leftOut: number;
}

/**
 * Reads a scenario out of recorded messages: each sent one with its reply, in the order of sending.
 * @param entries Of one connection; those whose other half is not among them are left out.
 * @param known Entries whose tokens are known.
 */
export function scenarioOf(
  entries: readonly Entry[],
  variables: ReadonlyMap<string, string>,
  known = entries,
): Scenario {
  const replies = new Map<number, ReceivedEntry>();
  for (const entry of entries) {
    if (entry.kind === 'received' && entry.requestId !== undefined) {
      replies.set(entry.requestId, entry);
    }
  }
  const book = new TokenBook(secretsOf(known, variables));
  const steps: Step[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'sent' || !canReplay(entry, replies.get(entry.id))) continue;
    steps.push(stepOf(entry, replies.get(entry.id), book));
  }
  const used = steps.reduce((count, { reply }) => count + (reply ? 2 : 1), 0);
  const messages = entries.filter(({ kind }) => kind !== 'connection');
  return { steps, inputs: book.inputs(), leftOut: messages.length - used };
}

function canReplay(sent: SentEntry, reply: ReceivedEntry | undefined): boolean {
  if (sent.binary || sent.text.trim() === '') return false;
  if (reply) return !reply.binary;
  // The last quiet command of a log waits still: nothing came since.
  return sent.isQuiet && (sent.outcome.state === 'silent' || sent.outcome.state === 'waiting');
}

function stepOf(sent: SentEntry, reply: ReceivedEntry | undefined, book: TokenBook): Step {
  return {
    name: isCommandName(sent.name) ? sent.name : 'message',
    request: book.request(sent.text),
    isJson: readJson(sent.text).ok,
    reply: reply && { text: book.reply(reply), row: rowOf(reply) },
  };
}

function rowOf({ name, statuses }: ReceivedEntry): string {
  const [status] = statuses;
  return status === undefined ? `Received ${name}` : `Received ${name}, ${status}`;
}

/** Tokens in the order they are met. */
class TokenBook {
  readonly #secrets: Secrets;
  readonly #variables = new Map<string, TokenVariable>();
  /** Tokens of requests that stay as they are. */
  readonly #madeUp = new Set<string>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  inputs(): TokenVariable[] {
    return [...this.#variables.values()].filter(({ source }) => source === 'input');
  }

  request(text: string): Part[] {
    const pieces = splitTokens(text, this.#secrets);
    return pieces.map((piece) => (typeof piece === 'string' ? piece : this.#known(piece)));
  }

  reply({ name, text }: ReceivedEntry): Part[] {
    const command = commandOf(name);
    const volatile =
      command !== undefined && isCommandName(command) ? (catalog[command].volatile ?? []) : [];
    const json = readJsonAsWritten(text);
    if (!json.ok) return [text];
    const pieces = cutScalars<TokenPiece | Hole>(json.value, (scalar) => {
      if (isVolatile(scalar, volatile)) return [anyOf(scalar.raw)];
      return piecesOfScalar(scalar, this.#secrets);
    });
    return pieces.map((piece) =>
      typeof piece === 'object' && 'token' in piece ? this.#answered(piece) : piece,
    );
  }

  /** A token in a request: either a reply gave it, or the person who runs the file has to. */
  #known(piece: TokenPiece): Part {
    if (piece.where === 'digits') return piece.raw;
    const known = this.#variables.get(piece.token);
    if (known) return { kind: 'token', variable: known };
    // "7" is no token of a server: such a message asks for a session that is not there.
    if (!this.#secrets.has(piece.token)) {
      this.#madeUp.add(piece.token);
      return piece.raw;
    }
    return { kind: 'token', variable: this.#add(piece.token, 'input') };
  }

  #answered(piece: TokenPiece): Part {
    if (piece.where === 'digits') return piece.raw;
    const known = this.#variables.get(piece.token);
    if (known) return { kind: 'token', variable: known };
    if (this.#madeUp.has(piece.token)) return piece.raw;
    return { kind: 'given', variable: this.#add(piece.token, 'reply') };
  }

  #add(token: string, source: TokenVariable['source']): TokenVariable {
    const name = `token${this.#variables.size + 1}`;
    const variable = { name, recorded: token, source };
    this.#variables.set(token, variable);
    return variable;
  }
}

function isVolatile({ path, isName }: Scalar, volatile: readonly string[]): boolean {
  return !isName && volatile.includes(path.slice(1).join('.'));
}

function anyOf(raw: string): Hole {
  return { kind: 'any', type: raw.startsWith('"') ? 'text' : 'number' };
}
