import type { KeyboardEvent } from 'react';
import type { ListItem, PartRows } from './listItems.ts';

/** What a key does in a tree of groups: it opens or closes a group, or goes to a row. */
export type Turn = { readonly kind: 'toggle'; readonly group: string } | { kind: 'go'; to: number };

interface TreeRows {
  readonly rows: Pick<PartRows, 'itemAt'>;
  /** Names of the groups that are open. */
  readonly open: readonly string[] | undefined;
}

export function isOpenGroup(item: ListItem | undefined, open: TreeRows['open']): boolean {
  return item?.kind === 'group' && (open?.includes(item.group.name) ?? false);
}

interface GroupKeys {
  readonly rows: PartRows;
  readonly open: TreeRows['open'];
  readonly activeId: string | undefined;
  readonly onToggle: (group: string) => void;
  readonly onGo: (id: string) => void;
}

/**
 * Right opens a group, or goes into it; left closes it, or goes to the group of a row.
 * @returns Whether the key was for that.
 */
export function groupKeys({ rows, open, activeId, onToggle, onGo }: GroupKeys) {
  return (event: KeyboardEvent<HTMLElement>): boolean => {
    if (activeId === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    const index = rows.indexOf(activeId);
    const turn = turnIn(event.key, index, { rows, open });
    if (!turn) return false;
    event.preventDefault();
    if (turn.kind === 'toggle') onToggle(turn.group);
    else onGo(rows.idAt(turn.to) ?? '');
    return true;
  };
}

/** @returns undefined: the key does nothing in the row of this index. */
export function turnIn(key: string, index: number, tree: TreeRows): Turn | undefined {
  const item = tree.rows.itemAt(index);
  if (!item) return undefined;
  const isOpen = isOpenGroup(item, tree.open);
  const toggle: Turn | undefined =
    item.kind === 'group' ? { kind: 'toggle', group: item.group.name } : undefined;
  if (key === 'ArrowRight') return isOpen ? { kind: 'go', to: index + 1 } : toggle;
  if (key !== 'ArrowLeft') return undefined;
  return isOpen ? toggle : toGroupOf(item, index, tree);
}

function toGroupOf(item: ListItem, index: number, { rows }: TreeRows): Turn | undefined {
  for (let above = index - 1; above >= 0; above -= 1) {
    const other = rows.itemAt(above);
    // What is not here yet may have it.
    if (!other) return undefined;
    if (other.kind === 'group' && depthOf(other) < depthOf(item)) return { kind: 'go', to: above };
  }
  return undefined;
}

function depthOf({ depth = 0 }: ListItem): number {
  return depth;
}
