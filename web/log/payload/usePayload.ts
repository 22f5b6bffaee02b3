import { useMemo } from 'react';
import { prettyJson } from '../../../protocol/json/prettyJson.ts';
import { readJsonAsWritten } from '../../../protocol/json/readJson.ts';
import type { ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { tablesIn, type TablePart } from './tablesIn.ts';

/** Longer payloads are not formatted, which would block the page. The tree shows them part by part. */
export const maxFormattedLength = 200_000;

/** Longer payloads are not searched for tables, which would take too long. */
export const maxTabledLength = 1_000_000;

/** The views of a payload. */
export type PayloadView = 'pretty' | 'tree' | 'table' | 'raw' | 'hex';

/** Views of a payload, the best one first. */
type Views = readonly [PayloadView, ...PayloadView[]];

/** A payload, ready for each view. */
export interface Payload {
  readonly views: Views;
  readonly laidOut: string;
  /** The parts that the view *Table* can show. */
  readonly tables: readonly TablePart[];
}

/** The views of a payload, and its formatted text. */
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
  // It has a name, so it is JSON: a long text need not be read again.
  const isLong = text.length > maxFormattedLength;
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
