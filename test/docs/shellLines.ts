import { existsSync } from 'node:fs';
import { readConfig } from '../../server/config/readConfig.mjs';
import { settingRows } from '../../server/config/settings.mjs';
import { membersOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { textOf } from './codeBlocks.ts';

/** Packages that users of a framework have, and that are installed from a registry. */
const otherPackages = new Set(['connect-redis', 'redis']);

/** Files that a page lets its readers write; the page has their text. */
const ofReaders = new Set(['site.mjs']);

/**
 * Checks the lines of a block for a shell, without running what would install or start something.
 * Throws what is wrong: a flag that there is not, a script, a package or a variable.
 */
export function checkShellLines(text: string): void {
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    const words = wordsOf(line.replace(/(?:^|\s)#.*$/, ''));
    if (words.length > 0) checkCommand(words);
  }
}

function checkCommand([program = '', ...args]: readonly string[]): void {
  const check = checks[program];
  if (!check)
    throw new Error(`No check knows the program ${program}: add it to ${import.meta.url}`);
  check(args);
}

const checks: Readonly<Record<string, (args: readonly string[]) => void>> = {
  seshdeck: checkSeshdeck,
  npm: checkNpm,
  npx: ([name = '', ...args]) => {
    if (name === 'seshdeck') checkSeshdeck(args);
    else refuseUnknown(name, packages());
  },
  node: ([file = '']) => {
    if (!ofReaders.has(file)) refuseMissing(file);
  },
  python3: ([file = '']) => refuseMissing(file),
  docker: (args) => {
    for (const [, variable = ''] of args.join(' ').matchAll(/(SESHDECK_\w+)/g)) {
      refuseUnknown(variable, new Set(settingRows.map(([, { env }]) => env ?? '')));
    }
  },
};

/** As the command itself would: each flag, and what it takes. */
function checkSeshdeck(args: readonly string[]): void {
  const read = readConfig({
    args,
    env: {},
    readFile: (path) =>
      files[path.split('/').at(-1) ?? ''] ?? 'a key of sixteen characters or more',
    tryDirectory: () => undefined,
  });
  if (!read.ok) throw new Error(`seshdeck ${args.join(' ')}: ${read.refusal}`);
}

/** What the files of the examples hold. */
const files: Readonly<Record<string, string>> = {
  'seshdeck.json': '{"version":1,"kv":{"ip":"127.0.0.1","port":1987,"maxPayload":2097152}}',
};

function checkNpm([command = '', ...args]: readonly string[]): void {
  const after = args.slice(args.indexOf('--') + 1);
  switch (command) {
    case 'start':
      checkSeshdeck(args.includes('--') ? after : []);
      return;
    case 'test':
    case 'ci':
    case 'init':
    case 'pack':
      return;
    case 'run':
      refuseUnknown(args[0] ?? '', new Set(membersIn('scripts').keys()));
      return;
    case 'install':
      for (const name of args.filter((word) => !word.startsWith('-'))) {
        refuseUnknown(name, packages());
      }
      return;
    default:
      throw new Error(`npm ${command} is new here: say how to check it`);
  }
}

function packages(): ReadonlySet<string> {
  return new Set([...membersIn('devDependencies').keys(), ...otherPackages, 'seshdeck']);
}

/** Members of a part of package.json. */
function membersIn(part: string): ReadonlyMap<string, JsonText> {
  const json = readJson(textOf('package.json'));
  const found = json.ok ? membersOf(json.value).get(part) : undefined;
  return found === undefined ? new Map() : membersOf(found);
}

function refuseUnknown(name: string, known: ReadonlySet<string>): void {
  if (!known.has(name)) throw new Error(`${name} is not known; there is ${[...known].join(', ')}`);
}

function refuseMissing(file: string): void {
  if (!existsSync(new URL(`../../${file}`, import.meta.url))) throw new Error(`no file ${file}`);
}

/** Words of a line, those in quotes without them. */
function wordsOf(line: string): readonly string[] {
  return Array.from(line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g), ([, double, single, plain]) => {
    return double ?? single ?? plain ?? '';
  });
}
