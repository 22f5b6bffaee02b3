import type { JsonText } from '../../protocol/json/jsonText.ts';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import type { ValueNode } from './valueNode.ts';
import type { Work, WorkBudget } from './workBudget.ts';

/** Work of putting one value in place of a node. */
const unitsPerReplacement = 100;

/** A value with other values in some places. */
export interface Replacement {
  /** Nesting of the deepest place that is replaced: how many arrays and objects it stands in. */
  readonly depth: number;
  /** The text in parts, not joined yet: together they may be too long. */
  readonly parts: readonly string[];
}

/** Puts a value in place of every node; of nodes inside one another the outermost counts. */
export function* replaceNodes(
  whole: JsonText,
  nodes: readonly ValueNode[],
  { by, budget }: { by: JsonText; budget: WorkBudget },
): Work<Replacement> {
  const parts: string[] = [];
  let depth = 0;
  let keptFrom = 0;
  for (const node of [...nodes].sort((a, b) => a.start - b.start)) {
    budget.spend(unitsPerReplacement);
    if (budget.isSliceOver()) yield;
    if (node.start < keptFrom) continue; // Inside the one before.
    parts.push(whole.slice(keptFrom, node.start), by);
    keptFrom = node.start + node.json.length;
    depth = Math.max(depth, node.depth);
  }
  parts.push(whole.slice(keptFrom));
  return { depth, parts };
}

/** The text of a replacement that has been found short enough. */
export function joined({ parts }: Replacement): JsonText {
  return asJsonText(parts.join(''));
}
