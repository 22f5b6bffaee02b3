import { Announcer } from './store/announcer.ts';
import type { ShownParts } from './store/messageLog.ts';
import { VisibleEntries } from './store/visibleEntries.ts';

/** What the panel brings into a log that it shows. */
export const shownParts: ShownParts = {
  createVisible: (source, deps) => new VisibleEntries(source, deps),
  createAnnouncer: (deps) => new Announcer(deps),
};
