import type { CommandName, ReplyOf, SpecOf } from '../protocol/commands/catalog.ts';
import type { Read } from '../protocol/codec/params.ts';
import type { DataSetName } from '../protocol/dataSetName.ts';
import type { JsonText } from '../protocol/json/jsonText.ts';
import type { Token } from '../protocol/token.ts';
import type { Json } from './storedText.ts';

// The catalog's types as an application sees them: values in place of JSON text, objects in place of maps.

/** What a parameter is given as. */
type Given<T> = T extends JsonText
  ? unknown
  : T extends Token | DataSetName
    ? string
    : T extends ReadonlyMap<string, infer V>
      ? { readonly [key: string]: Given<V> } | ReadonlyMap<string, Given<V>>
      : T extends readonly (infer V)[]
        ? readonly Given<V>[]
        : T extends object
          ? { readonly [K in keyof T]: Given<T[K]> }
          : T;

/** What a member of a reply comes as. */
export type Received<T> = T extends JsonText
  ? Json
  : T extends Token | DataSetName
    ? string
    : T extends ReadonlyMap<string, infer V>
      ? { readonly [key: string]: Received<V> }
      : T extends readonly (infer V)[]
        ? readonly Received<V>[]
        : T extends Iterable<readonly [string, infer V]>
          ? { readonly [key: string]: Received<V> }
          : T extends object
            ? { readonly [K in keyof T]: Received<T[K]> }
            : T;

type Params<N extends CommandName> = SpecOf<N>['params'];

/** Parameters that may be left out. */
type OptionalNames<P> = {
  [K in keyof P]: P[K] extends { readonly required: false }
    ? K
    : undefined extends Read<P[K]>
      ? K
      : never;
}[keyof P];

/** The parameters of a command, by the names of the protocol. */
export type CommandParams<N extends CommandName> = {
  readonly [K in Exclude<keyof Params<N>, OptionalNames<Params<N>>>]: Given<Read<Params<N>[K]>>;
} & {
  readonly [K in OptionalNames<Params<N>>]?: Given<Read<Params<N>[K]>> | undefined;
};

/** The reply of a command, with its `st` as it comes; null is the silence of a quiet one. */
export type CommandReply<N extends CommandName> = Received<ReplyOf<N>>;

/** Commands about a session. */
export type SessionCommand = {
  [N in CommandName]: Params<N> extends { readonly tkn: unknown } ? N : never;
}[CommandName];
