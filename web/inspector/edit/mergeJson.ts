import {
  asJsonText,
  kindOf,
  membersOf,
  quote,
  type JsonText,
} from '../../../protocol/json/jsonText.ts';

/** Three states of one value; undefined: there is none. */
export interface Versions {
  /** As it was when I began. */
  readonly base: JsonText | undefined;
  readonly mine: JsonText | undefined;
  readonly theirs: JsonText | undefined;
}

export interface Merged {
  /** Undefined: removed. */
  readonly value: JsonText | undefined;
  /** Places where both changed the same thing; there the value is mine. */
  readonly clashes: number;
}

/** Both changes together: objects member by member, anything else as a whole. */
export function mergeJson({ base, mine, theirs }: Versions): Merged {
  if (mine === theirs || base === theirs) return { value: mine, clashes: 0 };
  if (base === mine) return { value: theirs, clashes: 0 };
  if (!isObject(mine) || !isObject(theirs)) return { value: mine, clashes: 1 };
  return mergeMembers(isObject(base) ? base : asJsonText('{}'), mine, theirs);
}

function mergeMembers(base: JsonText, mine: JsonText, theirs: JsonText): Merged {
  const [before, own, others] = [membersOf(base), membersOf(mine), membersOf(theirs)];
  const members: string[] = [];
  let clashes = 0;
  // Theirs as it stands now, then what I have added.
  for (const name of new Set([...others.keys(), ...own.keys()])) {
    const versions = { base: before.get(name), mine: own.get(name), theirs: others.get(name) };
    const merged = mergeJson(versions);
    clashes += merged.clashes;
    if (merged.value !== undefined) members.push(`${quote(name)}:${merged.value}`);
  }
  return { value: asJsonText(`{${members.join(',')}}`), clashes };
}

function isObject(json: JsonText | undefined): json is JsonText {
  return json !== undefined && kindOf(json) === 'object';
}
