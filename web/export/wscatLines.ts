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
same() { printf '%s: as recorded\\n' "$1"; }
differs() { printf '%s was answered differently: %s\\n' "$1" "$reply" >&2; exit 1; }

${scenario.steps.map(stepLines).join('\n')}
`;
}

const neededWords = "'set it to the token of a living session: no message in this file creates it'";

function stepLines({ name, request, reply }: Step): string {
  if (!request.every((part) => typeof part !== 'string' || fitsShell(part))) {
    return `# ${name} is left out: it holds U+0000, which no argument can.\n`;
  }
  const expected = reply ? shellPattern(reply.text) : "''";
  const lines = [
    `reply=$(ask ${shellText(request)})`,
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
