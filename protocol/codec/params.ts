import {
  string,
  token as tokenCodec,
  type Codec,
  type CodecMember,
  type JsonSchema,
} from './codec.ts';
import { asJsonText, type JsonText } from '../json/jsonText.ts';
import { ok, refused, type Result } from '../result.ts';
import type { StatusName } from '../status.ts';
import type { Steps } from '../steps.ts';
import type { Token } from '../token.ts';

/** Why a parameter is refused: the status and the name that the reply's `m` carries. */
export interface ParamFault {
  readonly status: StatusName;
  readonly param: string;
}

/** One parameter of a command: how it is read and refused, and how it is shown. */
export interface Param<T> {
  readonly required: boolean;
  /** Type in words, for the reference. */
  readonly label: string;
  readonly schema: JsonSchema;
  readonly description: string;
  /** What leaving it out means, in a word or two. Absent: it must be there. */
  readonly defaultText?: string;
  /** May be left out only where this other parameter is there; `ParamMissing` else. */
  readonly neededWithout?: string;
  /** Of an object with fixed names, for the reference. */
  readonly members: readonly CodecMember[];
  /** JSON text that a template puts in; a good first guess. */
  readonly sample: JsonText;
  /** @param json undefined when the member is missing. */
  read(json: JsonText | undefined): Result<T, ParamFault>;
  /** As `read`, of a long text. Absent: `read` is not slow. */
  readonly readInSteps?: (json: JsonText) => Steps<Result<unknown, ParamFault>>;
  /** As its codec has it. */
  readonly plainForm?: Codec<unknown>['plainForm'] | undefined;
}

/** The type that a parameter has inside the server. */
export type Read<P> = P extends Param<infer T> ? T : never;

interface ParamWords {
  readonly description: string;
  /** JSON text. */
  readonly sample: string;
}

interface OptionalWords extends ParamWords {
  /** What leaving it out means, in a word or two. */
  readonly defaultText: string;
}

interface RefusalStatuses {
  readonly missing?: StatusName;
  readonly wrongType?: StatusName;
}

/** A parameter that must be there. */
export function required<T>(
  name: string,
  codec: Codec<T>,
  {
    missing = 'ParamMissing',
    wrongType = 'ValueTypeInvalid',
    ...words
  }: RefusalStatuses & ParamWords,
): Param<T> {
  const resultOf = (read: T | undefined): Result<T, ParamFault> =>
    read === undefined ? refused({ status: wrongType, param: name }) : ok(read);
  const { readInSteps } = codec;
  return {
    ...shown(codec, words),
    required: true,
    plainForm: codec.plainForm,
    read: (json) => {
      if (json === undefined) return refused({ status: missing, param: name });
      const read = codec.read(json);
      return read === undefined ? refused({ status: wrongType, param: name }) : ok(read);
    },
    ...(readInSteps && {
      *readInSteps(json: JsonText) {
        return resultOf(yield* readInSteps(json));
      },
    }),
  };
}

/** A parameter that may be missing; then it is undefined. */
export function optional<T>(
  name: string,
  codec: Codec<T>,
  { wrongType = 'ValueTypeInvalid', defaultText, ...words }: RefusalStatuses & OptionalWords,
): Param<T | undefined> {
  const inner = required(name, codec, { wrongType, ...words });
  return {
    ...inner,
    schema: { ...inner.schema, description: `${inner.description} Left out: ${defaultText}.` },
    required: false,
    defaultText,
    read: (json) => (json === undefined ? ok(undefined) : inner.read(json)),
  };
}

/** A string that must be there and must not be empty (status 42 if it is). */
export function nonEmptyString(
  name: string,
  options: { missing: StatusName } & ParamWords,
): Param<string> {
  const inner = required(name, string, options);
  return {
    ...inner,
    schema: { ...inner.schema, minLength: 1 },
    read: (json) => {
      const read = inner.read(json);
      return read.ok && read.value === '' ? refused({ status: 'ValueSize', param: name }) : read;
    },
  };
}

/** `tkn`: every refusal is status 101 with an empty `m`. */
export const tkn: Param<Token> = {
  ...shown(tokenCodec, {
    description: 'Token of the session, as SH_NEW or SH_OPEN gave it.',
    sample: '"{{tkn}}"',
  }),
  required: true,
  plainForm: tokenCodec.plainForm,
  read: (json) => {
    const read = json === undefined ? undefined : tokenCodec.read(json);
    return read === undefined ? refused({ status: 'SessionTokenInvalid', param: '' }) : ok(read);
  },
};

function shown<T>(codec: Codec<T>, { description, sample }: ParamWords) {
  return {
    label: codec.label,
    schema: { ...codec.schema, description },
    description,
    members: codec.members ?? [],
    sample: asJsonText(sample),
  };
}
