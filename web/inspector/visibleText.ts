import { quote } from '../../protocol/json/jsonText.ts';

/** Controls, and characters that turn, hide or break text: they are shown as escapes. */
const unseen =
  // oxlint-disable-next-line no-control-regex -- these are what we look for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const halfSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that looks like what it is: characters that nobody can see become `\u202e` and the like. */
export function visibleText(text: string): string {
  return text.replace(unseen, escape).replace(halfSurrogate, escape);
}

/**
 * A name or key for the screen, cut to `maxLength`. One that begins or ends with space, or is
 * empty, is put in quotes: nobody would see it otherwise.
 */
export function visibleName(name: string, maxLength: number): string {
  const cut = name.length > maxLength ? `${name.slice(0, maxLength)}…` : name;
  const text = name === '' || name !== name.trim() ? quote(cut) : cut;
  return visibleText(text);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
