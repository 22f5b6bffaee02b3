import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { WebSocket, WebSocketServer } from 'ws';
import { expect, test } from './fixtures.ts';
import type { ConsolePage } from '../client/testing/playwright/consolePage.ts';
import { axeFindingsInBothThemes, serious } from './pages/axe.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Sends a message and waits for its reply. */
async function ask(console: ConsolePage, text: string, reply: RegExp): Promise<void> {
  await console.send(text);
  await expect(console.rows(reply).first()).toBeVisible();
}

async function openDialog(console: ConsolePage, page: Page): Promise<Locator> {
  await console.button('Export').click();
  const dialog = page.getByRole('dialog', { name: 'Export messages' });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Presses Download. @returns Name and text of the file. */
async function download(dialog: Locator, page: Page) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('a log becomes a file in every format, without its tokens unless they are asked for', async ({
  console,
  page,
}) => {
  await ask(console, '{"SH_NEW":{"name":"user1"}}', /Received SH_NEW_RSP, Ok/);
  await ask(console, '{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":1.0}}}', /Received KV_SET_RSP/);
  const dialog = await openDialog(console, page);
  const preview = dialog.getByRole('textbox', { name: 'Preview' });
  const files = {
    JSON: 'seshdeck-log.json',
    NDJSON: 'seshdeck-log.ndjson',
    HAR: 'seshdeck-log.har',
    'Playwright test': 'seshdeck.spec.mjs',
    'Vitest test': 'seshdeck.test.mjs',
    'wscat lines': 'seshdeck-wscat.sh',
    'Node script': 'seshdeck-script.mjs',
  };
  const format = dialog.getByRole('radiogroup', { name: 'Format' });
  for (const [label, fileName] of Object.entries(files)) {
    await format.getByRole('radio', { name: label, exact: true }).check();
    const { name, text } = await download(dialog, page);
    expect(name).toBe(fileName);
    expect(text).toContain('SH_NEW');
    expect(text, label).not.toMatch(/\d{15,}/);
    expect(text.startsWith(await preview.inputValue()), label).toBe(true);
  }
  await format.getByRole('radio', { name: 'NDJSON' }).check();
  await expect(preview).toHaveValue(/\\"tkn\\":\\"token-1\\"/);
  await dialog.getByRole('switch', { name: 'Include tokens' }).click();
  await expect(dialog.getByText(/read and change these sessions/)).toBeVisible();
  await expect(preview).toHaveValue(/\\"tkn\\":\\"\d{15,}\\"/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(console.button('Export')).toBeFocused();
});

test('the dialog is used by keyboard alone, and what it shows is copied', async ({
  console,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ask(console, '{"SV_INFO":{}}', /Received SV_INFO_RSP, Ok/);
  await console.button('Export').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export messages' });
  await dialog.getByRole('radio', { name: 'JSON', exact: true }).focus();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'Node script' })).toBeChecked();
  // The file is written after the choice shows, and the buttons wait for it.
  await expect(dialog.getByRole('textbox', { name: 'Preview' })).toHaveValue(
    /await ask\('SV_INFO'/,
  );
  await expect(dialog.getByRole('button', { name: 'Copy', exact: true })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).press('Enter');
  await expect(dialog.getByRole('status')).toHaveText('Copied.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`await ask('SV_INFO', '{"SV_INFO":{}}'`);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('what is shown or selected goes into the file, and all on request', async ({
  console,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ask(console, '{"SH_NEW":{"name":"user1"}}', /Received SH_NEW_RSP, Ok/);
  await ask(console, '{"SV_INFO":{}}', /Received SV_INFO_RSP, Ok/);
  const search = page.getByRole('searchbox', { name: 'Search messages' });
  await search.fill('SV_INFO');
  await expect(console.rows(/SH_NEW/)).toHaveCount(0);
  const dialog = await openDialog(console, page);
  const rows = dialog.getByRole('radiogroup', { name: 'Rows' });
  const preview = dialog.getByRole('textbox', { name: 'Preview' });
  await expect(rows.getByRole('radio', { name: 'Shown (2)' })).toBeChecked();
  await expect(preview).not.toHaveValue(/SH_NEW_RSP/);
  await rows.getByRole('radio', { name: 'All (5)' }).check();
  await expect(preview).toHaveValue(/SH_NEW_RSP/);
  await page.keyboard.press('Escape');
  await search.fill('');

  for (const row of [/Sent SV_INFO/, /Sent SH_NEW/]) {
    await console
      .rows(row)
      .getByRole('button', { name: row })
      .click({ modifiers: ['Control'] });
  }
  await console
    .rows(/Sent SH_NEW/)
    .getByRole('button', { name: /Sent SH_NEW/ })
    .press('c');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect
    .poll(copied)
    .toMatch(
      /^\{"SH_NEW":\{"name":"user1"\}\}\n\{"SH_NEW_RSP":.*\n\{"SV_INFO":\{\}\}\n\{"SV_INFO_RSP":.*$/,
    );
  await openDialog(console, page);
  await expect(rows.getByRole('radio', { name: 'Selected (4)' })).toBeChecked();
});

test('where no message has its reply the dialog says that there is nothing to replay', async ({
  console,
  page,
}) => {
  const dialog = await openDialog(console, page);
  await dialog.getByRole('radio', { name: 'wscat lines' }).check();
  await expect(dialog.getByText(/nothing to replay/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeDisabled();
  await dialog.getByRole('radio', { name: 'HAR' }).check();
  await expect(dialog.getByRole('textbox', { name: 'Preview' })).toHaveValue(/"websocket"/);
});

for (const width of [1440, 360]) {
  test(`the dialog fits and axe finds nothing serious in either theme, ${width} px`, async ({
    console,
    page,
  }) => {
    await ask(console, '{"SH_NEW":{"name":"user1"}}', /Received SH_NEW_RSP, Ok/);
    const dialog = await openDialog(console, page);
    await page.setViewportSize({ width, height: 700 });
    await dialog.getByRole('switch', { name: 'Include tokens' }).click();
    const look = { within: 'dialog', impacts: serious };
    expect(await axeFindingsInBothThemes(page, look)).toEqual([]);
    const overflow = await dialog.evaluate((box) => box.scrollWidth - box.clientWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expect(dialog.getByRole('button', { name: 'Download' })).toBeInViewport();
  });
}

/** A server in front of another, whose replies it gives back changed. The page comes from it, too. */
async function startBroken(url: string, change: (text: string) => string): Promise<Server> {
  const front = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: new URL(url).host };
    request(new URL(asked.url ?? '/', url), { headers }, (found) => {
      answer.writeHead(found.statusCode ?? 500, found.headers);
      found.pipe(answer);
    }).end();
  });
  const sockets = new WebSocketServer({ server: front });
  sockets.on('connection', (client, { url: asked = '/' }) => {
    if (asked.startsWith('/inspect')) return;
    const back = new WebSocket(new URL(asked, url.replace('http', 'ws')));
    const opened = once(back, 'open');
    client.on('message', (data: Buffer) => void opened.then(() => back.send(data.toString())));
    client.on('close', () => back.close());
    back.on('message', (data: Buffer) => client.send(change(data.toString())));
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  return front;
}

interface Suite {
  readonly file: string;
  readonly specs: readonly {
    readonly tests: readonly {
      readonly results: readonly {
        readonly status: string;
        readonly errors: readonly { readonly message: string }[];
      }[];
    }[];
  }[];
}

/**
 * Runs a generated test against several consoles with the project's Playwright, which takes seconds to start.
 * @returns What became of it at each, by the names of `consoleUrls`.
 */
async function runGenerated(
  folder: string,
  text: string,
  consoleUrls: Readonly<Record<string, string>>,
) {
  for (const [name, url] of Object.entries(consoleUrls)) {
    const chosen = `process.env.SESHDECK_CONSOLE = ${JSON.stringify(url)};\n`;
    writeFileSync(path.join(folder, `${name}.spec.mjs`), chosen + text);
  }
  const config = path.join(folder, 'playwright.config.mjs');
  const report = path.join(folder, 'report.json');
  const launchOptions = { executablePath: process.env['CHROMIUM_PATH'], args: ['--no-sandbox'] };
  const use = { viewport: { width: 1440, height: 900 }, launchOptions };
  const settings = {
    testDir: '.',
    timeout: 60_000,
    testMatch: '*.spec.mjs',
    workers: 1,
    reporter: [['line'], ['json', { outputFile: report }]],
    outputDir: 'results',
    expect: { timeout: 10_000 },
    use,
  };
  writeFileSync(config, `export default ${JSON.stringify(settings)};\n`);
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
  // What this run hands its workers must not reach the other run.
  for (const name of Object.keys(env)) if (/^(TEST_|PW_|FORCE_COLOR)/.test(name)) delete env[name];
  const child = spawn(process.execPath, [cli, 'test', '--config', config], {
    env,
    stdio: 'ignore',
  });
  await once(child, 'close');
  const { suites } = JSON.parse(readFileSync(report, 'utf8')) as { suites: readonly Suite[] };
  return new Map(
    suites.map(({ file, specs }) => {
      const [result] = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results));
      const errors = result?.errors
        .map(({ message }) => stripVTControlCharacters(message))
        .join('\n');
      return [path.basename(file, '.spec.mjs'), { status: result?.status, errors }];
    }),
  );
}

test('a log as a Playwright test passes against the server and fails against a broken one', async ({
  console,
  page,
  server,
}) => {
  test.slow(); // Browsers are started inside.
  await ask(console, '{"SH_NEW":{"name":"user1"}}', /Received SH_NEW_RSP, Ok/);
  await console.send('{"KV_SETQ":{"tkn":"{{tkn}}","keys":{"big":9007199254740993}}}');
  await ask(
    console,
    String.raw`{"KV_SET":{"tkn":"{{tkn}}","keys":{"text":"it's \"\\ ${'`${'}x} */ </script> {\u007btkn}}"}}}`,
    /Received KV_SET_RSP, KeySet/,
  );
  await ask(console, '{ "KV_GET":{"tkn":{{tkn}},\n"keys":["big","text"]}}', /Received KV_GET_RSP/);
  const large = String.raw`it's \" and \u2028 `.repeat(8000);
  await console.send(`{"KV_SET":{"tkn":"{{tkn}}","keys":{"large":"${large}"}}}`);
  await expect(console.rows(/Received KV_SET_RSP/)).toHaveCount(2);
  await console.send('{"KV_GET":{"tkn":"{{tkn}}","keys":["large"]}}');
  await expect(console.rows(/Received KV_GET_RSP/)).toHaveCount(2);
  await console.send('{');
  await console.button('Send anyway').click();
  await expect(console.rows(/Received ERR, JsonInvalid/)).toBeVisible();
  await console.send('{"KV_SETQ":{"tkn":"{{tkn}}","keys":{"last":true}}}');
  await expect(console.rows(/Sent KV_SETQ/)).toHaveCount(2);

  const dialog = await openDialog(console, page);
  await dialog.getByRole('radio', { name: 'Playwright test' }).check();
  const { text } = await download(dialog, page);
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  // Below the project, so that its packages are found from there.
  const folder = mkdtempSync(path.join(root, '.cache', 'generated-'));
  const fronts: Server[] = [];
  try {
    // Digits that only a lossless comparison distinguishes, and another status.
    const faults = {
      digits: ['9007199254740993', '9007199254740992'],
      status: ['"text":20', '"text":21'],
    } as const;
    const consoleUrls: Record<string, string> = { good: server.url };
    for (const [fault, [was, is]] of Object.entries(faults)) {
      const front = await startBroken(server.url, (reply) => reply.replace(was, is));
      fronts.push(front);
      consoleUrls[fault] = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
    }
    const results = await runGenerated(folder, text, consoleUrls);
    expect(results.get('good')).toEqual({ status: 'passed', errors: '' });
    for (const [fault, [, is]] of Object.entries(faults)) {
      expect(results.get(fault)?.status).toBe('failed');
      expect(results.get(fault)?.errors).toContain(is.replaceAll('"', String.raw`\"`));
    }
  } finally {
    for (const front of fronts) front.close();
    rmSync(folder, { recursive: true });
  }
});

test('a message is shown as a program of a language, without its token, from the composer and from the log', async ({
  console,
  page,
}) => {
  await console.send('{"SH_NEW":{"name":"a"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await console.send('{"KV_COUNT":{"tkn":"{{tkn}}"}}');
  await expect(console.rows(/Received KV_COUNT_RSP/)).toBeVisible();
  const dialog = page.getByRole('dialog', { name: 'Code' });
  const code = dialog.getByRole('textbox', { name: 'Code' });
  await console.composer.getByRole('button', { name: 'Code', exact: true }).click();
  const languages = dialog.getByRole('radiogroup', { name: 'Language' });
  await languages.getByRole('radio', { name: 'Python' }).check();
  await expect(code).toHaveValue(/import websockets[^]*KV_COUNT/);
  await expect(dialog).toContainText('SESHDECK_TOKEN');
  await page.keyboard.press('Escape');
  // The newest exchange is unfolded.
  const request = console.rows(/Sent KV_COUNT/).getByRole('group', { name: 'Request' });
  await request.getByRole('button', { name: 'Code', exact: true }).click();
  await expect(code).toHaveValue(/process\.env\.SESHDECK_TOKEN/);
  expect(await code.inputValue()).not.toMatch(/\d{15}/);
});
