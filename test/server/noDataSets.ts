import { refused } from '../../protocol/result.ts';
import type { DataSetStore } from '../../server/dataSets/dataSetStore.ts';

/** Where nothing is ever saved, for what runs without a disk. */
export const noDataSets: DataSetStore = {
  save: async () => refused('SaveDirWriteFail'),
  load: async () => refused('nothing is kept here'),
};
