import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../server/testServer.ts';

const root = new URL('../../', import.meta.url);
const guide = readFileSync(new URL('docs/client.md', root), 'utf8');
const blocks = Array.from(guide.matchAll(/^```[jt]s\n([^]*?)^```/gm), ([, code = '']) => code);

let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), 'seshdeck-docs-'));

beforeAll(async () => {
  server = await startTestServer(['--inspect-key-file', 'key']);
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

/** One module of all blocks, each in a scope for itself. */
function moduleOf(codes: readonly string[]): string {
  const imports = new Set(['connect']);
  const bodies = codes.map((code) =>
    code.replaceAll(/^import \{ (.+) \} from 'seshdeck\/client';\n/gm, (_, names: string) => {
      for (const name of names.split(', ')) imports.add(name);
      return '';
    }),
  );
  const main = fileURLToPath(new URL('client/main.ts', root));
  return [
    `import { ${[...imports].join(', ')} } from '${main}';`,
    'async function all() {',
    "const db = connect('ws://127.0.0.1:1987');",
    "const inspectionKey = 'a key of sixteen characters or more';",
    ...bodies.map((body) => `await (async () => {\n${body}})();`),
    'await db.drain();',
    '}',
    'void all();',
  ]
    .join('\n')
    .replaceAll('ws://127.0.0.1:1987', `ws://127.0.0.1:${server.port}`);
}

test('every block of the guide runs, and prints what it says', async () => {
  const expected = blocks.flatMap((code) =>
    Array.from(code.matchAll(/\/\/ → (.*)/g), ([, line]) => line),
  );
  expect(expected.length).toBeGreaterThan(15);
  const file = join(folder, 'guide.mts');
  writeFileSync(file, moduleOf(blocks));
  const { stdout } = await promisify(execFile)(execPath, ['--import', 'tsx', file], {
    cwd: fileURLToPath(root),
  });
  expect(stdout.trimEnd().split('\n')).toEqual(expected);
});
