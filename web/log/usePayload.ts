import { useMemo } from 'react';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { ReceivedEntry, SentEntry } from '../connection/exchange.ts';

/** Longer payloads are not laid out: it would hold up the page. The tree shows them part by part. */
export const maxLaidOutLength = 200_000;

/** How a payload can be looked at. */
export type PayloadView = 'pretty' | 'tree' | 'raw' | 'hex';

/** Views of a payload; the first one is what it is best looked at with. */
type Views = readonly [PayloadView, ...PayloadView[]];

interface Payload {
  readonly views: Views;
  readonly laidOut: string;
}

/** How a payload can be looked at, and how it looks laid out over lines. */
export function usePayload({ text, name, binary }: SentEntry | ReceivedEntry): Payload {
  return useMemo(() => {
    if (binary) return { views: ['hex'], laidOut: text };
    // A name was read from JSON: long texts need not be read again to know that they are JSON.
    if (text.length > maxLaidOutLength) {
      return { views: name === '' ? ['raw'] : ['tree', 'raw'], laidOut: text };
    }
    if (!readJson(text).ok) return { views: ['pretty', 'raw'], laidOut: text };
    return { views: ['pretty', 'tree', 'raw'], laidOut: prettyJson(text) };
  }, [text, name, binary]);
}
