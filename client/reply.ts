import type { CommandName } from '../protocol/commands/catalog.ts';
import { readExactValue } from '../protocol/json/exactValue.ts';
import { statusName, type StatusName } from '../protocol/status.ts';
import { commandFacts } from './commandFacts.ts';
import { CommandError, SeshdeckError, ValueError } from './errors.ts';
import { keptNumber, type NumberForm } from './exactNumber.ts';

/** A reply as it came. */
export interface Reply {
  /** Such as `KV_GET_RSP`. */
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The first number that cannot be given in the form that was asked for. */
  readonly refusedNumber: string | undefined;
}

/** @returns undefined when the text is no reply of this protocol. */
export function readReply(text: string, form: NumberForm): Reply | undefined {
  let refusedNumber: string | undefined;
  const keep = (written: string) => {
    if (form !== 'number') return keptNumber(written, form);
    refusedNumber ??= written;
    return Number.NaN;
  };
  const message = parsed(text, keep);
  if (!isObject(message)) return undefined;
  const names = Object.keys(message);
  const name = names[0];
  if (name === undefined || names.length > 1) return undefined;
  const body = message[name];
  return isObject(body) ? { name, body, text, refusedNumber } : undefined;
}

function parsed(text: string, keep: (written: string) => unknown): unknown {
  try {
    return readExactValue(text, keep);
  } catch {
    return undefined; // No JSON.
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What the application gets.
 * @throws {CommandError} when the server refused the command.
 * @throws {ValueError} when a number cannot be given without losing digits.
 */
export function resultOf(command: CommandName, reply: Reply): unknown {
  const { body, refusedNumber } = reply;
  // A removed key may be named "m": then it has a status, where a refusal has a name.
  if (typeof body['m'] === 'string') throw refusalOf(command, body, body['m']);
  if (refusedNumber !== undefined) {
    throw new ValueError(`${refusedNumber} would lose digits as a number`, [], command);
  }
  switch (commandFacts[command].keyStatuses) {
    case 'none':
      return body;
    case 'in keys':
      return isObject(body['keys']) ? withStatuses(body, body['keys']) : body;
    case 'beside tkn': {
      const { tkn, ...keys } = body;
      return { tkn, keys: namedStatuses(keys) };
    }
  }
}

/** The error that says why a command was refused. */
export function refusalOf(
  command: CommandName,
  body: Reply['body'],
  param = '',
): CommandError | SeshdeckError {
  const status = statusName(Number(body['st']));
  if (status) return new CommandError(command, status, param);
  return new SeshdeckError(`${command} was answered with an unknown status`, command);
}

function withStatuses(body: Reply['body'], keys: Reply['body']): unknown {
  namedStatuses(keys);
  return body;
}

function namedStatuses(codes: Readonly<Record<string, unknown>>): Record<string, StatusName> {
  // What was parsed is ours to change, and has a member for each key, "__proto__" too.
  const statuses = codes as Record<string, unknown>;
  for (const key of Object.keys(codes)) {
    statuses[key] = statusName(Number(codes[key])) ?? 'Unknown';
  }
  return statuses as Record<string, StatusName>;
}
