// `npm run docs`: writes docs/commands.md from the catalog, and docs/client-api.md from the client's sources. With
// --check it only checks that they are up to date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { commandNames, type CommandName } from '../protocol/commands/catalog.ts';
import {
  allStatuses,
  referenceOf,
  refusalNote,
  type MemberReference,
  type StatusReference,
} from '../protocol/commands/reference.ts';
import { clientApi } from './clientApi.ts';

function reference(): string {
  const parts = [
    '# Commands',
    'Made from the catalog by `npm run docs`; do not edit. The rules behind it are in [protocol.md](protocol.md).',
    'In examples `{{tkn}}` stands for the token of a session, as in the console.',
    refusalNote,
    contents(),
    ...commandNames.map(command),
    '## Statuses',
    table(
      ['st', 'name', 'meaning', 'why, and what to do'],
      allStatuses.map(({ code, name, meaning, cause }) => [`${code}`, name, meaning, cause]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function contents(): string {
  return commandNames
    .map((name) => `- [${name}](#${name.toLowerCase()}): ${referenceOf(name).summary}`)
    .join('\n');
}

function command(name: CommandName): string {
  const { summary, description, facts, params, reply, statuses, example } = referenceOf(name);
  return [
    `## ${name}`,
    `**${summary}.** ${description}`,
    `Facts: ${facts.join(', ')}.`,
    parameterTable(params),
    table(
      ['reply', 'type', ''],
      flatten(reply).map((each) => [`\`${each.name}\``, each.label, each.description]),
    ),
    statusTable(statuses),
    fence(example.request),
    example.reply === undefined ? 'No reply.' : fence(example.reply),
  ].join('\n\n');
}

function parameterTable(params: readonly MemberReference[]): string {
  if (params.length === 0) return 'No parameters.';
  return table(
    ['parameter', 'type', 'required', 'default', ''],
    flatten(params).map(({ name, label, isRequired, defaultText, description }) => {
      return [`\`${name}\``, label, isRequired ? 'yes' : 'no', defaultText, description];
    }),
  );
}

/** Members of members follow the one they are in, named after it. */
function flatten(members: readonly MemberReference[], outer = ''): readonly MemberReference[] {
  return members.flatMap((member) => {
    const name = `${outer}${member.name}`;
    return [{ ...member, name }, ...flatten(member.members, `${name}.`)];
  });
}

function statusTable(statuses: readonly StatusReference[]): string {
  return table(
    ['st', 'name', 'meaning'],
    statuses.map(({ code, name, meaning }) => [`${code}`, name, meaning]),
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = heads.map((head) => (head === 'st' ? '---:' : '---'));
  return [heads, rule, ...rows].map(line).join('\n');
}

function fence(json: string): string {
  return `\`\`\`json\n${json}\n\`\`\``;
}

const pages = { 'docs/commands.md': reference(), 'docs/client-api.md': clientApi() };
for (const [name, text] of Object.entries(pages)) {
  const file = new URL(`../${name}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`${name} is out of date: run "npm run docs".\n`);
    process.exitCode = 1;
  }
}
