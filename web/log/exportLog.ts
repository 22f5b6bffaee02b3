import { quote } from '../../protocol/json/jsonText.ts';
import type { Entry } from '../connection/exchange.ts';

const tokenMember = /("tkn"\s*:\s*)("(?:[^"\\]|\\.)*"|\d+)/g;

/**
 * The log as lines of JSON (NDJSON): `{"at","kind","name","text"}` each, `at` in ISO 8601, oldest
 * first. Tokens are replaced by `···`, so that a log can be shown around.
 */
export function exportLog(entries: readonly Entry[]): string {
  return entries.map((entry) => `${exportEntry(entry)}\n`).join('');
}

function exportEntry(entry: Entry): string {
  const at = new Date(entry.atMs).toISOString();
  const name = entry.kind === 'connection' ? '' : entry.name;
  const text = entry.text.replace(tokenMember, '$1"···"');
  return `{"at":${quote(at)},"kind":${quote(entry.kind)},"name":${quote(name)},"text":${quote(text)}}`;
}
