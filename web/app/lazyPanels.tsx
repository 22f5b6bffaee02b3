import type { ComponentType } from 'react';
import { useLoaded } from '../ui/useLoaded.ts';
import type { Actions } from './actions.ts';
import { loadingMessages } from './loadingMessages.ts';
import { LoadingPanel } from './LoadingPanel.tsx';

/** A panel whose code is fetched when it is first shown, and keeps no one waiting for the page. */
function lazyPanel<Props extends object>(
  title: string,
  fetchPanel: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  /** Once it is here, a panel shown anew is there at once. */
  let fetched: ComponentType<Props> | undefined;
  const load = async () => (fetched ??= await fetchPanel());
  return function LazyPanel(props: Props) {
    const loaded = useLoaded(load);
    const Panel = loaded.state === 'ready' ? loaded.value : fetched;
    if (Panel) return <Panel {...props} />;
    return loaded.state === 'ready' ? null : <LoadingPanel title={title} loaded={loaded} />;
  };
}

export const ComposerPanel = lazyPanel(
  loadingMessages.composer,
  async () => (await import('../composer/ComposerPanel.tsx')).ComposerPanel,
);

export const LogPanel = lazyPanel(
  loadingMessages.response,
  async () => (await import('../log/LogPanel.tsx')).LogPanel,
);

const loadTabMenu = () => import('./TabMenu.tsx');

/** Comes a moment after the row of tabs; what is in it, the palette and the keys do as well. */
export function TabMenu({ actions }: { readonly actions: Actions }) {
  const loaded = useLoaded(loadTabMenu);
  return loaded.state === 'ready' ? <loaded.value.TabMenu actions={actions} /> : null;
}
