import { catalog, type ReplyOf } from '../protocol/commands/catalog.ts';
import type { DataSetName } from '../protocol/dataSetName.ts';
import { quote } from '../protocol/json/jsonText.ts';
import { readMessage } from '../protocol/wire/namedMessage.ts';
import { statusesOf } from '../protocol/wire/reply.ts';
import type { Dispatch } from './commands/dispatch.ts';
import type { DataSetStore } from './dataSets/dataSetStore.ts';
import type { DiskDataSets } from './dataSets/diskDataSets.ts';
import type { Restored } from './store/sessionStore.ts';

/**
 * Carries out `--loadName`: SH_LOAD, through the door of every command, before anybody can connect.
 * Throws one line that says why when the data set cannot be loaded.
 * @param doorTo Makes the door of every command, with these data sets behind it.
 */
export async function loadAtStart(
  name: DataSetName,
  disk: DiskDataSets,
  doorTo: (dataSets: DataSetStore) => Dispatch,
): Promise<Restored> {
  let reason = '';
  const dispatch = doorTo({
    save: (...save) => disk.save(...save),
    load: async (wanted) => {
      const loaded = await disk.loadQuietly(wanted);
      // The reply has a status only.
      if (!loaded.ok) reason = loaded.refusal;
      return loaded;
    },
  });
  const reply = readMessage((await dispatch(`{"SH_LOAD":{"name":${quote(name)}}}`, 0)) ?? '');
  const [status = 'Unknown'] = reply ? statusesOf(reply) : [];
  const loaded =
    reply && (catalog.SH_LOAD.reply.read(reply.body) as ReplyOf<'SH_LOAD'> | undefined);
  if (status === 'LoadComplete' && loaded) {
    return { sessions: loaded.sessions, keys: loaded.keys };
  }
  throw new Error(`--loadName: ${reason === '' ? `the store refused with ${status}` : reason}`);
}
