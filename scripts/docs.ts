// `npm run docs`: writes docs/commands.md from the catalog. With --check it only tells whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { catalog, commandNames, type CommandName } from '../protocol/catalog.ts';
import { prettyJson } from '../protocol/json/prettyJson.ts';
import { statusCode, statuses, type StatusName } from '../protocol/status.ts';

const file = new URL('../docs/commands.md', import.meta.url);

function reference(): string {
  const parts = [
    '# Commands',
    'Made from the catalog by `npm run docs`; do not edit. The rules behind it are in [protocol.md](protocol.md).',
    'In examples `{{tkn}}` stands for the token of a session, as in the console.',
    contents(),
    ...commandNames.map(command),
    '## Statuses',
    statusTable(Object.keys(statuses) as StatusName[]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function contents(): string {
  return commandNames
    .map((name) => `- [${name}](#${name.toLowerCase()}): ${catalog[name].summary}`)
    .join('\n');
}

function command(name: CommandName): string {
  const { summary, description, example, isQuiet, isMutating, isDangerous } = catalog[name];
  const facts = [
    isQuiet && 'quiet (no reply when all went well)',
    isMutating ? 'changes data' : 'only reads',
    isDangerous && 'deletes data',
  ].filter(Boolean);
  return [
    `## ${name}`,
    `**${summary}.** ${description}`,
    `Facts: ${facts.join(', ')}.`,
    parameters(name),
    statusTable(catalog[name].statuses),
    fence(example.request),
    example.reply === null ? 'No reply.' : fence(example.reply),
  ].join('\n\n');
}

function parameters(name: CommandName): string {
  const params = Object.entries(catalog[name].params);
  if (params.length === 0) return 'No parameters.';
  const rows = params.map(([param, { label, required, description }]) => {
    return `| \`${param}\` | ${label} | ${required ? 'yes' : 'no'} | ${description} |`;
  });
  return ['| parameter | type | required | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function statusTable(names: readonly StatusName[]): string {
  const rows = names.map((name) => `| ${statusCode(name)} | ${name} | ${statuses[name].meaning} |`);
  return ['| st | name | meaning |', '| ---: | --- | --- |', ...rows].join('\n');
}

function fence(json: string): string {
  return `\`\`\`json\n${prettyJson(json)}\n\`\`\``;
}

const text = reference();
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('docs/commands.md is out of date: run "npm run docs".\n');
  process.exitCode = 1;
}
