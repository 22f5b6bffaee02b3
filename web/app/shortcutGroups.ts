import type { ShortcutGroup } from '../settings/ShortcutsPage.tsx';
import { logKeyLines } from '../log/list/logKeys.ts';
import type { Action } from './action.ts';
import { listActions, type Actions } from './actions.ts';
import { keysInWord, namesOfKeys } from './keys.ts';
import { messages as own } from './dialogMessages.ts';
import { messages as say } from './messages.ts';
import { menuItems, toolbarItems } from './paletteItems.ts';
import { withChoices, type ShortcutChoices } from './shortcutChoices.ts';

/** Keys that parts of the page take for themselves: not actions, but worth knowing. */
const otherKeys = [
  { group: say.groupTabs, keys: ['←', '→'], does: own.moveInTabs },
  ...logKeyLines().map(({ names, mod, shift, does }) => {
    const [name = '', ...others] = names;
    const keys = { codes: [], name, ...(mod && { mod }), ...(shift && { shift }) };
    return { group: say.groupResponse, keys: [...namesOfKeys(keys), ...others], does };
  }),
];

/**
 * For the list in the settings: what has keys, by group, and then what is found by its name.
 * @param usual The actions with the keys that they have without a choice.
 */
export function shortcutGroups(
  usual: Actions,
  choices: ShortcutChoices = { isOff: false, keys: new Map() },
): readonly ShortcutGroup[] {
  const actions = withChoices(usual, choices);
  const ofActions = Object.entries(usual).flatMap(
    ([name, { group, label, keys, isKeyElsewhere }]) => {
      if (!keys) return [];
      const chosen = actions[name as keyof Actions].keys;
      const change = isKeyElsewhere ? {} : { change: { name, isChanged: choices.keys.has(name) } };
      return [{ group, keys: chosen ? namesOfKeys(chosen) : [], does: label, ...change }];
    },
  );
  const lines = [...ofActions, ...otherKeys];
  const groups = [...new Set(lines.map(({ group }) => group))];
  const withKeys = groups.map((title) => ({
    title,
    shortcuts: lines.filter(({ group }) => group === title),
  }));
  const isListed = new Set(lines.map(({ does }) => does));
  return [...withKeys, byName(actions, isListed)];
}

/** Buttons, choices of menus and actions without keys of their own. */
function byName(actions: Actions, isListed: Set<string>): ShortcutGroup {
  const listed: readonly Action[] = listActions(actions);
  const choices = menuItems().filter(({ isFleeting }) => isFleeting !== true);
  const shortcuts = [...listed, ...toolbarItems(), ...choices].flatMap(({ label, group }) => {
    if (isListed.has(label)) return [];
    isListed.add(label);
    return [{ keys: [], does: label, where: group }];
  });
  const { keys } = actions.openPalette;
  return { title: keys ? own.byName(keysInWord(keys)) : own.byNameOnly, shortcuts };
}
