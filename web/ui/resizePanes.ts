/** What is known of a pane while a bar is moved. */
export interface MeasuredPane {
  readonly id: string;
  readonly sizePx: number;
  readonly minPx: number;
  /** Its pixels are its own; the others share the rest. */
  readonly isFixed: boolean;
}

/** Pixels of a fixed pane, or the share of another one, by id. */
export type PaneSizes = ReadonlyMap<string, number>;

/**
 * Sizes after the bar behind the pane of this index has moved. Only its two neighbours change, and
 * none gets smaller than its minimum.
 */
export function resizePanes(
  panes: readonly MeasuredPane[],
  { index, byPx }: { readonly index: number; readonly byPx: number },
): PaneSizes {
  const before = panes[index];
  const after = panes[index + 1];
  if (!before || !after) return new Map();
  const both = before.sizePx + after.sizePx;
  const most = Math.max(before.minPx, both - after.minPx);
  const first = Math.min(most, Math.max(before.minPx, before.sizePx + byPx));
  const sizeOf = ({ id, sizePx }: MeasuredPane) => {
    if (id === before.id) return first;
    return id === after.id ? both - first : sizePx;
  };
  // Shares are written as the pixels of now, all of them, so that they stay in proportion. A fixed
  // pane elsewhere keeps to its own rule.
  const isMoved = (pane: MeasuredPane) => pane === before || pane === after || !pane.isFixed;
  return new Map(panes.filter(isMoved).map((pane) => [pane.id, Math.round(sizeOf(pane))]));
}

/** How far the bar behind the pane of this index has come between its ends, 0 to 100. */
export function barPosition(panes: readonly MeasuredPane[], index: number): number {
  const before = panes[index];
  const after = panes[index + 1];
  if (!before || !after) return 0;
  const reach = before.sizePx + after.sizePx - before.minPx - after.minPx;
  if (reach <= 0) return 0;
  const position = (100 * (before.sizePx - before.minPx)) / reach;
  return Math.round(Math.min(100, Math.max(0, position)));
}

/** Where sizes outlive the view. */
export interface PaneMemory {
  /** Another name: other sizes. */
  readonly name: string;
  readonly read: () => PaneSizes;
  readonly write: (sizes: PaneSizes) => void;
}
