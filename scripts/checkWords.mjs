// Finds turns of phrase that readers stumble over (style 16, 27, 28): in what users read (docs, texts
// on screen, lessons, the catalog), and a shorter list in code. `node scripts/checkWords.mjs [FOLDER]`
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Never right: not in a name, a comment or a test title either. */
const never = [
  /\banew\b/i,
  /\blet(?:s|ting)? go of\b/i,
  /\ball the same\b/i,
  /\b(?:fore)?[Tt]old\b|\b[a-z]+Told\b/,
  /\bgo(?:es|ing)? on\b/i,
  /\bin vain\b/i,
  /\b(?:un)?heard\b|\b[a-z]+Heard\b/,
  /\bblam(?:e|es|ed|ing)\b/i,
  /\bglanc(?:e|es|ed|ing)\b/i,
  /\bwhoever\b/i,
  /\bwish(?:es)?\b/i,
];

const phrases = [
  ...never,
  /\bby (?:itself|themselves)\b/i,
  /\bof (?:its|their) own\b/i,
  /\bin no time\b/i,
  /\bare the most\b/i,
];

/** What users read, as against names and comments. */
const isRead = [
  /^[^/]+\.md$/,
  /^docs\/.*\.md$/,
  /^web\/.*\/(?:\w+T|t)exts\.ts$/,
  /^web\/tutorial\/lessons\/.*\.md$/,
  /^protocol\/(?:commands\/\w+|statusTexts)\.ts$/,
];

const isCode = /^(?:bench|client|e2e|protocol|scripts|server|test|web)\/.*\.(?:css|mjs|tsx?)$/;
/** They hold the words themselves. */
const isAboutWords = /^scripts\/(?:checkWords|canaries\/docsCanaries)\.mjs$/;

const phrasesFor = (file) => {
  if (isAboutWords.test(file)) return [];
  if (isRead.some((pattern) => pattern.test(file))) return phrases;
  return isCode.test(file) ? never : [];
};

const root = path.resolve(process.argv[2] ?? path.dirname(import.meta.dirname));
const folders = ['bench', 'client', 'docs', 'e2e', 'protocol', 'scripts', 'server', 'test', 'web'];
const files = ['.', ...folders.filter((folder) => existsSync(path.join(root, folder)))]
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { withFileTypes: true, recursive: folder !== '.' })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
  )
  .map((file) => file.split(path.sep).join('/'));

const found = files.flatMap((file) => {
  const unwanted = phrasesFor(file);
  if (unwanted.length === 0) return [];
  return readFileSync(path.join(root, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const phrase = unwanted.map((pattern) => pattern.exec(line)?.[0]).find(Boolean);
      return phrase ? [`${file}:${index + 1}: "${phrase}": say it in the usual words`] : [];
    });
});
process.stdout.write(`${found.join('\n')}${found.length > 0 ? '\n' : ''}`);
process.exitCode = found.length > 0 ? 1 : 0;
