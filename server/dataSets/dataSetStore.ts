import type { DataSetName } from '../../protocol/dataSetName.ts';
import type { Result } from '../../protocol/result.ts';
import type { RestoredSession, SessionSnapshot } from '../store/sessionStore.ts';

/** Limits of what is saved: how many saves there are, and their bytes, of all names. */
export type SaveLimit = 'max-saves' | 'max-save-bytes';

/** Why a save was not made: its files could not be created, not be written, or would be too many. */
export type SaveFault = 'SaveDirWriteFail' | 'SaveError' | SaveLimit;

/** Sessions to be saved, one after the other. */
export type Sessions = AsyncIterable<SessionSnapshot> | Iterable<SessionSnapshot>;

/** Keeps data sets: copies of sessions under a name, older ones beside newer ones. */
export interface DataSetStore {
  /**
   * Makes a save. It is complete when this settles, or it can never be loaded.
   * @param read Called once, when the save's turn has come and its files are there.
   * @returns Milliseconds that it took.
   */
  save(name: DataSetName, read: () => Sessions): Promise<Result<number, SaveFault>>;

  /**
   * Reads the newest complete save of a name.
   * @returns Its sessions, or why there are none, in one line for the operator.
   */
  load(name: DataSetName): Promise<Result<RestoredSession[], string>>;
}
