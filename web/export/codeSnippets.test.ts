import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secrets } from '../connection/page/tokenPlaces.ts';
import { codeParts, envValuesOf } from './codeParts.ts';
import { codeSnippet, type CodeLanguage } from './codeSnippets.ts';
import { startServer, type ServerPeer } from '../../test/web/serverPeer.ts';

const token = '14247375118774737462';
const other = '6029437712290154113';

interface Options {
  readonly isLiteral?: boolean;
  readonly values?: Readonly<Record<string, string>>;
}

function partsOf(text: string, { isLiteral = false, values = {} }: Options = {}) {
  const variables = new Map([['tkn', token], ['tkn:mine', token], ...Object.entries(values)]);
  const secrets = new Secrets();
  secrets.addVariables(variables);
  secrets.addMessage(`{"SH_NEW_RSP":{"st":1,"name":"x","tkn":"${other}"}}`);
  return codeParts({ text, isLiteral }, { variables, secrets });
}

/** With each value by the name of its environment variable. */
const shown = (text: string, options?: Options) =>
  partsOf(text, options)
    .map((part) => (typeof part === 'string' ? part : `<${part.env}>`))
    .join('');

test('tokens come from the environment, one value for one token, however it is written', () => {
  expect(shown('{"KV_GET":{"tkn":"{{tkn}}","keys":["a"]}}')).toBe(
    '{"KV_GET":{"tkn":"<SESHDECK_TOKEN>","keys":["a"]}}',
  );
  expect(shown(`{"SH_EXISTS":{"tkns":["{{tkn:mine}}",{{tkn}},"${token}","${other}"]}}`)).toBe(
    '{"SH_EXISTS":{"tkns":["<SESHDECK_TOKEN>",<SESHDECK_TOKEN>,"<SESHDECK_TOKEN>","<SESHDECK_TOKEN2>"]}}',
  );
});

test('other variables are filled in, or asked for; braces of a literal message stay', () => {
  const text = '{"SH_NEW":{"name":"{{who}}"}}';
  expect(shown(text, { values: { who: 'a"b' } })).toBe('{"SH_NEW":{"name":"a\\"b"}}');
  expect(shown(text)).toBe('{"SH_NEW":{"name":"<SESHDECK_VALUE>"}}');
  expect(shown(text, { isLiteral: true })).toBe(text);
});

const awkward = String.raw`it's \"x\" \\ ${'`'} ${'${'}y} */ </script> $(id) %s \u2028 😀`;
const message = `{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":"${awkward}\u2028\u{e0001}","n":9007199254740993}}}`;

let folder: string;
let server: ServerPeer;
beforeAll(async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  // Below the project, so that its packages are found from there.
  folder = mkdtempSync(path.join(root, '.cache', 'snippet-'));
  // Stands in for the package: it prints what is sent, and answers.
  writeFileSync(path.join(folder, 'websockets.py'), standIn);
  server = await startServer();
});
afterAll(() => {
  server.stop();
  rmSync(folder, { recursive: true });
});

const standIn = `class connect:
    def __init__(self, url):
        self.url = url
    async def __aenter__(self):
        return self
    async def __aexit__(self, *rest):
        pass
    async def send(self, text):
        print(text.encode("utf-8").hex())
    async def recv(self):
        return "replied at " + self.url
`;

function snippet(language: CodeLanguage, text = message, isQuiet = false) {
  return codeSnippet(language, { parts: partsOf(text), url: server.url, isQuiet });
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** @returns What a program says; its input stays open, as in a terminal. */
async function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const bin = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...env },
  });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

const has = (command: string) => !spawnSync(command, ['--version']).error;
const sent = message.replace('{{tkn}}', '7');

test('no snippet holds a token', () => {
  for (const language of ['node', 'browser', 'python', 'go', 'wscat'] as const) {
    expect(snippet(language)).toContain('SESHDECK_TOKEN');
    expect(snippet(language)).not.toContain(token);
  }
  expect(envValuesOf(partsOf('{"SV_INFO":{}}'))).toEqual([]);
});

test('Node sends the message and prints the reply', { timeout: 20_000 }, async () => {
  const file = write('seshdeck.mjs', snippet('node'));
  const { code, said } = await run(process.execPath, [file], { SESHDECK_TOKEN: '7' });
  expect(said).toContain('KV_SET_RSP');
  expect(code).toBe(0);
});

test('a quiet command is not waited for', { timeout: 20_000 }, async () => {
  const quiet = snippet('node', message.replace('KV_SET', 'KV_SETQ'), true);
  const file = write('quiet.mjs', quiet);
  expect(await run(process.execPath, [file], { SESHDECK_TOKEN: '7' })).toEqual({
    code: 0,
    said: '',
  });
});

test('the code for a browser is JavaScript that sends the message as it is', async () => {
  const stub = `globalThis.sessionStorage = { getItem: () => '7' };
globalThis.WebSocket = class {
  addEventListener(name, run) { if (name === 'open') queueMicrotask(run); }
  send(text) { console.log(Buffer.from(text).toString('hex')); }
};
`;
  const { said } = await run(process.execPath, [write('page.mjs', stub + snippet('browser'))]);
  expect(Buffer.from(said.trim(), 'hex').toString()).toBe(sent);
});

// No skipped tests: they count as failed. Where the tool is not there, there is no test.
test.each(['python3'].filter(has))('%s sends the message character for character', async () => {
  const file = write('seshdeck.py', snippet('python'));
  const { said } = await run('python3', [file], { SESHDECK_TOKEN: '7' });
  const [hex = '', reply] = said.trim().split('\n');
  expect(Buffer.from(hex, 'hex').toString()).toBe(sent);
  expect(reply).toBe(`replied at ${server.url}`);
});

test.each(['gofmt'].filter(has))('%s finds the Go code well formed', async () => {
  for (const isQuiet of [false, true]) {
    const file = write('seshdeck.go', snippet('go', message, isQuiet));
    expect(await run('gofmt', ['-l', '-e', file])).toEqual({ code: 0, said: '' });
  }
});

test('Go and Python get a message in readable quotes, or escaped alike; Go imports only what it uses', () => {
  const literal = /message[ :]*= (.*)/;
  const plain = '{"SH_INFO":{"tkn":"{{tkn}}"}}';
  expect(literal.exec(snippet('go', plain))?.[1]).toBe('`{"SH_INFO":{"tkn":"` + token + `"}}`');
  expect(literal.exec(snippet('python', plain))?.[1]).toBe(`'{"SH_INFO":{"tkn":"' + token + '"}}'`);
  const [inGo, inPython] = [snippet('go'), snippet('python')].map((text) =>
    literal.exec(text)?.[1]?.split(' + ').at(-1),
  );
  expect(inGo).toBe(inPython);
  expect(snippet('go')).toContain('"fmt"');
  expect(snippet('go', message, true)).not.toContain('fmt');
});

test('a shell gives wscat the message as it is', { timeout: 20_000 }, async () => {
  const wscat = 'wscat() { printf %s "$6" | od -An -v -tx1; }\n';
  const { said } = await run('sh', [write('seshdeck.sh', wscat + snippet('wscat'))], {
    SESHDECK_TOKEN: '7',
  });
  expect(Buffer.from(said.replace(/\s/g, ''), 'hex').toString()).toBe(sent);
});
