import { textOf } from '../connection/texts/describeEvent.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import type { Entry } from '../connection/page/exchange.ts';
import type { ExportFacts } from './exportFacts.ts';
import type { Redaction } from './redaction.ts';
import { nameOf } from '../connection/texts/frameName.ts';
import { latin1Of } from './latin1Of.ts';
import { writeJson, type Plain } from './writeJson.ts';

/** One document: where it comes from, and every message in `entries`, oldest first. */
export function exportJson(
  entries: readonly Entry[],
  { url, version }: ExportFacts,
  redaction: Redaction,
): string {
  const document = writeJson({
    seshdeck: version,
    url: redaction.text(url),
    entries: entries.map((entry) => plainEntry(entry, redaction)),
  });
  return `${prettyJson(document)}\n`;
}

/** A line for every message: `{"id","at","kind","name","text",…}`, `at` in ISO 8601. */
export function exportNdjson(entries: readonly Entry[], redaction: Redaction): string {
  return entries.map((entry) => `${writeJson(plainEntry(entry, redaction))}\n`).join('');
}

/** A message as data. `text` is what went over the wire, character by character. */
function plainEntry(entry: Entry, redaction: Redaction): Plain {
  const at = new Date(entry.atMs).toISOString();
  const base = { id: entry.id, at, kind: entry.kind };
  const text = redaction.text(textOf(entry));
  if (entry.kind === 'connection') return { ...base, name: '', text };
  const binary = entry.binary && base64Of(redaction.bytes(entry.binary));
  const frame = entry.name === '' ? redaction.text(nameOf(entry)) : undefined;
  const message = { ...base, name: redaction.text(entry.name), frame, text, binary };
  if (entry.kind === 'sent') return { ...message, outcome: entry.outcome.state };
  const { requestId, latencyMs, statuses } = entry;
  return { ...message, requestId, latencyMs, statuses };
}

/** Bytes in base64, as a JSON text can hold them. */
export function base64Of(bytes: Uint8Array): string {
  return btoa(latin1Of(bytes));
}
