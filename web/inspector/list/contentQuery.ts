import { quote } from '../../../protocol/json/jsonText.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import type { ContentQuestion } from '../../../protocol/inspection/sessionLists.ts';

type Condition = NonNullable<ContentQuestion['condition']>;

const operators: readonly Condition['operator'][] = ['==', '!=', '<=', '>=', '<', '>'];

/**
 * What a person wants to find in keys and values: a text, or a JSON path that begins with `$`, with a condition
 * behind it if wanted: `$.user.id == 7`. A value that is no JSON is a text: `$.colour == teal`.
 */
export function readContent(written: string): ContentQuestion {
  const text = written.trim();
  if (!text.startsWith('$')) return { text };
  const at = operatorAt(text);
  const operator = operators.find((each) => text.startsWith(each, at));
  if (operator === undefined) return { path: text };
  const value = text.slice(at + operator.length).trim();
  const json = readJson(value);
  return {
    path: text.slice(0, at).trim(),
    condition: { operator, value: json.ok ? json.value : quote(value) },
  };
}

/** Where the condition behind a path begins; -1: there is none. What stands in brackets or quotes is of the path. */
function operatorAt(text: string): number {
  const masked = (part: string) => '_'.repeat(part.length);
  let open = text.replaceAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, masked);
  // The innermost brackets first.
  for (let before = ''; before !== open;) {
    before = open;
    open = open.replaceAll(/\[[^[\]]*\]/g, masked);
  }
  return open.search(/[=!]=|[<>]/);
}
