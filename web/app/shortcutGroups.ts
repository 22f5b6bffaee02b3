import type { ShortcutGroup } from '../settings/SettingsDialog.tsx';
import { logKeyLines } from '../log/logKeys.ts';
import type { Action } from './action.ts';
import { listActions, type Actions } from './actions.ts';
import { keysInWord, namesOfKeys } from './keys.ts';
import { messages as own } from './dialogMessages.ts';
import { messages as say } from './messages.ts';
import { menuItems, toolbarItems } from './paletteItems.ts';

/** Keys that parts of the page take for themselves: not actions, but worth knowing. */
const otherKeys = [
  { group: say.groupTabs, keys: ['←', '→'], does: own.moveInTabs },
  ...logKeyLines().map(({ names, mod, shift, does }) => {
    const [name = '', ...others] = names;
    const keys = { codes: [], name, ...(mod && { mod }), ...(shift && { shift }) };
    return { group: say.groupResponse, keys: [...namesOfKeys(keys), ...others], does };
  }),
];

/** For the list in the settings: what has keys, by group, and then what is found by its name. */
export function shortcutGroups(actions: Actions): readonly ShortcutGroup[] {
  const ofActions = listActions(actions).flatMap(({ group, label, keys }) =>
    keys ? [{ group, keys: namesOfKeys(keys), does: label }] : [],
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
  return { title: own.byName(keysInWord(actions.openPalette.keys)), shortcuts };
}
