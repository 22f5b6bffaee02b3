import { jsString } from './quoteCode.ts';
import type { Part, Step } from './scenario.ts';
import {
  jsComparer,
  jsReply,
  jsText,
  jsTokens,
  madeBy,
  stepsToPlay,
  type ScriptInput,
} from './scriptParts.ts';

/** A test for Playwright that writes the messages in the console, sends them and watches the log. */
export function playwrightTest(input: ScriptInput): string {
  const steps = stepsToPlay(input.scenario).map((step) => `  ${stepLine(step)}`);
  return `// ${madeBy(input)}
// Run: npx playwright test seshdeck.spec.mjs   (needs: npm install @playwright/test)
import { expect, test } from '@playwright/test';

/** For each wait: a large message takes the console seconds. */
const timeout = 60_000;
const consoleUrl = process.env.SESHDECK_CONSOLE ?? ${jsString(input.pageUrl)};
${jsTokens(input)}

test('the console shows the replies as recorded', async ({ page }) => {
  test.setTimeout(10 * timeout);
  const replies = [];
  page.on('websocket', (socket) => {
    // That one belongs to the list of sessions.
    if (new URL(socket.url()).pathname === '/inspect') return;
    socket.on('framereceived', ({ payload }) => replies.push(payload.toString()));
  });
  const button = (name) => page.getByRole('button', { name, exact: true });
  const connected = () =>
    expect(page.getByRole('status', { name: 'Connection' })).toHaveText(/Connected to/);
  await page.goto(consoleUrl);
  await connected();
${serverLines(input)}  // Off, or its replies come between those to the messages.
  await button('Settings').click();
  const probing = page.getByRole('switch', { name: 'Measure latency' });
  if ((await probing.getAttribute('aria-checked')) === 'true') await probing.click();
  await page.keyboard.press('Escape');
  const send = async (text, { isHeldBack = false } = {}) => {
    await page.evaluate((written) => window.seshdeck.composer.setText(written), text);
    await button('Send').click();
    if (isHeldBack) await button('Send anyway').click();
  };
  let read = 0;
  const ask = async (row, text, recorded, options) => {
    await send(text, options);
    await expect
      .poll(() => replies.length, { message: \`replies, up to \${row}\`, timeout })
      .toBeGreaterThan(read);
    const { actual, expected } = compared(replies[read++], recorded);
    expect(actual, row).toBe(expected);
    await expect(page.getByRole('listitem', { name: row }).first()).toBeVisible({ timeout });
  };

${steps.join('\n')}
});

${jsComparer}
`;
}

/** Takes the console to another server than the one that it comes from. */
function serverLines({ url, pageUrl }: ScriptInput): string {
  const own = pageUrl.replace(/^http/, 'ws');
  if (url.replace(/\/$/, '') === own.replace(/\/$/, '')) return '';
  return `  await button('Disconnect').click();
  await page.getByRole('textbox', { name: 'Server URL' }).fill(${jsString(url)});
  await button('Connect').click();
  await connected();
`;
}

function stepLine({ name, request, reply, isJson }: Step): string {
  const text = jsText(isJson ? request.map(withoutBraces) : request);
  const options = isJson ? '' : ', { isHeldBack: true }';
  if (!reply) return `await send(${text}${options}); // ${name}: no reply when all goes well`;
  return `await ask(${jsString(reply.row)}, ${text}, ${jsReply(reply.text)}${options});`;
}

/** To the console \`{{name}}\` is a variable. In JSON two braces in a row stand in strings only. */
function withoutBraces(part: Part): Part {
  return typeof part === 'string' ? part.replaceAll('{{', String.raw`{\u007b`) : part;
}
