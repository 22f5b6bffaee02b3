import {
  writeSessionSummary,
  type SessionSummary,
} from '../../../protocol/inspection/sessionLists.ts';
import { recentChange } from '../recentChange.ts';

interface TakenRows {
  /** All that are listed now. */
  readonly ids: readonly string[];
  readonly changed: readonly SessionSummary[];
  /** All of them are new to this page: none counts as changed. */
  readonly isFirst: boolean;
}

/** Sessions of the rows that are here, and when they changed. */
export class KnownSummaries {
  readonly #nowMs: () => number;
  #summaries = new Map<string, SessionSummary>();
  #changedAtMs = new Map<string, number>();

  /** @param nowMs Unix time in milliseconds. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  take({ ids, changed, isFirst }: TakenRows): void {
    const nowMs = this.#nowMs();
    for (const summary of changed) {
      const before = this.#summaries.get(summary.id);
      const isNew = before ? !areAlike(before, summary) : !isFirst;
      this.#summaries.set(summary.id, summary);
      if (isNew) this.#changedAtMs.set(summary.id, nowMs);
    }
    this.#summaries = onlyThese(this.#summaries, ids);
    this.#changedAtMs = onlyThese(this.#changedAtMs, ids);
  }

  get(id: string): SessionSummary | undefined {
    return this.#summaries.get(id);
  }

  /** When a session changed or came, if that was a moment ago. */
  freshAt(id: string): number | undefined {
    return recentChange(this.#changedAtMs.get(id), this.#nowMs());
  }

  clear(): void {
    this.#summaries.clear();
    this.#changedAtMs.clear();
  }
}

/** Figures that change every second are no change of the session. */
function areAlike(one: SessionSummary, other: SessionSummary): boolean {
  const [a, b] = [one, other].map((each) =>
    writeSessionSummary({ ...each, operationsPerSecond: undefined }),
  );
  return a === b;
}

function onlyThese<T>(all: ReadonlyMap<string, T>, ids: readonly string[]): Map<string, T> {
  const kept = new Map<string, T>();
  for (const id of ids) {
    const value = all.get(id);
    if (value !== undefined) kept.set(id, value);
  }
  return kept;
}
