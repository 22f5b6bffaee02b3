// Counts the ways out of the type checker and the linter (style 26) against their budget for the
// whole repository. `node scripts/countHatches.mjs [FOLDER]`
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

const budgetPerThousandLines = 2;
const folders = ['protocol', 'client', 'server', 'web', 'e2e', 'bench', 'scripts'];

const hatchesInComments = {
  'lint disabled': /\b(?:oxlint|eslint)-disable/,
  '@ts- comment': /@ts-(?:ignore|expect-error|nocheck)\b/,
};

const hatchesInCode = {
  TSAnyKeyword: () => 'any',
  TSNonNullExpression: () => '!',
  TSTypeAssertion: () => '<Type>',
  // Through `unknown` anything becomes anything. A plain `as` the compiler still checks for overlap.
  TSAsExpression: ({ expression }) =>
    expression.type === 'TSAsExpression' ? 'as unknown as' : undefined,
};

const root = path.resolve(process.argv[2] ?? path.dirname(import.meta.dirname));
const files = folders.flatMap((folder) => sourceFiles(path.join(root, folder)));
const counts = new Map();
let lines = 0;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  lines += text.split('\n').length - 1;
  for (const hatch of hatchesOf(file, text)) counts.set(hatch, (counts.get(hatch) ?? 0) + 1);
}

const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
const perThousand = (1000 * total) / Math.max(lines, 1);
const kinds = [...counts].map(([hatch, count]) => `${count} ${hatch}`).join(', ');
process.stdout.write(
  `escape hatches: ${total} in ${lines} lines, ${perThousand.toFixed(2)} per 1000 of ${budgetPerThousandLines} (${kinds || 'none'})\n`,
);
if (perThousand > budgetPerThousandLines) {
  process.stdout.write('Over the budget: let the types say it, or parse at the edge.\n');
  process.exitCode = 1;
}

function sourceFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function hatchesOf(file, text) {
  const { program, comments } = parseSync(file, text);
  const inComments = comments.flatMap(({ value }) =>
    Object.entries(hatchesInComments).flatMap(([hatch, pattern]) =>
      pattern.test(value) ? [hatch] : [],
    ),
  );
  const inCode = [];
  visit(program, (node) => {
    const hatch = hatchesInCode[node.type]?.(node);
    if (hatch) inCode.push(hatch);
  });
  return [...inComments, ...inCode];
}

function visit(node, look) {
  if (typeof node !== 'object' || node === null) return;
  if (typeof node.type === 'string') look(node);
  for (const child of Object.values(node)) visit(child, look);
}
