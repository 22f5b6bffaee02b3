import { EntryList } from '../json/entryList.ts';
import { quote } from '../json/jsonText.ts';

/** Members of an object without its braces. @param write Gives the text of a value. */
export function writeMembers<T>(
  entries: Iterable<readonly [string, T]>,
  write: (item: T) => string,
): string {
  let members = '';
  if (entries instanceof EntryList) {
    const { names, items } = entries as EntryList<T>; // `instanceof` knows no T.
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
