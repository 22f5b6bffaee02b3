import type { JsonText } from '../json/jsonText.ts';

/** A JSON path (RFC 9535) as data. */
export interface PathQuery {
  /** true: `$`. false: `@`, inside a filter. */
  readonly isFromRoot: boolean;
  readonly segments: readonly PathSegment[];
  /** A last segment `.length` inside a filter, which is not among the segments (decision D35). */
  readonly tellsLength: boolean;
}

export interface PathSegment {
  /** true: `..`. */
  readonly descends: boolean;
  readonly selectors: readonly PathSelector[];
}

export type PathSelector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'index'; readonly index: number }
  | SliceSelector
  | { readonly kind: 'filter'; readonly test: LogicalTest };

/** `[start:end:step]`; undefined is the default, which depends on the step's sign. */
export interface SliceSelector {
  readonly kind: 'slice';
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly step: number;
}

/** What is true or false of a node. */
export type LogicalTest =
  | { readonly kind: 'or'; readonly parts: readonly LogicalTest[] }
  | { readonly kind: 'and'; readonly parts: readonly LogicalTest[] }
  | { readonly kind: 'not'; readonly part: LogicalTest }
  | { readonly kind: 'exists'; readonly query: PathQuery }
  | Comparison
  | PatternTest;

export const comparisonOperators = ['==', '!=', '<=', '>=', '<', '>'] as const;

export interface Comparison {
  readonly kind: 'compare';
  readonly operator: (typeof comparisonOperators)[number];
  readonly left: Comparable;
  readonly right: Comparable;
}

/** `match()` (the whole text) or `search()` (some part of it). */
export interface PatternTest {
  readonly kind: 'pattern';
  readonly isWhole: boolean;
  readonly text: Comparable;
  readonly pattern: Comparable;
}

/** What has a value, or none. */
export type Comparable =
  | { readonly kind: 'literal'; readonly json: JsonText }
  /** A singular query. */
  | { readonly kind: 'query'; readonly query: PathQuery }
  | { readonly kind: 'length'; readonly of: Comparable }
  | { readonly kind: 'count'; readonly query: PathQuery }
  | { readonly kind: 'value'; readonly query: PathQuery };

/** Whether a query can select one node at most, whatever the value. */
export function isSingular({ segments }: PathQuery): boolean {
  return segments.every(({ descends, selectors }) => {
    const [first] = selectors;
    const isOne = first?.kind === 'name' || first?.kind === 'index';
    return !descends && selectors.length === 1 && isOne;
  });
}
