import type { WrittenMessage } from '../connection/page/exchange.ts';
import type { Inspector } from '../inspector/inspector.ts';
import type { InspectorFeature } from '../inspector/inspectorFeature.ts';
import type { LibraryFeature } from '../library/libraryFeature.ts';
import type { Tab } from '../tabs/tab.ts';
import type { TutorialFeature } from '../tutorial/tutorialFeature.ts';
import type { Loaded } from '../ui/late.tsx';
import type { AppParts } from './createParts.ts';

/** What a panel may use. */
export interface PanelContext {
  readonly parts: AppParts;
  /** The active one. */
  readonly tab: Tab;
  readonly tutorial: Loaded<TutorialFeature>;
  readonly library: Loaded<LibraryFeature>;
  readonly inspection: Loaded<InspectorFeature>;
  /** Puts a message into the composer; its variables are on unless it says otherwise. */
  readonly insert: (message: InsertedMessage) => void;
}

/** What the panes in the middle use beside that. */
export interface WorkContext extends PanelContext {
  readonly theme: 'light' | 'dark';
  readonly inspector: Inspector | undefined;
  readonly maxPayloadBytes: number;
  /** The page sends what nobody has written. */
  readonly onActing: (isActing: boolean) => void;
}

/** A message from elsewhere. */
export type InsertedMessage = Pick<WrittenMessage, 'text'> & {
  readonly isLiteral?: boolean | undefined;
  /** The saved message that it is. */
  readonly savedId?: string | undefined;
};
