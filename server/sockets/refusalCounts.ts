import { closeReasons, type CloseReason } from './closeReasons.ts';

/** Why a WebSocket is refused before it opens, and the HTTP status of the refusal. */
export const upgradeRefusals = {
  hasBody: 400,
  noProof: 401,
  foreignHost: 403,
  foreignOrigin: 403,
  inspectionOff: 403,
  reservedPath: 404,
  serverFull: 503,
  /** The data is being read. */
  notReady: 503,
} as const;

export type UpgradeRefusal = keyof typeof upgradeRefusals;

type Reason = UpgradeRefusal | keyof typeof closeReasons;

const nameOf = new Map<CloseReason, Reason>(
  Object.entries(closeReasons).map(([name, reason]) => [reason, name as Reason]),
);

/** How many connections were refused or cut off since the start, by reason. */
export class RefusalCounts {
  readonly #counts = new Map<Reason, number>(
    [...Object.keys(upgradeRefusals), ...nameOf.values()].map((name) => [name as Reason, 0]),
  );

  note(reason: UpgradeRefusal | CloseReason): void {
    const name = typeof reason === 'string' ? reason : nameOf.get(reason);
    if (name) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** All reasons there are, also those that never came up. */
  get all(): ReadonlyMap<string, number> {
    return this.#counts;
  }
}
