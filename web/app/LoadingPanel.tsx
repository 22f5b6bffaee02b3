import { Button } from '../ui/Button.tsx';
import type { Loaded } from '../ui/useLoaded.ts';
import { loadingMessages } from './loadingMessages.ts';

interface LoadingPanelProps {
  readonly title: string;
  readonly loaded: Exclude<Loaded<unknown>, { state: 'ready' }>;
}

/** Keeps the place of a panel that is being fetched, or could not be. */
export function LoadingPanel({ title, loaded }: LoadingPanelProps) {
  return (
    <section className="panel" aria-label={title} aria-busy={loaded.state === 'loading'}>
      <div className="panel-head">
        <h2>{title}</h2>
      </div>
      {loaded.state === 'failed' && (
        <div className="empty">
          <p role="alert">
            <strong>{loadingMessages.failed}</strong> {loadingMessages.failedWhy}
          </p>
          <Button onClick={loaded.retry}>{loadingMessages.retry}</Button>
        </div>
      )}
    </section>
  );
}
