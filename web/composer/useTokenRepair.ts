import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import type { Draft } from './draft.ts';
import type { LiveSources } from './liveSources.ts';
import {
  doubtfulTokens,
  quoteTokens,
  replaceTokens,
  writtenTokens,
  type DoubtfulToken,
} from './tokenRepair.ts';

/** What a repair did to the text, for as long as nobody has changed that. */
interface Repair {
  readonly kind: 'used' | 'quoted';
  readonly places: number;
  readonly before: string;
  readonly after: string;
}

interface TokenRepairInput {
  readonly draft: Draft;
  readonly connection: Connection;
  readonly sources: LiveSources;
}

/** Looks at the tokens of what is pasted or put in, and offers to repair them. */
export function useTokenRepair({ draft, connection, sources }: TokenRepairInput) {
  const arrivals = useStore(draft.store, (view) => view.arrivals);
  const text = useStore(draft.store, (view) => view.text);
  const kept = useStore(draft.store, (view) => view.keptTokens);
  const sentText = useStore(draft.store, (view) => view.sentText);
  const [found, setFound] = useState<readonly DoubtfulToken[]>([]);
  const [repair, setRepair] = useState<Repair>();
  const { isLiving } = sources;

  useEffect(() => {
    let isCurrent = true;
    const { text: arrived, keptTokens } = draft.store.getState();
    const { variables } = connection.store.getState();
    void doubtfulTokens(arrived, { variables, kept: keptTokens, isLiving }).then((doubtful) => {
      if (isCurrent) setFound((before) => judgeAnew(before, arrived, doubtful));
    });
    return () => {
      isCurrent = false;
    };
  }, [arrivals, draft, connection, isLiving]);

  const isOver = found.length === 0 || text === sentText;
  const doubtful = isOver ? [] : stillThere(text, found, kept);
  const change = (kind: Repair['kind'], after: string) => {
    const touched = writtenTokens(text).filter(({ token }) =>
      doubtful.some((each) => each.token === token),
    );
    setRepair({ kind, places: touched.length, before: text, after });
    draft.setText(after);
  };
  const unknown = doubtful.filter(({ isUnknown }) => isUnknown);
  return {
    doubtful,
    repair: repair?.after === text ? repair : undefined,
    useToken: () => change('used', replaceTokens(text, new Set(unknown.map(({ token }) => token)))),
    quoteToken: () => change('quoted', quoteTokens(text)),
    keep: () => draft.keepTokens(doubtful.map(({ token }) => token)),
    undo: () => repair && draft.setText(repair.before),
  };
}

/** Judgements kept at most. */
const maxFound = 100;

/** What is not in the text any more stays judged: undo may bring it back. */
function judgeAnew(
  before: readonly DoubtfulToken[],
  text: string,
  doubtful: readonly DoubtfulToken[],
): readonly DoubtfulToken[] {
  const asked = new Set(writtenTokens(text).map(({ token }) => token));
  const others = before.filter(({ token }) => !asked.has(token));
  return [...others, ...doubtful].slice(-maxFound);
}

function stillThere(
  text: string,
  found: readonly DoubtfulToken[],
  kept: ReadonlySet<string>,
): readonly DoubtfulToken[] {
  const written = writtenTokens(text);
  return found.filter(
    (each) =>
      !kept.has(each.token) &&
      written.some(({ token, isQuoted }) => token === each.token && (each.isUnknown || !isQuoted)),
  );
}
