import type { ReactNode } from 'react';
import type { Loaded } from '../ui/useLoaded.ts';
import { LoadingPanel } from './LoadingPanel.tsx';

interface FetchedPanelProps<T> {
  readonly title: string;
  readonly loaded: Loaded<T>;
  readonly children: (fetched: T) => ReactNode;
}

/** A panel of a part that is fetched, or what keeps its place until then. */
export function FetchedPanel<T>({ title, loaded, children }: FetchedPanelProps<T>) {
  if (loaded.state !== 'ready') return <LoadingPanel title={title} loaded={loaded} />;
  return <>{children(loaded.value)}</>;
}
