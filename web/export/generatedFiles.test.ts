import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportFile, type FormatId } from './formats.ts';
import {
  record,
  startBrokenServer,
  startServer,
  type Recording,
  type ServerPeer,
} from '../../test/web/serverPeer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hostile =
  String.raw`it's \"x\" \\ ${'`'} ${'${'}tokens} */ </script> $(id) {{tkn }}` +
  '\u2028😀 % * } \\n';

const session = '{"SH_NEW":{"name":"it\'s }","expiry":{"duration":900,"deleteSession":true}}}';
const bigNumbers = '"big":9007199254740993,"one":1.0,"huge":1e400';
const messages = [
  session,
  `{"KV_SETQ":{"tkn":"{{tkn}}","keys":{${bigNumbers}}}}`,
  `{"KV_SET":{"tkn":{{tkn}},"keys":{"hostile":"${hostile.replace('{{tkn }}', '')}"}}}`,
  '{ "KV_GET":{"tkn":"{{tkn}}",\n "keys":["big","one","huge","hostile","none"]}}',
  '{"KV_ADDQ":{"tkn":"{{tkn}}","keys":{"big":1,"new":2}}}',
  '{"SH_INFO":{"tkn":"{{tkn}}"}}',
  '{"SH_EXISTS":{"tkns":["{{tkn}}",7]}}',
  '{"SH_INFO_ALL":{}}',
  '{"SV_INFO":{}}',
  '{"KV_COUNT":{"tkn":"7"}}',
  '-x {"SH_INFO":',
  '{"KV_SETQ":{"tkn":"{{tkn}}","keys":{"last":true}}}',
];

let server: ServerPeer;
let recording: Recording;
let folder: string;
const peers: ServerPeer[] = [];

beforeAll(async () => {
  server = await startServer();
  recording = await record(server.url, messages);
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  // Below the project, so that its packages are found from there.
  folder = mkdtempSync(path.join(root, '.cache', 'generated-'));
  // Vitest would go up to the project's own configuration.
  writeFileSync(path.join(folder, 'vitest.config.mjs'), 'export default {};\n');
});

afterAll(() => {
  for (const peer of [server, ...peers]) peer.stop();
  rmSync(folder, { recursive: true });
});

async function broken(change: Parameters<typeof startBrokenServer>[1]): Promise<string> {
  const peer = await startBrokenServer(server.url, change);
  peers.push(peer);
  return peer.url;
}

/** Another status, digits that only a lossless comparison distinguishes, a refused quiet command. */
const faults = {
  status: { reply: (text: string) => text.replace('"hostile":20', '"hostile":21') },
  value: { reply: (text: string) => text.replace('9007199254740993', '9007199254740992') },
  silence: { request: (text: string) => text.replace('"keys":{"last":true}', '"keys":[]') },
};

const expected = { status: '"hostile":21', value: '9007199254740992', silence: '"st":41' };
type Fault = keyof typeof faults;
const everyFault = Object.keys(faults) as Fault[];

/** Vitest takes seconds to start: it runs several files at a time, see below. */
const programs = { node: process.execPath, wscat: 'sh' };
type Kind = keyof typeof programs;

interface Source {
  readonly from?: Recording;
  readonly includesTokens?: boolean;
  /** The address in the file. */
  readonly url?: string;
}

function generate(format: FormatId, { from, includesTokens = false, url }: Source = {}) {
  const { entries, variables } = from ?? recording;
  const facts = { url: url ?? server.url, pageUrl: '', version: '1', variables };
  return exportFile({ entries, known: entries, facts, format, includesTokens });
}

/** @returns The exit code and all that was said. */
async function runProgram(command: string, args: readonly string[], env = {}) {
  const bin = path.join(root, 'node_modules', '.bin');
  const PATH = `${bin}:${process.env['PATH'] ?? ''}`;
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, SESHDECK_WAIT: '0.3', NO_COLOR: '1', ...env },
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

/** Runs a generated file against a server. */
async function run(
  kind: Kind,
  url: string,
  { from = recording, env = {} }: { from?: Recording; env?: Record<string, string> } = {},
) {
  const { name, text } = generate(kind, { from });
  const file = path.join(mkdtempSync(path.join(folder, `${kind}-`)), name);
  writeFileSync(file, text);
  return runProgram(programs[kind], [file], { SESHDECK_URL: url, ...env });
}

// They mostly wait, for replies and for processes to start.
describe.concurrent.each(['node', 'wscat'] as const)('a recorded log as a file for %s', (kind) => {
  test('passes against the server, holding no token', { timeout: 60_000 }, async () => {
    expect(generate(kind).text).not.toContain(recording.variables.get('tkn'));
    const { code, said } = await run(kind, server.url);
    expect(said).not.toContain('differently');
    expect({ code, said }).toMatchObject({ code: 0 });
  });

  test.each(everyFault)(
    'fails when the server answers with another %s',
    { timeout: 60_000 },
    async (fault) => {
      const { code, said } = await run(kind, await broken(faults[fault]));
      expect(code).not.toBe(0);
      expect(said).toContain(expected[fault]);
    },
  );
});

interface Report {
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

/** Runs files in one Vitest, which takes seconds to start. @returns What each came to, by its name. */
async function runInVitest(files: Readonly<Record<string, string>>) {
  const directory = mkdtempSync(path.join(folder, 'vitest-'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(directory, `${name}.test.mjs`), text);
  }
  const report = path.join(directory, 'report.json');
  const { said } = await runProgram(process.execPath, [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    `--root=${directory}`,
    `--config=${path.join(folder, 'vitest.config.mjs')}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const failures = said.split(/^ FAIL +/m);
  const results = testResults.map(({ name, status }) => {
    const failure = failures.find((text) => text.startsWith(path.basename(name))) ?? '';
    return [path.basename(name, '.test.mjs'), { status, failure }] as const;
  });
  return { said, results: new Map(results) };
}

test(
  'a recorded log as a file for vitest passes against the server and fails against broken ones',
  { timeout: 60_000 },
  async () => {
    const { text } = generate('vitest');
    expect(text).not.toContain(recording.variables.get('tkn'));
    const files: Record<string, string> = { whole: text };
    for (const fault of everyFault) {
      files[fault] = generate('vitest', { url: await broken(faults[fault]) }).text;
    }
    const { results, said } = await runInVitest(files);
    expect({ whole: results.get('whole'), said }).toMatchObject({ whole: { status: 'passed' } });
    for (const fault of everyFault) {
      expect(results.get(fault)?.status).toBe('failed');
      expect(results.get(fault)?.failure).toContain(expected[fault]);
    }
  },
);

/** Whatever means something to JSON, JavaScript, a shell or a regular expression. */
const awkward =
  String.raw`'\"\\ $x ${'$'}{y} ${'`'}id${'`'} \n \u2028 \ud83d\ude00 * [a] ` + '\u2028😀';

function ofSize(characters: number): string {
  const repeated = awkward.repeat(Math.ceil(characters / awkward.length));
  // Never in the middle of an escape.
  return repeated.slice(0, characters - (characters % awkward.length));
}

const every = [1_000, 33_000, 140_000, 1_700_000];
/** wscat waits a second for each reply. */
const largeSizes = { node: every, wscat: [140_000, 1_700_000] };
/** More than what may be shown of a difference. */
const differingSize = [140_000];

function recordLarge(sizes: readonly number[]): Promise<Recording> {
  const messages = sizes.flatMap((size) => [
    `{"KV_SET":{"tkn":"{{tkn}}","keys":{"k":"${ofSize(size)}","end":"1"}}}`,
    '{"KV_GET":{"tkn":"{{tkn}}","keys":["k","end"]}}',
  ]);
  return record(server.url, [session, ...messages]);
}

const otherEnd = { reply: (text: string) => text.replace('"end":"1"', '"end":"2"') };

// One after another: with all the others at once a machine of two cores is too slow for wscat.
describe('large messages', () => {
  test.each(Object.keys(programs) as Kind[])(
    'as a file for %s pass as recorded, and a difference is shown in few words',
    { timeout: 120_000 },
    async (kind) => {
      const env = { SESHDECK_WAIT: '1' };
      const large = await recordLarge(largeSizes[kind]);
      const good = await run(kind, server.url, { from: large, env });
      expect(good.said).not.toContain('differently');
      expect(good).toMatchObject({ code: 0 });
      const from = await recordLarge(differingSize);
      const bad = await run(kind, await broken(otherEnd), { from, env });
      expect(bad.code).not.toBe(0);
      // A shell cannot find the place of a difference.
      expect(bad.said).toContain(kind === 'wscat' ? 'answered differently' : '"end":"2"');
      expect(bad.said.length).toBeLessThan(30_000);
    },
  );

  test(
    'as a file for vitest pass as recorded, and a difference is shown in few words',
    { timeout: 120_000 },
    async () => {
      const [from, url] = [await recordLarge(differingSize), await broken(otherEnd)];
      const { results, said } = await runInVitest({
        good: generate('vitest', { from: await recordLarge(every) }).text,
        bad: generate('vitest', { from, url }).text,
      });
      expect({ good: results.get('good')?.status, said }).toMatchObject({ good: 'passed' });
      expect(results.get('bad')?.status).toBe('failed');
      expect(results.get('bad')?.failure).toContain('"end":"2"');
      expect(said.length).toBeLessThan(30_000);
    },
  );
});

describe.concurrent.each(['node', 'wscat'] as const)(
  'messages of a session from before, for %s',
  (kind) => {
    test('ask for its token, and run when they get it', { timeout: 60_000 }, async () => {
      const { entries, variables } = await record(server.url, [
        session,
        '{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":1}}}',
      ]);
      const later = { entries: entries.filter(({ id }) => id > 3), variables };
      const token = variables.get('tkn') ?? '';
      const without = await run(kind, server.url, { from: later });
      expect(without.code).not.toBe(0);
      expect(without.said).toContain('SESHDECK_TOKEN1');
      expect(without.said).toContain('token of a living session');
      // The key is there by now: the token has reached the server, and the reply is another one.
      const given = await run(kind, server.url, {
        from: later,
        env: { SESHDECK_TOKEN1: token },
      });
      expect(given.said).toContain('"keys":{"a":21}');
      expect(generate(kind, { from: later }).text).not.toContain(token);
      expect(generate(kind, { from: later, includesTokens: true }).text).toContain(token);
    });
  },
);
