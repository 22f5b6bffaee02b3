import type { CommandName } from '../../protocol/commands/catalog.ts';
import type { JsonSchema } from '../../protocol/codec/codec.ts';
import { quote } from '../../protocol/json/jsonText.ts';
import { jsonTokens, type JsonToken } from '../../protocol/json/jsonTokens.ts';
import { paramsToFill } from '../../protocol/wire/template.ts';

/** Characters that mean something in a snippet of the editor. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, String.raw`\$&`);
}

/** Writes JSON on one line as a snippet; what a person would change is a stop, in the order of the text. */
export class SnippetWriter {
  #stops = 0;

  /** The braces of a command with the parameters that it needs. */
  body(name: CommandName): string {
    const members = paramsToFill(name).map(
      ([param, { sample, schema }]) => `${quote(param)}: ${this.sample(sample, schema)}`,
    );
    // Ends where the next member begins.
    return `{${members.join(', ')}$0\\}`;
  }

  /**
   * A sample value. Names are stops where they are data; a variable is none. Where any value may
   * stand, the quotes are part of the stop: a number or an object can be typed over it.
   */
  sample(json: string, schema: JsonSchema): string {
    const hasFixedNames = schema.properties !== undefined;
    const isAnyValue = holdsAnyValue(schema);
    let written = '';
    let last = '';
    for (const token of jsonTokens(json)) {
      const text = json.slice(token.start, token.end);
      const isName = json.startsWith(':', token.end);
      const isEmptied = last === '{' && text === '}';
      if (isEmptied) written += this.#stop('');
      if ((isName && hasFixedNames) || text.includes('{{')) written += escapeSnippet(text);
      else written += this.#token(token, text, isAnyValue && !isName);
      last = text;
    }
    return written;
  }

  /** A value of a type, for a member without a sample. */
  value({ type }: JsonSchema): string {
    if (type === 'string') return `"${this.#stop('')}"`;
    return this.#stop(type === 'boolean' ? 'true' : type === 'integer' ? '0' : '');
  }

  #token({ kind }: JsonToken, text: string, isAnyValue: boolean): string {
    switch (kind) {
      case 'string':
        return isAnyValue ? this.#stop(text) : `"${this.#stop(text.slice(1, -1))}"`;
      case 'scalar':
        return this.#stop(text);
      case 'colon':
      case 'comma':
        return `${text} `;
      case 'open':
      case 'close':
      case 'variable':
        return escapeSnippet(text);
    }
  }

  #stop(text: string): string {
    this.#stops += 1;
    return `\${${this.#stops}:${escapeSnippet(text)}}`;
  }
}

/** Whether any JSON may stand for the value, or for each that it holds. */
function holdsAnyValue({ type, items, additionalProperties }: JsonSchema): boolean {
  if (type === 'array') return items?.type === undefined;
  if (type === 'object') return additionalProperties !== undefined;
  return type === undefined;
}
