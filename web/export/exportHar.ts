import { isOpening } from '../connection/page/connectionEvent.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import type { Entry, ReceivedEntry, SentEntry } from '../connection/page/exchange.ts';
import { base64Of } from './exportJson.ts';
import type { ExportFacts } from './exportFacts.ts';
import type { Redaction } from './redaction.ts';
import { writeJson, type Plain } from './writeJson.ts';

/** What belongs to one connection: from one opening to the next. */
interface Span {
  readonly startMs: number;
  readonly endMs: number;
  readonly messages: readonly (SentEntry | ReceivedEntry)[];
}

/**
 * An HTTP archive (HAR 1.2) with an entry for every connection, its messages in
 * `_webSocketMessages`, where Chrome's network panel writes and looks for them.
 */
export function exportHar(
  entries: readonly Entry[],
  facts: ExportFacts,
  redaction: Redaction,
): string {
  const document = writeJson({
    log: {
      version: '1.2',
      creator: { name: 'Seshdeck', version: facts.version },
      pages: [],
      entries: spansOf(entries).map((span) => harEntry(span, facts, redaction)),
    },
  });
  return `${prettyJson(document)}\n`;
}

/** Messages by connection: from one opening to the next. */
function spansOf(entries: readonly Entry[]): Span[] {
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const isBeginning = entry.kind === 'connection' && isOpening(entry.event);
    const isStray = entry.kind === 'connection' && !isBeginning;
    if (isBeginning || (groups.length === 0 && !isStray)) groups.push([]);
    groups.at(-1)?.push(entry);
  }
  return groups.map((group) => ({
    startMs: group[0]?.atMs ?? 0,
    endMs: group.at(-1)?.atMs ?? 0,
    messages: group.filter((entry) => entry.kind !== 'connection'),
  }));
}

const sizeUnknown = -1;

function harEntry({ startMs, endMs, messages }: Span, facts: ExportFacts, redaction: Redaction) {
  const url = redaction.text(facts.url);
  const durationMs = Math.max(0, endMs - startMs);
  return {
    _initiator: { type: 'script' },
    _priority: 'High',
    _resourceType: 'websocket',
    _webSocketMessages: messages.map((message) => harMessage(message, redaction)),
    startedDateTime: new Date(startMs).toISOString(),
    time: durationMs,
    request: {
      method: 'GET',
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [
        { name: 'Connection', value: 'Upgrade' },
        { name: 'Upgrade', value: 'websocket' },
        { name: 'Origin', value: facts.pageUrl },
      ],
      queryString: queryOf(url),
      headersSize: sizeUnknown,
      bodySize: 0,
    },
    response: {
      status: 101,
      statusText: 'Switching Protocols',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [
        { name: 'Connection', value: 'Upgrade' },
        { name: 'Upgrade', value: 'websocket' },
      ],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: sizeUnknown,
      bodySize: 0,
      _transferSize: 0,
      _error: null,
    },
    cache: {},
    timings: {
      blocked: sizeUnknown,
      dns: sizeUnknown,
      connect: sizeUnknown,
      ssl: sizeUnknown,
      send: 0,
      wait: 0,
      receive: durationMs,
    },
  } satisfies Plain;
}

function harMessage(message: SentEntry | ReceivedEntry, redaction: Redaction): Plain {
  const { kind, binary, text, atMs } = message;
  return {
    type: kind === 'sent' ? 'send' : 'receive',
    // Unix time in seconds: DevTools shows the time of day from it.
    time: atMs / 1000,
    opcode: binary ? 2 : 1,
    data: binary ? base64Of(redaction.bytes(binary)) : redaction.text(text),
  };
}

function queryOf(url: string): Plain[] {
  if (!URL.canParse(url)) return [];
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}
