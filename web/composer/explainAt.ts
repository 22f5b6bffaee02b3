import { catalog, isCommandName, type CommandName } from '../../protocol/commands/catalog.ts';
import { statusCode, type StatusName } from '../../protocol/status.ts';
import { statusTexts } from '../../protocol/statusTexts.ts';
import type { EditorHelp } from '../ui/editorHelp.ts';
import { cursorPlace, type CursorPlace } from './cursorPlace.ts';
import { schemaAt } from './schemaSuggestions.ts';
import { texts } from './texts.ts';

interface Explained {
  readonly text: string;
  readonly offset: number;
  /** Shows a command in the reference. */
  readonly onReference: (name: CommandName) => void;
}

/** What the catalog says of the command, parameter or member whose name is at an offset. */
export function explainAt({ text, offset, onReference }: Explained): EditorHelp | undefined {
  // At the quote that begins a name one is not yet inside of it.
  const place = [offset, offset + 1]
    .map((at) => cursorPlace(text, at))
    .find((each) => each && each.literal.start < each.literal.end);
  if (!place || (place.role !== 'command' && place.role !== 'name')) return undefined;
  const { start, end } = place.literal;
  const name = nameIn(text.slice(start, end));
  const help = place.role === 'command' ? commandHelp(name) : memberHelp(place, name);
  const command = place.role === 'command' ? name : place.command;
  if (!help || !isCommandName(command)) return undefined;
  return { start, end, ...help, link: linkTo(command, onReference) };
}

type Help = Pick<EditorHelp, 'title' | 'line' | 'list'>;

function linkTo(command: CommandName, onReference: Explained['onReference']): EditorHelp['link'] {
  return { label: texts.openReference, run: () => onReference(command) };
}

function commandHelp(name: string): Help | undefined {
  if (!isCommandName(name)) return undefined;
  const { summary, isQuiet, statuses } = catalog[name];
  return {
    title: name,
    line: isQuiet ? `${summary}. ${texts.quiet}` : `${summary}.`,
    list: statuses.map(statusLine),
  };
}

function statusLine(name: StatusName): string {
  return `${statusCode(name)} ${name}: ${statusTexts[name].meaning.toLowerCase()}`;
}

function memberHelp({ command, path }: CursorPlace, name: string): Help | undefined {
  const schema = schemaAt({ command, path: [...path, name] });
  if (!schema) return undefined;
  const members = Object.entries(schema.properties ?? {});
  const inner = members.map(([member, { description = '' }]) => `${member}: ${description}`);
  const param =
    path.length === 0 && isCommandName(command) ? catalog[command].params[name] : undefined;
  const type = inner.length === 0 && param ? [param.label] : [];
  return { title: name, line: schema.description ?? '', list: [...type, ...inner] };
}

/** Without its quotes, if it has them. */
function nameIn(written: string): string {
  return written.replace(/^"|"$/g, '');
}
