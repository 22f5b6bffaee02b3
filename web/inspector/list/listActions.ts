import type { Action } from '../../ui/action.ts';
import type { SessionList } from './sessionList.ts';
import { texts } from './texts.ts';

const usualSeparator = ':';

/** What can be done with the list as a whole: for its buttons and the palette. */
export function listActions(source: SessionList, focusSearch: () => void) {
  const { selection } = source;
  const group = texts.liveSessions;
  const toggleGroups = () => {
    const isOn = source.store.getState().query.separator !== undefined;
    source.show({ separator: isOn ? undefined : usualSeparator, open: undefined });
  };
  const toggleContent = () => {
    const { text, where } = source.store.getState().search;
    source.search({ text, where: where === 'content' ? 'names' : 'content' });
    focusSearch();
  };
  return {
    'sessions.group': { label: texts.group, group, run: toggleGroups },
    'sessions.select': {
      label: texts.select,
      group,
      run: () => selection.turn(!selection.store.getState().isOn),
    },
    'sessions.ended': {
      label: texts.recentlyEnded,
      group,
      run: () => source.showEnded(!source.store.getState().areEndedShown),
    },
    'sessions.findInContent': { label: texts.findInContent, group, run: toggleContent },
  } satisfies Record<string, Action>;
}
