interface Place {
  readonly line: number;
  readonly character: number;
}

/** Moves what was found in a part to its place in the whole. @param before What is before the part. */
export function placeLines<
  T extends { readonly range: { readonly start: Place; readonly end: Place } },
>(found: readonly T[], before: string): T[] {
  const linesBefore = before.split('\n');
  const shift = (linesBefore.at(-1) ?? '').length;
  const move = ({ line, character }: Place) => ({
    line: line + linesBefore.length - 1,
    character: line === 0 ? character + shift : character,
  });
  return found.map((each) => ({
    ...each,
    range: { start: move(each.range.start), end: move(each.range.end) },
  }));
}
