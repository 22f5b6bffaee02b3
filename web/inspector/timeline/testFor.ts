import type { WholeChange } from '../../../protocol/inspection/timeline.ts';
import { quote } from '../../../protocol/json/jsonText.ts';
import { commandsFor } from './reproduce.ts';

/**
 * A test for Vitest that makes changes once more in a new session, and compares the keys that they are about. What was
 * before them is stored first.
 */
export function testFor(changes: readonly WholeChange[], serverUrl: string): string {
  const before = new Map<string, string>();
  const after = new Map<string, string | undefined>();
  for (const { keys } of changes) {
    for (const step of keys) {
      if (!after.has(step.key) && step.before !== undefined) before.set(step.key, step.before);
      after.set(step.key, step.after);
    }
  }
  const commands = [...storeFirst(before), ...commandsFor(changes)];
  const hasEnded = changes.some(({ kind }) => kind === 'ended');
  return `// Run: npx vitest run timeline.test.mjs   (needs: npm install vitest ws)
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';

const url = process.env.SESHDECK_URL ?? ${quote(serverUrl)};
const commands = [
${commands.map((command) => `  ${quote(command)},`).join('\n')}
];

test('the same changes leave the same keys', async () => {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const ask = async (text) => {
    socket.send(text);
    return String((await once(socket, 'message'))[0]);
  };
  const made = await ask('{"SH_NEW":{"name":"timeline test"}}');
  const tkn = /"tkn":"(\\d+)"/.exec(made)[1];
  // The first place is that of the token: keys and values come behind it.
  const inSession = (command) => command.replace('{{tkn}}', () => tkn);
  for (const command of commands) await ask(inSession(command));
  const keys = await ask(inSession(${quote(`{"KV_GET":{"tkn":"{{tkn}}","keys":[${[...after.keys()].map((key) => quote(key)).join(',')}]}}`)}));
  ${hasEnded ? `expect(keys).toContain('"st":100');` : `expect(keys).toBe(inSession(${quote(replyOf(after))}));`}
  socket.close();
});
`;
}

function storeFirst(before: ReadonlyMap<string, string>): string[] {
  if (before.size === 0) return [];
  return [`{"KV_SET":{"tkn":"{{tkn}}","keys":{${entriesOf(before)}}}}`];
}

/** What KV_GET answers: null for a key that is not there. */
function replyOf(after: ReadonlyMap<string, string | undefined>): string {
  const found = new Map([...after].map(([key, value]) => [key, value ?? 'null']));
  return `{"KV_GET_RSP":{"tkn":"{{tkn}}","keys":{${entriesOf(found)}}}}`;
}

function entriesOf(keys: ReadonlyMap<string, string>): string {
  return [...keys].map(([key, value]) => `${quote(key)}:${value}`).join(',');
}
