import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('prepublish.mjs', import.meta.url));

test.each([
  ['no repository', '{}', 1],
  ['a repository without an address', '{"repository":{"type":"git","url":""}}', 1],
  ['a short name of one', '{"repository":"github:someone/seshdeck"}', 0],
  ['its address', '{"repository":{"type":"git","url":"git+https://example.com/s.git"}}', 0],
])('npm publish with %s in package.json', (_what, packageJson, code) => {
  const root = mkdtempSync(path.join(tmpdir(), 'seshdeck-publish-'));
  mkdirSync(path.join(root, 'scripts'));
  writeFileSync(path.join(root, 'package.json'), packageJson);
  const copy = path.join(root, 'scripts', 'prepublish.mjs');
  copyFileSync(script, copy);
  const { status, stderr } = spawnSync(process.execPath, [copy], { encoding: 'utf8' });
  rmSync(root, { recursive: true });
  expect(status).toBe(code);
  expect(stderr.includes('no "repository"')).toBe(code === 1);
});
