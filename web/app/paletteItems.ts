import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
import { templateOf } from '../../protocol/wire/template.ts';
import { titleOf } from '../inspector/words.ts';
import { offersOf } from '../ui/offers.ts';
import { listActions, type Actions } from './actions.ts';
import type { Console } from './createConsole.ts';
import { fuzzyScore } from './fuzzy.ts';
import type { Keys } from './keys.ts';
import type { LearnSide } from './learnSide.ts';
import type { LibrarySide } from './librarySide.ts';
import { messages as own } from './dialogMessages.ts';
import { messages as say } from './messages.ts';
import { composePanel, panels } from './panelList.ts';
import { takeListedSession } from './takeSession.ts';

/** One thing to find and run. */
export interface PaletteItem {
  /** Also after a reload, so that it can be among the recent ones. */
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** Searched and shown as well. */
  readonly hint?: string;
  readonly keys?: Keys;
  /** Comes and goes, or may hold what was received: not remembered among the recent ones. */
  readonly isFleeting?: boolean;
  readonly run: () => void;
}

/** Parts of the page that are fetched after the first paint; what is not here yet has no items. */
export interface PaletteSides {
  readonly learn?: LearnSide | undefined;
  readonly library?: LibrarySide | undefined;
}

/** Most results shown. */
const maxResults = 100;
/** Most sessions among the items: the newest ones. */
const maxSessions = 200;

/** Everything that can be found now. */
export function paletteItems(
  parts: Console,
  actions: Actions,
  { learn, library }: PaletteSides,
): readonly PaletteItem[] {
  const ofActions = actionItems(actions);
  const labels = new Set(ofActions.map(({ label }) => label));
  return [
    ...ofActions,
    ...[...toolbarItems(), ...menuItems()].filter(({ label }) => !labels.has(label)),
    ...tabItems(parts),
    ...commandItems(parts),
    ...savedItems(parts, library),
    ...lessonItems(parts, learn),
    ...sessionItems(parts),
  ];
}

/** Those that fit, best first; without a search the recent ones first. */
export function findItems(
  items: readonly PaletteItem[],
  typed: string,
  recentIds: readonly string[],
): readonly PaletteItem[] {
  if (typed.trim() === '') {
    const recent = recentIds.flatMap((id) => items.find((item) => item.id === id) ?? []);
    const others = items.filter(({ id }) => !recentIds.includes(id));
    return [...recent, ...others].slice(0, maxResults);
  }
  const scored = items.flatMap((item) => {
    const score = fuzzyScore(`${item.label} ${item.group} ${item.hint ?? ''}`, typed);
    // A recent one wins over another that fits as well.
    const bonus = recentIds.includes(item.id) ? 1 : 0;
    return score === undefined ? [] : [{ item, score: score + bonus }];
  });
  const best = scored.sort((a, b) => b.score - a.score).slice(0, maxResults);
  return best.map(({ item }) => item);
}

function actionItems(actions: Actions): PaletteItem[] {
  const listed = listActions(actions);
  return Object.keys(actions).flatMap((name, at) => {
    const action = listed[at];
    if (!action || action.isUnlisted || action.isEnabled?.() === false) return [];
    const { label, group, keys, run } = action;
    return [{ id: `action ${name}`, label, group, ...(keys && { keys }), run: () => run(0) }];
  });
}

/** Buttons at the head of panels: what a feature offers there is in the palette without a word more. */
export function toolbarItems(): PaletteItem[] {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('.panel-head button')];
  return buttons
    .filter((button) => !button.disabled)
    .map((button) => {
      const group = button.closest('section')?.getAttribute('aria-label') ?? '';
      const label = button.getAttribute('aria-label') ?? button.textContent.trim();
      return { id: `button ${group} ${label}`, label, group, run: () => button.click() };
    });
}

/** Choices of the menus at the head of panels, without opening them. */
export function menuItems(): PaletteItem[] {
  return [...document.querySelectorAll('.panel-head .menu')].flatMap((menu) => {
    const group = menu.closest('section')?.getAttribute('aria-label') ?? '';
    return offersOf(menu).map(({ name, isFleeting, run }) => {
      return { id: `menu ${group} ${name}`, label: name, group, isFleeting, run };
    });
  });
}

function tabItems({ tabs }: Console): PaletteItem[] {
  return tabs.store.getState().tabs.map(({ id, title }) => ({
    id: `tab ${id}`,
    label: own.goTo(title),
    group: say.groupTabs,
    run: () => tabs.activate(id),
  }));
}

function commandItems({ tabs, shell }: Console): PaletteItem[] {
  return commandNames.map((name) => ({
    id: `command ${name}`,
    label: own.insert(name),
    group: own.commands,
    hint: catalog[name].summary,
    run: () => {
      const { text, selection } = templateOf(name);
      shell.show(composePanel);
      tabs.active().draft.setText(text, selection);
    },
  }));
}

function savedItems({ tabs, shell }: Console, library: LibrarySide | undefined): PaletteItem[] {
  return (library?.saved.store.getState().messages ?? []).map(({ id, name, text }) => ({
    id: `saved ${id}`,
    label: own.insert(name),
    group: say.savedMessages,
    run: () => {
      shell.show(composePanel);
      tabs.active().draft.setText(text, { start: 0, length: 0 });
    },
  }));
}

function lessonItems({ shell }: Console, learn: LearnSide | undefined): PaletteItem[] {
  const panel = panels.find(({ id }) => id === 'learn');
  return (learn?.tutorial.lessons ?? []).map(({ id, title }) => ({
    id: `lesson ${id}`,
    label: own.openLesson(title),
    group: own.lessons,
    run: () => {
      if (panel) shell.show(panel);
      learn?.tutorial.openLesson(id);
    },
  }));
}

function sessionItems({ inspectionSide, shell, tabs }: Console): PaletteItem[] {
  const panel = panels.find(({ id }) => id === 'sessions');
  const tab = tabs.active();
  const servers = inspectionSide()?.servers;
  const inspector = servers?.of(tab.connection).inspector;
  const reached = servers?.reachedBy(tab.connection);
  const sessions = (inspector?.sessions() ?? []).slice(-maxSessions).toReversed();
  return sessions.flatMap((session) => {
    const named = { group: say.sessions, hint: session.maskedToken };
    const show = () => {
      if (panel) shell.show(panel);
      inspector?.watch(session.id);
    };
    const label = own.showSession(titleOf(session));
    const item = { ...named, id: `session ${session.id}`, label, run: show };
    if (!servers || !reached) return [item];
    const take = () => void takeListedSession(session, tab, { servers, shell });
    return [
      item,
      { ...named, id: `take ${session.id}`, label: own.takeSession(titleOf(session)), run: take },
    ];
  });
}
