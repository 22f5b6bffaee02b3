import type { ComponentType } from 'react';
import type { SettingsDialogProps } from '../settings/SettingsDialog.tsx';
import { useLoaded } from '../ui/useLoaded.ts';
import { loadingMessages } from './loadingMessages.ts';
import { LoadingPanel } from './LoadingPanel.tsx';

const loadSettings = () => import('../settings/SettingsDialog.tsx');

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

export const InspectorPanel = lazyPanel(
  loadingMessages.sessions,
  async () => (await import('../inspector/InspectorPanel.tsx')).InspectorPanel,
);

export const SavedMessagesPanel = lazyPanel(
  loadingMessages.messages,
  async () => (await import('../library/SavedMessagesPanel.tsx')).SavedMessagesPanel,
);

export const HistoryPanel = lazyPanel(
  loadingMessages.history,
  async () => (await import('../library/HistoryPanel.tsx')).HistoryPanel,
);

export const ReferenceSide = lazyPanel(
  loadingMessages.reference,
  async () => (await import('./ReferenceSide.tsx')).ReferenceSide,
);

export const ComposerPanel = lazyPanel(
  loadingMessages.composer,
  async () => (await import('../composer/ComposerPanel.tsx')).ComposerPanel,
);

export const LogPanel = lazyPanel(
  loadingMessages.response,
  async () => (await import('../log/LogPanel.tsx')).LogPanel,
);

/** Shown a moment after it is asked for; where it cannot be fetched, asking again tries again. */
export function SettingsDialog(props: SettingsDialogProps) {
  const loaded = useLoaded(loadSettings);
  return loaded.state === 'ready' ? <loaded.value.SettingsDialog {...props} /> : null;
}
