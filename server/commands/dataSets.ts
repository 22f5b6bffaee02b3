import type { dataSetCommands } from '../../protocol/commands/dataSets.ts';
import { ok, type Result } from '../../protocol/result.ts';
import { statusCode } from '../../protocol/status.ts';
import type { ReplyOf } from '../../protocol/commands/catalog.ts';
import type { DataSetName } from '../../protocol/dataSetName.ts';
import type { Refusal } from '../../protocol/wire/reply.ts';
import type { SaveFault } from '../dataSets/dataSetStore.ts';
import { limitReached } from '../store/refusals.ts';
import type { CommandDeps, Handlers } from './handler.ts';

export function dataSetHandlers({
  store,
  dataSets,
}: CommandDeps): Handlers<keyof typeof dataSetCommands> {
  return {
    SH_SAVE: async ({ name, tkns }) => {
      const saved = await dataSets.save(name, () => store.scan(tkns));
      if (!saved.ok) return replyToFault(saved.refusal, name);
      return ok({ st: statusCode('SaveComplete'), name, duration: saved.value });
    },

    SH_LOAD: async ({ name }, cause) => {
      const loaded = await dataSets.load(name);
      if (!loaded.ok) return ok({ name, st: statusCode('LoadError'), sessions: 0, keys: 0 });
      const added = await store.restoreSessions(loaded.value, cause);
      if (!added.ok) return added;
      return ok({ name, st: statusCode('LoadComplete'), ...added.value });
    },
  };
}

function replyToFault(fault: SaveFault, name: DataSetName): Result<ReplyOf<'SH_SAVE'>, Refusal> {
  if (fault === 'max-saves' || fault === 'max-save-bytes') return limitReached(fault);
  return ok({ st: statusCode(fault), name });
}
