import type { Action, Actions } from '../ui/action.ts';
import { keysInWord, namesOfKeys } from '../ui/keys.ts';
import { withChoices, type ShortcutChoices } from './shortcutChoices.ts';
import type { ShortcutGroup } from './ShortcutsPage.tsx';
import { shortcutTexts as texts } from './shortcutTexts.ts';

/** Keys that a part of the page handles: listed also while it offers no action for them. */
export interface KeyLine {
  readonly group: string;
  readonly keys: readonly string[];
  readonly does: string;
}

/** What the list of shortcuts has. */
interface ListedShortcuts {
  /** The actions with the keys that they have without a choice. */
  readonly usual: Actions;
  readonly otherKeys: readonly KeyLine[];
}

/** For the list in the settings: what has keys, by group, and then what is found by its name. */
export function shortcutGroups(
  { usual, otherKeys }: ListedShortcuts,
  choices: ShortcutChoices = { isOff: false, keys: new Map() },
): readonly ShortcutGroup[] {
  const actions = withChoices(usual, choices);
  const ofActions = Object.entries(usual).flatMap(
    ([name, { group, label, keys, isKeyElsewhere }]) => {
      if (!keys) return [];
      const chosen = actions[name]?.keys;
      const change = isKeyElsewhere ? {} : { change: { name, isChanged: choices.keys.has(name) } };
      return [{ group, keys: chosen ? namesOfKeys(chosen) : [], does: label, ...change }];
    },
  );
  const isAction = new Set(ofActions.map(({ does }) => does));
  const lines = [...ofActions, ...otherKeys.filter(({ does }) => !isAction.has(does))];
  const groups = [...new Set(lines.map(({ group }) => group))];
  const withKeys = groups.map((title) => ({
    title,
    shortcuts: lines.filter(({ group }) => group === title),
  }));
  const isListed = new Set(lines.map(({ does }) => does));
  const keys = actions['openPalette']?.keys;
  return [
    ...withKeys,
    {
      title: keys ? texts.byName(keysInWord(keys)) : texts.byNameOnly,
      shortcuts: byName(Object.values(actions), isListed),
    },
  ];
}

/** Buttons, choices of menus and actions without keys. */
function byName(listed: readonly Action[], isListed: Set<string>) {
  return listed.flatMap(({ label, group }) => {
    if (isListed.has(label)) return [];
    isListed.add(label);
    return [{ keys: [], does: label, where: group }];
  });
}
