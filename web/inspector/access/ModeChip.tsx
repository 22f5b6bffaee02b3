import type { ShownServer } from '../viewProps.ts';
import { texts } from './texts.ts';

/** What a server is for, where mistakes cost: production and staging. */
export function ModeChip({ mode }: ShownServer) {
  if (mode === 'production') return <b className="chip is-bad">{texts.production}</b>;
  return mode === 'staging' ? <b className="chip is-warn">{texts.staging}</b> : null;
}
