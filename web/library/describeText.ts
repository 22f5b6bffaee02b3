import { messageSpans } from '../../protocol/json/jsonTokens.ts';
import { compactPreview } from '../../protocol/wire/compactPreview.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { texts } from './texts.ts';

/** How a row describes a text. */
interface Described {
  readonly name: string;
  readonly preview: string;
}

/** The command of a message and what its body holds; of several messages their number and commands. */
export function describeText(text: string): Described {
  const spans = messageSpans(text);
  if (spans.length > 1) {
    const names = spans.map(({ start, end }) => nameOf(text.slice(start, end)));
    return { name: texts.severalMessages(spans.length), preview: counted(names).join(', ') };
  }
  const preview = compactPreview(text)?.text ?? text;
  return { name: nameOf(text), preview: oneLine(preview) };
}

function nameOf(text: string): string {
  return readMessage(text)?.name ?? oneLine(text).slice(0, 40);
}

function oneLine(text: string): string {
  return text.slice(0, 200).replace(/\s+/g, ' ').trim();
}

/** `KV_SET ×97` for as many in a row. */
function counted(names: readonly string[]): string[] {
  const rows: { readonly name: string; count: number }[] = [];
  for (const name of names) {
    const last = rows.at(-1);
    if (last?.name === name) last.count += 1;
    else rows.push({ name, count: 1 });
  }
  return rows.map(({ name, count }) => (count === 1 ? name : `${name} ×${count}`));
}
