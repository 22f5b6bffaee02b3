import type { CommandName, ParamsOf, ReplyOf } from '../../protocol/catalog.ts';
import type { Refusal } from '../../protocol/frame.ts';
import type { Result } from '../../protocol/result.ts';
import type { Eventually, SessionEngine } from '../engine/sessionEngine.ts';

/** Carries out one command whose parameters have been checked. A null reply is silence. */
export type Handler<N extends CommandName> = (
  engine: SessionEngine,
  params: ParamsOf<N>,
) => Eventually<Result<ReplyOf<N>, Refusal>>;

/** A handler for each of these commands. */
export type Handlers<N extends CommandName> = { readonly [K in N]: Handler<K> };
