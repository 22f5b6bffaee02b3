import type { CommandName, ParamsOf, ReplyOf } from '../../protocol/commands/catalog.ts';
import type { Refusal } from '../../protocol/wire/reply.ts';
import type { Result } from '../../protocol/result.ts';
import type { DataSetStore } from '../dataSets/dataSetStore.ts';
import type { Eventually } from '../eventually.ts';
import type { Cause } from '../store/changes.ts';
import type { SessionStore } from '../store/sessionStore.ts';

/** What SV_INFO answers. */
export interface ServerFacts {
  readonly serverVersion: string;
  readonly persistEnabled: boolean;
}

/** All that handlers work with; a family of them is made from it. */
export interface CommandDeps {
  readonly store: SessionStore;
  readonly dataSets: DataSetStore;
  readonly facts: ServerFacts;
}

/**
 * Carries out one command whose parameters have been checked. A null reply is silence.
 * @param cause Handed on to what changes data.
 */
export type Handler<N extends CommandName> = (
  params: ParamsOf<N>,
  cause: Cause,
) => Eventually<Result<ReplyOf<N>, Refusal>>;

/** A handler for each of these commands. */
export type Handlers<N extends CommandName> = { readonly [K in N]: Handler<K> };
