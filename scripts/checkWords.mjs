// Finds turns of phrase that readers stumble over (style 16, 27, 28) in what people read: the docs,
// texts on screen, lessons and the catalog. `node scripts/checkWords.mjs [FOLDER]`
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const phrases = [
  /\banew\b/i,
  /\blet(?:s|ting)? go of\b/i,
  /\ball the same\b/i,
  /\bby (?:itself|themselves)\b/i,
  /\bof (?:its|their) own\b/i,
  /\b(?:is|are|be|was|were|been) told\b/i,
  /\bwhoever\b/i,
  /\bwish(?:es)?\b/i,
  /\bin no time\b/i,
  /\bare the most\b/i,
];

/** What people read, as against names and comments. */
const isRead = [
  /^[^/]+\.md$/,
  /^docs\/.*\.md$/,
  /^web\/.*\/(?:\w+T|t)exts\.ts$/,
  /^web\/tutorial\/lessons\/.*\.md$/,
  /^protocol\/(?:commands\/\w+|statusTexts)\.ts$/,
];

const root = path.resolve(process.argv[2] ?? path.dirname(import.meta.dirname));
const files = ['.', 'docs', 'web', 'protocol']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { withFileTypes: true, recursive: folder !== '.' })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
  )
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => isRead.some((pattern) => pattern.test(file)));

const found = files.flatMap((file) =>
  readFileSync(path.join(root, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const phrase = phrases.map((pattern) => pattern.exec(line)?.[0]).find(Boolean);
      return phrase ? [`${file}:${index + 1}: "${phrase}": say it in the usual words`] : [];
    }),
);
process.stdout.write(`${found.join('\n')}${found.length > 0 ? '\n' : ''}`);
process.exitCode = found.length > 0 ? 1 : 0;
