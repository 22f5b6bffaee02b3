import { readFileSync } from 'node:fs';
import { SourceModule, type Declaration } from './sourceModule.ts';

/** The text of docs/client-api.md: everything that the package exports, from the comments and types of its sources. */
export function clientApi(): string {
  const parts = Object.entries(entries()).map(([name, file]) => moduleText(name, file));
  return `${[introduction, ...parts].join('\n\n')}\n`;
}

const introduction = `# The client's API

Made from the sources by \`npm run docs\`; do not edit. The guides are [the client](client.md) and the pages of the frameworks.`;

/** Modules of the package and the files that they are built from, as \`exports\` of package.json names their types. */
function entries(): Readonly<Record<string, string>> {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { exports } = JSON.parse(text) as { exports: Readonly<Record<string, unknown>> };
  const found = Object.entries(exports).flatMap(([name, target]) => {
    const [, file] =
      /"types":"\.\/dist\/client\/types\/([^"]*)\.d\.mts"/.exec(JSON.stringify(target)) ?? [];
    return file === undefined ? [] : [[name.replace('.', 'seshdeck'), `${file}.ts`]];
  });
  return Object.fromEntries(found) as Record<string, string>;
}

const order: readonly Declaration['kind'][] = ['function', 'class', 'interface', 'type'];

function moduleText(name: string, file: string): string {
  const declarations = new SourceModule(file)
    .exported()
    .toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  return [`## ${name}`, ...declarations.map(declarationText)].join('\n\n');
}

function declarationText({ name, doc, signature, members }: Declaration): string {
  const parts = [`### ${name}`, docText(doc), fence(signature)];
  for (const member of members.filter(({ doc }) => !/@internal\b/.test(doc))) {
    parts.push(`#### ${name}.${member.name}`, docText(member.doc), fence(member.signature));
  }
  return parts.filter((part) => part !== '').join('\n\n');
}

function fence(code: string): string {
  return `\`\`\`ts\n${withoutLinks(code)}\n\`\`\``;
}

/** A comment as Markdown: its tags are a list. */
function docText(doc: string): string {
  const [words = '', ...tags] = doc.split(/(?:^|\s)@(?=(?:param|returns|throws)\b)/);
  const text = joined(words);
  const items = tags.map((tag) => `- ${tagText(joined(tag))}`).join('\n');
  return [text, items].filter((part) => part !== '').join('\n\n');
}

function tagText(tag: string): string {
  const [, kind = '', rest = ''] = /^(\w+)\s*(.*)$/s.exec(tag) ?? [];
  const [, type = '', meaning = rest] = /^\{([^}]*)\}\s*(.*)$/s.exec(rest) ?? [];
  switch (kind) {
    case 'param':
      return meaning.replace(/^(\S+)/, '`$1`:');
    case 'returns':
      return `Returns: ${meaning}`;
    case 'throws':
      return `Throws ${type === '' ? '' : `\`${type}\` `}${meaning}`;
    default:
      return `${kind}: ${rest}`;
  }
}

/** On one line. */
function joined(text: string): string {
  return withoutLinks(text).replaceAll(/\s+/g, ' ').trim();
}

function withoutLinks(text: string): string {
  return text.replaceAll(/\{@link ([^}]*)\}/g, '`$1`');
}
