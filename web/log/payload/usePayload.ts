import { useMemo } from 'react';
import { prettyJson } from '../../../protocol/json/prettyJson.ts';
import { readJsonAsWritten } from '../../../protocol/json/readJson.ts';
import type { ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { tablesIn, type TablePart } from './tablesIn.ts';

/** Longer payloads are not laid out: it would hold up the page. The tree shows them part by part. */
export const maxLaidOutLength = 200_000;

/** In longer payloads no tables are looked for: reading them takes too long to do it unasked. */
export const maxTabledLength = 1_000_000;

/** How a payload can be looked at. */
export type PayloadView = 'pretty' | 'tree' | 'table' | 'raw' | 'hex';

/** Views of a payload; the first one is what it is best looked at with. */
type Views = readonly [PayloadView, ...PayloadView[]];

interface Payload {
  readonly views: Views;
  readonly laidOut: string;
  /** The parts that the view *Table* can show. */
  readonly tables: readonly TablePart[];
}

/** How a payload can be looked at, and how it looks laid out over lines. */
export function usePayload(entry: SentEntry | ReceivedEntry): Payload {
  const { text, name, binary } = entry;
  return useMemo(() => payloadOf({ text, name, binary }), [text, name, binary]);
}

/** See {@link usePayload}. */
export function payloadOf({
  text,
  name,
  binary,
}: Pick<SentEntry | ReceivedEntry, 'text' | 'name' | 'binary'>): Payload {
  if (binary) return { views: ['hex'], laidOut: text, tables: [] };
  // A name was read from JSON: long texts need not be read again to know that they are JSON.
  const isLong = text.length > maxLaidOutLength;
  if (isLong && name === '') return { views: ['raw'], laidOut: text, tables: [] };
  if (text.length > maxTabledLength) return { views: ['tree', 'raw'], laidOut: text, tables: [] };
  const json = readJsonAsWritten(text);
  if (!json.ok) return { views: isLong ? ['raw'] : ['pretty', 'raw'], laidOut: text, tables: [] };
  const tables = tablesIn(json.value);
  const table: readonly PayloadView[] = tables.length > 0 ? ['table'] : [];
  return isLong
    ? { views: ['tree', ...table, 'raw'], laidOut: text, tables }
    : { views: ['pretty', 'tree', ...table, 'raw'], laidOut: prettyJson(text), tables };
}
