import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Everything that a build is made of. Folders count whole. */
const sources = [
  'protocol',
  'client',
  'server',
  'web',
  'docs',
  'examples',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
  'scripts/build.mjs',
  'scripts/buildClient.mjs',
  'scripts/buildServer.mjs',
  'scripts/buildDocs.mjs',
  'scripts/sizeBudget.mjs',
];

/**
 * Digest of what a build is made of. Content rather than times: a clone, a checkout and a restored
 * cache all give files new times, and a checkout of an older branch gives older ones.
 * @param {string} root Folder of the repository.
 */
export function sourceStamp(root) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(root, source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(root, relative) {
  const stats = statSync(path.join(root, relative), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [relative];
  return readdirSync(path.join(root, relative))
    .filter((name) => !isBesideTheBuild(name))
    .toSorted()
    .flatMap((name) => filesUnder(root, `${relative}/${name}`));
}

/** Tests and what editors leave behind change nothing in a build. */
function isBesideTheBuild(name) {
  return /\.test\.tsx?$/.test(name) || name.startsWith('.') || name.endsWith('~');
}
