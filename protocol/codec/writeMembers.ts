import { EntryList } from '../json/entryList.ts';
import { quote } from '../json/jsonText.ts';

/** Members of an object without its braces. @param write Gives the text of a value. */
export function writeMembers<T>(
  entries: Iterable<readonly [string, T]>,
  write: (item: T) => string,
): string {
  let members = '';
  if (entries instanceof EntryList) {
    const list = entries as EntryList<T>; // `instanceof` knows no T.
    if (list.isPlain) return writePlainMembers(list, write);
    const { names, items } = list;
    for (let at = 0; at < names.length; at += 1) {
      members += memberText(at === 0, names[at] ?? '', write(items[at] as T)); // There is one for each.
    }
    return members;
  }
  for (const [name, item] of entries) members += memberText(members === '', name, write(item));
  return members;
}

function memberText(isFirst: boolean, name: string, text: string): string {
  return isFirst ? `${quote(name)}:${text}` : `,${quote(name)}:${text}`;
}

/** Puts few texts together: what is between two names is made once for items of the same text. */
function writePlainMembers<T>({ names, items }: EntryList<T>, write: (item: T) => string): string {
  if (names.length === 0) return '';
  let text = write(items[0] as T); // There is one for each.
  let between = `":${text},"`;
  let members = `"${names[0] ?? ''}`;
  for (let at = 1; at < names.length; at += 1) {
    members += between + (names[at] ?? '');
    const next = write(items[at] as T);
    if (next === text) continue;
    text = next;
    between = `":${text},"`;
  }
  return `${members}":${text}`;
}
