import { quote } from '../../../protocol/json/jsonText.ts';
import type { Steps } from '../edit/jsonParts.ts';

/** The normalised path (RFC 9535) of a part of a value: `$['a'][0]`. */
export function pathOf(steps: Steps): string {
  const written = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `[${name(step)}]`));
  return `$${written.join('')}`;
}

/** In single quotes, with the escapes of JSON for all but quotes. */
function name(step: string): string {
  const inner = quote(step).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}
