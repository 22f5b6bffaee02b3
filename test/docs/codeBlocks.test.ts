import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSync } from 'vite';
import { membersOf } from '../../protocol/json/jsonText.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { readConfig } from '../../server/config/readConfig.mjs';
import { readInspectionKeys } from '../../server/config/inspectionKeys.mjs';
import { savingTo, startTestServer, type TestServer } from '../server/testServer.ts';
import { blocksIn, codeBlocks, repository, textOf, type CodeBlock } from './codeBlocks.ts';
import { moduleText } from './exampleModule.ts';
import { sendExamples } from './messages.ts';
import { checkShellLines } from './shellLines.ts';

const place = mkdtempSync(path.join(tmpdir(), 'seshdeck-blocks-'));
/** In the repository, where its packages are found. */
const modules = path.join(repository, '.cache', `blocks-${process.pid}`);
let server: TestServer;

beforeAll(async () => {
  mkdirSync(modules, { recursive: true });
  server = await startTestServer([], {}, savingTo(place));
});

afterAll(async () => {
  await server.stop();
  rmSync(place, { recursive: true });
  rmSync(modules, { recursive: true });
});

interface OwnTest {
  readonly file: string;
  /** Those that it takes from the page. */
  readonly languages: readonly string[];
  /** Only blocks with this text. */
  readonly holding?: string;
}

/** Its blocks are one site or one module, which that test uses. */
const guide: OwnTest = { file: 'test/client/guides.test.ts', languages: ['js'] };

/** Pages with a test that runs their blocks. */
const ownTests: Readonly<Record<string, OwnTest>> = {
  'docs/automation.md': { file: 'e2e/contract.spec.ts', languages: ['ts'] },
  'docs/operations.md': { file: 'test/docs/nginx.test.ts', languages: ['nginx'] },
  'docs/client.md': { file: 'test/client/docs.test.ts', languages: ['js', 'ts'] },
  'docs/commands.md': { file: 'test/server/catalogExamples.test.ts', languages: ['json'] },
  'docs/migrating-from-connect-redis.md': {
    file: 'test/client/migrationGuide.test.ts',
    languages: ['js'],
    holding: 'async function copy(',
  },
  'docs/testing.md': { file: 'scripts/testingPackage.test.ts', languages: ['js'] },
  'docs/express-in-five-minutes.md': guide,
  'docs/express-session.md': guide,
  'docs/fastify-session.md': guide,
  'docs/hono.md': guide,
  'docs/better-auth.md': guide,
  'docs/lessons.md': { file: 'web/tutorial/lessonsGuide.test.ts', languages: ['markdown', 'json'] },
};

function isOfOwnTest({ file, language, text }: CodeBlock): boolean {
  const own = ownTests[file];
  return own !== undefined && own.languages.includes(language) && text.includes(own.holding ?? '');
}

/** Blocks that are read but not run, each with the reason. New ones need one, too. */
const notRun: readonly (readonly [file: string, begins: string, reason: string])[] = [
  [
    'docs/migrating-from-connect-redis.md',
    'import { RedisStore }',
    'code of other packages, which a reader has and we do not: it shows what is replaced',
  ],
];

const isNotRun = ({ file, text }: CodeBlock) =>
  notRun.some(([name, begins]) => name === file && text.startsWith(begins));

