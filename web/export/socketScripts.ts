import { jsString } from './quoteCode.ts';
import {
  jsComparer,
  jsReply,
  jsText,
  jsTokens,
  madeBy,
  stepsToPlay,
  type ScriptInput,
} from './scriptParts.ts';

/** A Node program that plays the messages over a socket and ends with code 1 at the first difference. */
export function nodeScript(input: ScriptInput): string {
  return `// ${madeBy(input)}
// Run: node seshdeck-script.mjs   (needs: npm install ws)
import { on, once } from 'node:events';
import { WebSocket } from 'ws';

${socketHead(input)}

const { ask, send, close } = await connect((name, actual, expected) => {
  if (actual !== expected) {
    throw new Error(\`\${name} was answered differently.\\n  expected \${expected}\\n  received \${actual}\`);
  }
  console.log(\`\${name}: as recorded\`);
});

${stepLines(input).join('\n')}

close();

${socketTail}
`;
}

/** A test for Vitest that plays the messages over a socket. */
export function vitestTest(input: ScriptInput): string {
  const lines = stepLines(input).map((line) => `  ${line}`);
  return `// ${madeBy(input)}
// Run: npx vitest run seshdeck.test.mjs   (needs: npm install ws vitest)
import { on, once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';

${socketHead(input)}

test('the server answers as recorded', { timeout: timeoutMs }, async () => {
  const { ask, send, close } = await connect((name, actual, expected) => {
    expect(actual, name).toBe(expected);
  });

${lines.join('\n')}

  close();
});

${socketTail}
`;
}

function socketHead(input: ScriptInput): string {
  return `const url = process.env.SESHDECK_URL ?? ${jsString(input.url)};
/** For the whole run. */
const timeoutMs = 30_000;
${jsTokens(input)}`;
}

/** Functions that the lines above them use. */
const socketTail = `/** Replies come in the order of the messages; \`check\` gets each with what is expected. */
async function connect(check) {
  const socket = new WebSocket(url);
  const signal = AbortSignal.timeout(timeoutMs);
  const messages = on(socket, 'message', { signal, close: ['close'] });
  await once(socket, 'open', { signal });
  const send = async (text) => socket.send(text);
  const ask = async (name, text, recorded) => {
    socket.send(text);
    const { value, done } = await messages.next();
    if (done) throw new Error(\`\${name}: the connection was closed before the reply came.\`);
    const { actual, expected } = compared(value[0].toString(), recorded);
    check(name, actual, expected);
  };
  return { ask, send, close: () => socket.close() };
}

${jsComparer}`;

function stepLines({ scenario }: ScriptInput): string[] {
  return stepsToPlay(scenario).map(({ name, request, reply }) => {
    if (!reply) return `await send(${jsText(request)}); // ${name}: no reply when all goes well`;
    return `await ask('${name}', ${jsText(request)}, ${jsReply(reply.text)});`;
  });
}
