import type { Entry } from '../connection/page/exchange.ts';
import type { ExportFacts } from './exportFacts.ts';
import { exportHar } from './exportHar.ts';
import { exportJson, exportNdjson } from './exportJson.ts';
import { texts } from './texts.ts';
import { playwrightTest } from './playwrightTest.ts';
import { noRedaction, redactionOf } from './redaction.ts';
import { scenarioOf } from './scenario.ts';
import type { ScriptInput } from './scriptParts.ts';
import { nodeScript, vitestTest } from './socketScripts.ts';
import { wscatLines } from './wscatLines.ts';

/** Forms that messages can be exported in, in the order of the choices. */
export const formatIds = [
  'json',
  'ndjson',
  'har',
  'playwright',
  'vitest',
  'wscat',
  'node',
] as const;
export type FormatId = (typeof formatIds)[number];

/** Whether a format is a file that can be run. */
export function isScript(format: FormatId): format is ScriptId {
  return format in scriptWriters;
}

/** What is exported. */
export interface ExportRequest {
  readonly entries: readonly Entry[];
  /** All entries of the log: their tokens are known, also where their rows are left out. */
  readonly known: readonly Entry[];
  readonly facts: ExportFacts;
  readonly format: FormatId;
  /** Default is to hide them. */
  readonly includesTokens: boolean;
}

/** A file, ready to be saved; `text` is empty when there is nothing to write a test of. */
export interface ExportFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

interface Format {
  readonly label: string;
  readonly file: string;
  readonly type: string;
}

export const formats: Readonly<Record<FormatId, Format>> = {
  json: { label: texts.json, file: 'seshdeck-log.json', type: 'application/json' },
  ndjson: { label: texts.ndjson, file: 'seshdeck-log.ndjson', type: 'application/x-ndjson' },
  har: { label: texts.har, file: 'seshdeck-log.har', type: 'application/json' },
  playwright: { label: texts.playwright, file: 'seshdeck.spec.mjs', type: 'text/javascript' },
  vitest: { label: texts.vitest, file: 'seshdeck.test.mjs', type: 'text/javascript' },
  wscat: { label: texts.wscat, file: 'seshdeck-wscat.sh', type: 'text/x-sh' },
  node: { label: texts.node, file: 'seshdeck-script.mjs', type: 'text/javascript' },
};

/** Writes messages, oldest first, in a format. */
export function exportFile(request: ExportRequest): ExportFile {
  const entries = request.entries.toSorted((a, b) => a.id - b.id).map(asOnTheWire);
  const { file, type } = formats[request.format];
  return { name: file, type, text: write({ ...request, entries }) };
}

const halfSurrogate = /\p{Surrogate}/gu;

/** UTF-8 has no half surrogates: what the browser sends for one is U+FFFD. */
function asOnTheWire(entry: Entry): Entry {
  if (entry.kind === 'connection') return entry;
  const text = entry.text.replace(halfSurrogate, '\uFFFD');
  return text === entry.text ? entry : { ...entry, text };
}

function write({ entries, known, facts, format, includesTokens }: ExportRequest): string {
  const redaction = includesTokens ? noRedaction : redactionOf(known, facts.variables);
  switch (format) {
    case 'json':
      return exportJson(entries, facts, redaction);
    case 'ndjson':
      return exportNdjson(entries, redaction);
    case 'har':
      return exportHar(entries, facts, redaction);
    case 'playwright':
    case 'vitest':
    case 'wscat':
    case 'node': {
      const scenario = scenarioOf(entries, facts.variables, known);
      if (scenario.steps.length === 0) return '';
      const url = redaction.text(facts.url);
      return scriptWriters[format]({ scenario, url, pageUrl: facts.pageUrl, includesTokens });
    }
  }
}

const scriptWriters = {
  playwright: playwrightTest,
  vitest: vitestTest,
  wscat: wscatLines,
  node: nodeScript,
} satisfies Partial<Record<FormatId, (input: ScriptInput) => string>>;

type ScriptId = keyof typeof scriptWriters;
