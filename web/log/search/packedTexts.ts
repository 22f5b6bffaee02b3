/**
 * Groups of texts as one text and their lengths: from thread to thread that goes several times as
 * fast as an array for each group.
 */
export interface PackedTexts {
  readonly joined: string;
  /** Characters of each text, in order. */
  readonly lengths: Uint32Array;
  /** Texts of each group, in order. */
  readonly sizes: Uint32Array;
}

/** Packs groups of texts for another thread. */
export function packTexts(groups: readonly (readonly string[])[]): PackedTexts {
  const texts = groups.flat();
  // Filled one by one: `from` with a function is slower, by an iterator.
  const lengths = new Uint32Array(texts.length);
  for (const [index, { length }] of texts.entries()) lengths[index] = length;
  const sizes = new Uint32Array(groups.length);
  for (const [index, { length }] of groups.entries()) sizes[index] = length;
  return { joined: texts.join(''), lengths, sizes };
}

/** Places of the groups of which at least one text is wanted, in order. */
export function placesWhere(
  { joined, lengths, sizes }: PackedTexts,
  isWanted: (text: string) => boolean,
): number[] {
  const places: number[] = [];
  let [start, index] = [0, 0];
  for (let place = 0; place < sizes.length; place += 1) {
    const next = index + (sizes[place] ?? 0);
    let isPlaceWanted = false;
    for (; index < next; index += 1) {
      const end = start + (lengths[index] ?? 0);
      isPlaceWanted ||= isWanted(joined.slice(start, end));
      start = end;
    }
    if (isPlaceWanted) places.push(place);
  }
  return places;
}