/** How each kind of block is checked. The first that fits counts. */
const checks: readonly (readonly [
  what: string,
  fits: (block: CodeBlock) => boolean,
  check: (block: CodeBlock) => void | Promise<void>,
])[] = [
  ['a test of its own', isOfOwnTest, hasOwnTest],
  ['read only', isNotRun, parse],
  // Generated, and `npm run docs -- --check` compares it.
  ['text of the sources', ({ file }) => file === 'docs/client-api.md', () => undefined],
  ['a configuration', ({ text }) => /^\{\s*"version"/.test(text), startWith],
  ['health', ({ text }) => text.startsWith('{"status"'), compareHealth],
  ['inspection keys', ({ text }) => /^\{\s*"keys"/.test(text), readKeys],
  ['messages', ({ text }) => /^\{\s*"[A-Z]{2}_/.test(text), sendAll],
  ['shell', ({ language, text }) => language === 'sh' || text.startsWith('seshdeck '), checkShell],
  ['Python', ({ language }) => language === 'python', compilePython],
  ['what it sends, as no compiler is here', ({ language }) => language === 'go', sendTexts],
  ['JavaScript', ({ language }) => language === 'js', run],
];

const checkOf = (block: CodeBlock) => checks.find(([, fits]) => fits(block));
const blocks = codeBlocks().map((block) => ({
  ...block,
  title: `${block.file}:${block.line} ${block.language}`,
  what: checkOf(block)?.[0] ?? 'nothing',
}));

describe('every block of code in the documentation holds', () => {
  test('there are some', () => expect(blocks.length).toBeGreaterThan(120));

  test.each(blocks)('$title: $what', async (block) => {
    const [, , check] = checkOf(block) ?? [];
    if (!check) throw new Error('Nothing checks this block: run it, or say in `notRun` why not');
    await expect(Promise.resolve(check(block))).resolves.toBeUndefined();
  });

  test('each reason not to run one is about a block that there is', () => {
    const unused = notRun.filter(([file, begins]) => {
      return !blocks.some((block) => block.file === file && block.text.startsWith(begins));
    });
    expect(unused).toEqual([]);
  });
});

function hasOwnTest({ file }: CodeBlock): void {
  const owner = ownTests[file]?.file ?? '';
  expect(existsSync(path.join(repository, owner))).toBe(true);
  // That of the commands runs what they are made from.
  if (file !== 'docs/commands.md') expect(textOf(owner)).toContain(path.basename(file));
}

function parse({ language, text }: CodeBlock): void {
  if (language !== 'js' && language !== 'ts') return;
  expect(parseSync(`block.${language}`, text).errors).toEqual([]);
}

function startWith({ text }: CodeBlock): void {
  const read = readConfig({
    args: ['--config', 'seshdeck.json'],
    env: {},
    readFile: () => text,
    tryDirectory: () => undefined,
  });
  expect(read).toMatchObject({ ok: true, value: { kind: 'serve' } });
}

async function compareHealth({ text }: CodeBlock): Promise<void> {
  const answer = await fetch(`${server.url}/healthz`);
  expect(memberNames(text)).toEqual(memberNames(await answer.text()));
}

function memberNames(text: string): string[] {
  const json = readJson(text);
  return json.ok ? [...membersOf(json.value).keys()] : [];
}

function readKeys({ text }: CodeBlock): void {
  let count = 0;
  const written = text.replaceAll('<64 hexadecimal digits>', () => `${(count += 1)}`.repeat(64));
  expect(readInspectionKeys('keys.json', () => written).length).toBe(count);
}

async function sendAll({ text }: CodeBlock): Promise<void> {
  await sendExamples(text, await server.connect());
}

/** The texts of a program that are messages, to the address that it has. */
async function sendTexts({ text }: CodeBlock): Promise<void> {
  expect(text).toContain('"ws://127.0.0.1:1987"');
  const messages = Array.from(text.matchAll(/`(\{.*\})`/g), ([, message]) => message);
  await sendExamples(messages.join('\n'), await server.connect());
}

function checkShell({ text }: CodeBlock): void {
  checkShellLines(text);
}

function compilePython({ text }: CodeBlock): void {
  execFileSync('python3', ['-c', 'import sys; compile(sys.stdin.read(), "block", "exec")'], {
    input: text,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** What a block says that it prints: `// → 2`, or a reply in a comment. */
const printed = /^.*?\/\/ (?:→ (.*)|(\{".*))$/gm;

/** Runs a block as a module until it has printed what it says, or one line if it only logs. */
async function run({ text }: CodeBlock): Promise<void> {
  const expected = Array.from(text.matchAll(printed), ([, value, reply]) => value ?? reply ?? '');
  const isLogging = text.includes('console.log');
  const file = path.join(modules, 'block.mts');
  writeFileSync(file, moduleOf(text, isLogging ? '' : 'process.exit();'));
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: repository,
    env: { ...process.env, SESSION_SECRET: 'of the example' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let faults = '';
  child.stderr.on('data', (chunk: Buffer) => (faults += chunk.toString()));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length >= Math.max(1, expected.length)) child.kill();
  }
  expect(faults).toBe('');
  expect(lines.length).toBe(isLogging ? Math.max(1, expected.length) : 0);
  const withoutTokens = (line: string) => line.replaceAll(/(?<="tkn":")\d+/g, '<T>');
  if (expected.length > 0) expect(lines.map(withoutTokens)).toEqual(expected.map(withoutTokens));
  else if (isLogging) expect(lines[0]).toContain('"st":1');
}

function moduleOf(text: string, end: string): string {
  // Node 20 has none, which is what browsers have.
  const browser = "import { WebSocket as Global } from 'ws'; globalThis.WebSocket = Global;";
  const code = moduleText(text, `ws://127.0.0.1:${server.port}`);
  return `${text.includes('import') ? '' : browser}\n${code}\n${end}`;
}

describe('the check of blocks', () => {
  const blockOf = (language: string, text: string): CodeBlock => {
    const [block] = blocksIn('docs/x.md', `words\n\n\`\`\`${language}\n${text}\n\`\`\`\n`);
    if (!block) throw new Error('There is a block');
    return block;
  };

  test('finds blocks in lists, and their lines', () => {
    const found = blocksIn('docs/x.md', 'a\n\n- b\n\n  ```js\n  c\n  ```\n\n    indented\n');
    expect(found.map(({ line, language }) => [line, language])[0]).toEqual([3, 'js']);
    expect(blockOf('sh', 'x')).toEqual({ file: 'docs/x.md', line: 3, language: 'sh', text: 'x' });
  });

  test('leaves none out that it does not know', () => {
    expect(checkOf(blockOf('rust', 'fn main() {}'))).toBeUndefined();
  });

  test.each([
    ['seshdeck --memroy', 'memroy'],
    ['npm start -- --port 99999', '--port'],
    ['npm run nope', 'nope is not known'],
    ['npm install left-pad', 'left-pad is not known'],
    ['curl -s http://127.0.0.1:1987', 'No check knows the program curl'],
    ['docker run -e SESHDECK_INSPECT_KEYS_FILE=/run/key seshdeck', 'SESHDECK_INSPECT_KEYS_FILE'],
  ])('refuses the line %s', (line, fault) => {
    expect(() => checkShellLines(line)).toThrow(fault);
  });

  test('refuses a program that sends a wrong message', async () => {
    const program = 'Dial("ws://127.0.0.1:1987"); Write(`{"SH_NEW":{"nam":"user1"}}`)';
    await expect(sendTexts(blockOf('go', program))).rejects.toThrow('is refused');
  });

  test.each([
    ['{"KV_GET":{"tkn":"775"}}', 'is refused'],
    ['{"KV_NOPE":{"tkn":"775"}}', 'is refused'],
    ['{"KV_COUNT":{"tkn":"775"}}\n{"KV_COUNT_RSP":{"st":1,"count":3,"tkn":"775"}}', 'and not'],
    [
      '{"KV_ADD":{"tkn":"775","keys":{"a":1}}} → {"KV_ADD_RSP":{"tkn":"775","keys":{"a":23}}}',
      'not',
    ],
  ])('refuses the messages %s', async (text, fault) => {
    await expect(sendAll(blockOf('json', text))).rejects.toThrow(fault);
  });

  test('refuses code that prints something else', async () => {
    const wrong = 'console.log(1 + 1); // → 3';
    await expect(run(blockOf('js', wrong))).rejects.toThrow('deeply equal');
  });
});
