import { fitsShell, shellWord } from './quoteCode.ts';
import type { Part, Step } from './scenario.ts';
import { inputName, madeBy, mergedTexts, type ScriptInput } from './scriptParts.ts';

/** Lines for a POSIX shell that send the messages with wscat and compare the replies. */
export function wscatLines(input: ScriptInput): string {
  const { scenario, url, includesTokens } = input;
  const inputs = scenario.inputs.map((each) => {
    const name = inputName(each);
    const fallback = includesTokens ? `-${shellWord(each.recorded)}` : `?${neededWords}`;
    return `${each.name}=\${${name}:${fallback}}`;
  });
  const isLarge = scenario.steps.some((step) => isLargeRequest(step));
  return `#!/bin/sh
# ${madeBy(input)}
# Run: sh seshdeck-wscat.sh   (needs: npm install --global wscat)
url=\${SESHDECK_URL:-${shellWord(url)}}
# Seconds to wait for a reply.
wait=\${SESHDECK_WAIT:-1}
${inputs.map((line) => `${line}\n`).join('')}
# wscat ends when its input does: this one never ends.
pipe=$(mktemp -u) && mkfifo "$pipe" && exec 3<>"$pipe" && rm "$pipe" || exit 1
ask() { wscat -c "$url" -w "$wait" -x "$1" <&3; }
${isLarge ? askLarge : ''}same() { printf '%s: as recorded\\n' "$1"; }
differs() { printf '%s was answered differently: %.2000s\\n' "$1" "$reply" >&2; exit 1; }

${scenario.steps.map(stepLines).join('\n')}
`;
}

/** An argument of a program has 131,071 bytes at most on Linux; tokens may be put in yet. */
const maxArgumentBytes = 120_000;

/** No argument can be that large: wscat gets the message from a file, and the file's name from here. */
const askLarge = `dir=$(mktemp -d) && trap 'rm -r "$dir"' EXIT || exit 1
cat > "$dir/message.cjs" <<'END'
const { readFileSync } = require('node:fs');
process.argv.push('-x', readFileSync(process.env.SESHDECK_MESSAGE, 'utf8'));
END
ask_large() {
  printf '%s' "$1" > "$dir/message"
  SESHDECK_MESSAGE=$dir/message NODE_OPTIONS="\${NODE_OPTIONS:-} --require=\\"$dir/message.cjs\\"" wscat -c "$url" -w "$wait" <&3
}
`;

function isLargeRequest({ request }: Step): boolean {
  const text = request.map((part) => (typeof part === 'string' ? part : '')).join('');
  return new TextEncoder().encode(text).length > maxArgumentBytes;
}

const neededWords = "'set it to the token of a living session: no message in this file creates it'";

function stepLines(step: Step): string {
  const { name, request, reply } = step;
  if (!request.every((part) => typeof part !== 'string' || fitsShell(part))) {
    return `# ${name} is left out: it holds U+0000, which no argument can.\n`;
  }
  const expected = reply ? shellPattern(reply.text) : "''";
  const lines = [
    `reply=$(${isLargeRequest(step) ? 'ask_large' : 'ask'} ${shellText(request)})`,
    `case $reply in ${expected}) same ${name} ;; *) differs ${name} ;; esac`,
    ...(reply ? capturesOf(reply.text) : []),
  ];
  return `${lines.join('\n')}\n`;
}

function shellText(parts: readonly Part[]): string {
  return mergedTexts(parts)
    .map((part) => (typeof part === 'string' ? shellWord(part) : shellHole(part)))
    .join('');
}

function shellPattern(parts: readonly Part[]): string {
  const given = new Set<string>();
  return mergedTexts(parts)
    .map((part) => {
      if (typeof part === 'string') return shellWord(part);
      if (part.kind === 'given') given.add(part.variable.name);
      const isNew = part.kind !== 'any' && given.has(part.variable.name);
      return isNew ? '*' : shellHole(part);
    })
    .join('');
}

function shellHole(part: Exclude<Part, string>): string {
  if (part.kind === 'any') return part.type === 'number' ? '[0-9]*' : `'"'*'"'`;
  return `"$${part.variable.name}"`;
}

/** Takes a token out of the reply: what stands after the text before it, up to the next quote. */
function capturesOf(parts: readonly Part[]): string[] {
  return parts.flatMap((part, at) => {
    if (typeof part === 'string' || part.kind !== 'given') return [];
    const { name } = part.variable;
    const before = shellPattern(parts.slice(0, at));
    return [`${name}=\${reply#${before}}; ${name}=\${${name}%%'"'*}`];
  });
}
