/**
 * Characters that nobody sees, or that turn, hide or break the text around them: controls, format
 * characters (bidi overrides, zero widths, tags), line separators, half surrogates, spaces that
 * are not the space, fillers that look like one.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]|(?! )\p{Zs}/gu;
const outerSpaces = /^ +| +$/g;

const maxNameLength = 200;

/** What is shown in place of a name without characters. */
const noName = '(no name)';

/** Text that looks like what it is: unseen characters become `\u202e` and the like. */
export function visibleText(text: string): string {
  return text.replace(unseen, escape);
}

/** JSON on several lines, made visible; as JSON it is still the same value. */
export function visibleJson(text: string): string {
  return text.replace(unseen, (found) => (found === '\n' ? found : escape(found)));
}

/** Those that people know by a picture. */
const pictures: Readonly<Record<string, string>> = { '\t': '␉', '\n': '␊', '\r': '␍' };

/** A whole name or key: tabs, line ends and spaces at its ends show as `␉␊␍␣`. An empty one is `(no name)`. */
export function visibleName(name: string): string {
  if (name === '') return noName;
  const pictured = name.replace(/[\t\n\r]/g, (found) => pictures[found] ?? found);
  return visibleText(pictured).replace(outerSpaces, (spaces) => '␣'.repeat(spaces.length));
}

/** A name short enough to be laid out; {@link visibleName} of it belongs into the tooltip. */
export function shortName(visible: string): string {
  return visible.length > maxNameLength ? `${visible.slice(0, maxNameLength)}…` : visible;
}

/** UTF-16 units, as JSON has them. */
function escape(found: string): string {
  return Array.from({ length: found.length }, (_, at) => found.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
