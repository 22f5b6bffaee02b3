import type { Result } from '../../protocol/result.ts';
import type { WrittenMessage } from '../connection/page/exchange.ts';

/** What a message is saved as. */
export interface SavedDetails {
  readonly name: string;
  /** Empty: none. */
  readonly folder: string;
}

/** Where messages are kept. Given by the app. */
export interface Saving {
  readonly folders: readonly string[];
  /** @returns undefined when it is not there any more. */
  readonly find: (id: string) => SavedDetails | undefined;
  /** @returns Its id, or why it was not kept. */
  readonly save: (details: SavedDetails, message: WrittenMessage) => Result<string, string>;
  /** Saves it again. @returns The function that brings the one before back. */
  readonly update: (id: string, details: SavedDetails, message: WrittenMessage) => () => void;
}
