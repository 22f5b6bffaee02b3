import type { Right } from '../../../protocol/inspection/rights.ts';

/** What a request needs. */
export interface Need {
  readonly rights: readonly Right[];
  /**
   * Whether a key for some sessions is enough: `some` for a request that is answered with these sessions only,
   * `all` for one that cannot be limited so.
   */
  readonly sessions: 'some' | 'all';
}
