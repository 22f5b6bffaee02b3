import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
import { templateOf } from '../../protocol/wire/template.ts';
import { titleOf } from '../inspector/words.ts';
import type { Actions } from '../ui/action.ts';
import { offersOf } from '../ui/offers.ts';
import type { AppParts } from './createParts.ts';
import type { PaletteItem } from '../palette/findItems.ts';
import type { TutorialFeature } from '../tutorial/tutorialFeature.ts';
import type { LibraryFeature } from '../library/libraryFeature.ts';
import { lateTexts } from './lateTexts.ts';
import { texts } from './texts.ts';
import { learnPanel, sessionsPanel } from './panelList.ts';
import { takeListedSession } from '../inspector/takeSession.ts';

/** Parts of the page that are fetched after the first paint; what is not here yet has no items. */
export interface LoadedFeatures {
  readonly tutorial?: TutorialFeature | undefined;
  readonly library?: LibraryFeature | undefined;
}

/** Most sessions among the items: the newest ones. */
const maxSessions = 200;

/** Everything that can be found now. */
export function paletteItems(
  parts: AppParts,
  actions: Actions,
  { tutorial, library }: LoadedFeatures,
): readonly PaletteItem[] {
  const ofActions = actionItems(actions);
  const labels = new Set(ofActions.map(({ label }) => label));
  return [
    ...ofActions,
    ...[...toolbarItems(), ...menuItems()].filter(({ label }) => !labels.has(label)),
    ...tabItems(parts),
    ...commandItems(parts),
    ...savedItems(parts, library),
    ...lessonItems(parts, tutorial),
    ...sessionItems(parts),
  ];
}

function actionItems(actions: Actions): PaletteItem[] {
  return Object.entries(actions).flatMap(([name, action]) => {
    if (action.isUnlisted || action.isEnabled?.() === false) return [];
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

function tabItems({ tabs }: AppParts): PaletteItem[] {
  return tabs.store.getState().tabs.map(({ id, title }) => ({
    id: `tab ${id}`,
    label: lateTexts.goToTab(title),
    group: lateTexts.tabs,
    run: () => tabs.activate(id),
  }));
}

function commandItems({ tabs, shell }: AppParts): PaletteItem[] {
  return commandNames.map((name) => ({
    id: `command ${name}`,
    label: lateTexts.insert(name),
    group: lateTexts.commands,
    hint: catalog[name].summary,
    run: () => {
      const { text, selection } = templateOf(name);
      shell.showComposer();
      tabs.active().draft.setText(text, selection);
    },
  }));
}

function savedItems({ tabs, shell }: AppParts, library: LibraryFeature | undefined): PaletteItem[] {
  return (library?.saved.store.getState().messages ?? []).map(({ id, name, text }) => ({
    id: `saved ${id}`,
    label: lateTexts.insert(name),
    group: texts.savedMessages,
    run: () => {
      shell.showComposer();
      tabs.active().draft.setText(text, { start: 0, length: 0 });
    },
  }));
}

function lessonItems({ shell }: AppParts, feature: TutorialFeature | undefined): PaletteItem[] {
  return (feature?.tutorial.lessons ?? []).map(({ id, title }) => ({
    id: `lesson ${id}`,
    label: lateTexts.openLesson(title),
    group: lateTexts.lessons,
    run: () => {
      shell.show(learnPanel);
      feature?.tutorial.openLesson(id);
    },
  }));
}

function sessionItems({ inspector: loaded, shell, tabs }: AppParts): PaletteItem[] {
  const tab = tabs.active();
  const servers = loaded()?.servers;
  const inspector = servers?.of(tab.connection).inspector;
  const reached = servers?.reachedBy(tab.connection);
  const sessions = (inspector?.sessions() ?? []).slice(-maxSessions).toReversed();
  return sessions.flatMap((session) => {
    const named = { group: texts.sessions, hint: session.maskedToken };
    const show = () => {
      shell.show(sessionsPanel);
      inspector?.watch(session.id);
    };
    const label = lateTexts.showSession(titleOf(session));
    const item = { ...named, id: `session ${session.id}`, label, run: show };
    if (!servers || !reached) return [item];
    const take = () => void takeListedSession(session, tab, { servers, page: shell });
    return [
      item,
      {
        ...named,
        id: `take ${session.id}`,
        label: lateTexts.takeSession(titleOf(session)),
        run: take,
      },
    ];
  });
}
