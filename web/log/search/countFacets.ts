import { nameToken } from '../../../protocol/token.ts';
import type { Entry } from '../../connection/page/exchange.ts';
import { sessionOfVariable } from '../../connection/page/variableName.ts';
import type { Facet, FacetKind } from './logFilter.ts';
import { commandOfEntry, statusesIn } from './passes.ts';
import { tokenOf } from './tokenOf.ts';

/** A value that occurs in the log, and in how many rows. */
export interface CountedFacet extends Facet {
  readonly count: number;
}

/** Values offered of one kind; the most frequent ones. */
const maxOffered = 40;

/**
 * Which commands, sessions and statuses occur, the most frequent of each first.
 * @param rows The messages of each row; what several of them have counts once.
 */
export function countFacets(rows: readonly (readonly Entry[])[]): CountedFacet[] {
  const counts = {
    command: new Map<string, number>(),
    session: new Map<string, number>(),
    status: new Map<string, number>(),
  };
  const names = new Map<string, string>();
  for (const row of rows) {
    countOnce(counts.command, row.map(commandOfEntry));
    countOnce(counts.status, row.flatMap(statusesIn));
    const tokens = row.map(tokenOf);
    countOnce(counts.session, tokens);
    for (const [index, entry] of row.entries()) {
      const [token, name] = [tokens[index], nameLearned(entry)];
      if (token !== undefined && name !== undefined) names.set(token, name);
    }
  }
  const label = (kind: FacetKind, value: string) =>
    kind === 'session' ? (names.get(value) ?? nameToken(value)) : value;
  return (['command', 'session', 'status'] as const).flatMap((kind) =>
    [...counts[kind]]
      .sort(([, one], [, other]) => other - one)
      .slice(0, maxOffered)
      .map(([value, count]) => ({ kind, value, label: label(kind, value), count })),
  );
}

function countOnce(counts: Map<string, number>, values: readonly (string | undefined)[]): void {
  for (const [index, value] of values.entries()) {
    if (value === undefined || values.indexOf(value) < index) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
}

/** The session's name that this reply taught: `user1` for the variable `tkn:user1`. */
function nameLearned(entry: Entry): string | undefined {
  if (entry.kind !== 'received') return undefined;
  return entry.learned.map(sessionOfVariable).find((name) => name !== undefined);
}
