import { catalog, commandNames, type CommandName } from './catalog.ts';
import { statusesOf } from './statusesOf.ts';
import type { CodecMember } from '../codec/codec.ts';
import { prettyJson } from '../json/prettyJson.ts';
import { isSuccess, statusCode, statusCodes, type StatusName } from '../status.ts';
import { statusTexts } from '../statusTexts.ts';

/** A parameter, or a member of a reply or of an object inside one. */
export interface MemberReference {
  readonly name: string;
  /** Type in words. */
  readonly label: string;
  readonly isRequired: boolean;
  /** What leaving it out means; "" where nobody can leave it out. */
  readonly defaultText: string;
  readonly description: string;
  /** Of an object with fixed names; empty for every other type. */
  readonly members: readonly MemberReference[];
}

/** A status as people read about it. */
export interface StatusReference {
  readonly code: number;
  readonly name: StatusName;
  readonly isSuccess: boolean;
  /** One line. */
  readonly meaning: string;
  /** Why it happens and what to do. */
  readonly cause: string;
}

/** All that there is to read about a command: what `docs/commands.md` and the console show. */
export interface CommandReference {
  readonly name: CommandName;
  /** One line, without a full stop. */
  readonly summary: string;
  /** A paragraph. */
  readonly description: string;
  /** A few words each, such as "read-only". */
  readonly facts: readonly string[];
  readonly params: readonly MemberReference[];
  /** Members of the body of a reply that is no refusal. */
  readonly reply: readonly MemberReference[];
  /** In the catalog's order, the good ones first. */
  readonly statuses: readonly StatusReference[];
  readonly example: {
    /** JSON over several lines. */
    readonly request: string;
    /** JSON over several lines, or undefined where a quiet command says nothing. */
    readonly reply: string | undefined;
  };
}

/** Said of every command, so it stands once. */
export const refusalNote =
  'A refused command is answered with "st", "tkn" (null unless the status is 100) and "m", the name of the parameter at fault.';

/** Puts together what the catalog knows about a command. */
export function referenceOf(name: CommandName): CommandReference {
  const { summary, description, params, reply, example, ...command } = catalog[name];
  return {
    name,
    summary,
    description,
    facts: [
      ...(command.isQuiet ? ['quiet: no reply on success'] : []),
      ...(command.isOwn ? ['our own, not in the original protocol'] : []),
      command.isMutating ? 'changes data' : 'read-only',
      ...(command.isDangerous ? ['not safe to send late or twice'] : []),
      ...(command.extendsWith ? [`restarts the time with ${command.extendsWith}`] : []),
    ],
    params: Object.entries(params).map(([param, { required, ...words }]) => ({
      name: param,
      label: words.label,
      isRequired: required,
      defaultText: words.defaultText ?? '',
      description: words.description,
      members: membersOf(words.members),
    })),
    reply: membersOf(reply.members ?? []),
    statuses: statusesOf(name).map(statusReferenceOf),
    example: {
      request: prettyJson(example.request),
      reply: example.reply === null ? undefined : prettyJson(example.reply),
    },
  };
}

function membersOf(members: readonly CodecMember[]): readonly MemberReference[] {
  return members.map(({ name, codec, isOptional }) => ({
    name,
    label: codec.label,
    isRequired: !isOptional,
    defaultText: '',
    description: codec.schema.description ?? '',
    members: membersOf(codec.members ?? []),
  }));
}

function statusReferenceOf(name: StatusName): StatusReference {
  return { name, isSuccess: isSuccess(name), code: statusCode(name), ...statusTexts[name] };
}

/** Every status of the protocol, by code. */
export const allStatuses: readonly StatusReference[] = (
  Object.keys(statusCodes) as StatusName[]
).map(statusReferenceOf);

/** The commands whose name, words, parameters or statuses hold every word of a search. */
export function findCommands(search: string): readonly CommandName[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return commandNames.filter((name) => {
    const { haystack, codes } = searchedOf(name);
    return words.every((word) => (/^\d+$/.test(word) ? codes.has(word) : haystack.includes(word)));
  });
}

function searchedOf(name: CommandName) {
  const { summary, params } = catalog[name];
  const names = statusesOf(name);
  return {
    haystack: [name, summary, ...Object.keys(params), ...names].join('\n').toLowerCase(),
    codes: new Set(names.map((status) => String(statusCode(status)))),
  };
}
