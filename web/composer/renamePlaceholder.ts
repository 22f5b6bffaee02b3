import { placeholdersIn } from '../connection/page/substitute.ts';

/** The text with another variable in the place of one. */
export function renamePlaceholder(text: string, from: string, to: string): string {
  let renamed = '';
  let at = 0;
  for (const { name, start, end } of placeholdersIn(text)) {
    if (name !== from) continue;
    renamed += `${text.slice(at, start)}{{${to}}}`;
    at = end;
  }
  return renamed + text.slice(at);
}
