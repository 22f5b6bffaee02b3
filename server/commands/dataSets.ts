import type { dataSetCommands } from '../../protocol/commands/dataSets.ts';
import { ok } from '../../protocol/result.ts';
import { statusCode } from '../../protocol/status.ts';
import type { DataSetStore } from '../dataSets/dataSetStore.ts';
import type { Handlers } from './handler.ts';

export function dataSetHandlers(dataSets: DataSetStore): Handlers<keyof typeof dataSetCommands> {
  return {
    SH_SAVE: async (store, { name, tkns }) => {
      const saved = await dataSets.save(name, () => store.snapshotSessions(tkns));
      if (!saved.ok) return ok({ st: statusCode(saved.refusal), name });
      return ok({ st: statusCode('SaveComplete'), name, duration: saved.value });
    },

    SH_LOAD: async (store, { name }) => {
      const loaded = await dataSets.load(name);
      if (!loaded.ok) return ok({ name, st: statusCode('LoadError'), sessions: 0, keys: 0 });
      const added = await store.restoreSessions(loaded.value);
      return ok({ name, st: statusCode('LoadComplete'), ...added });
    },
  };
}
