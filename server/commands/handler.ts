import type { CommandName, ParamsOf, ReplyOf } from '../../protocol/catalog.ts';
import type { Refusal } from '../../protocol/frame.ts';
import type { Result } from '../../protocol/result.ts';
import type { Eventually } from '../eventually.ts';
import type { SessionStore } from '../store/sessionStore.ts';

/** Carries out one command whose parameters have been checked. A null reply is silence. */
export type Handler<N extends CommandName> = (
  store: SessionStore,
  params: ParamsOf<N>,
) => Eventually<Result<ReplyOf<N>, Refusal>>;

/** A handler for each of these commands. */
export type Handlers<N extends CommandName> = { readonly [K in N]: Handler<K> };
