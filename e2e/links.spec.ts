import { expect, test } from './fixtures.ts';

test.use({ editor: 'full' });

test('Copy link makes a link that brings message, filter and step to another browser, without the token', async ({
  console,
  context,
  page,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.send('{"SH_NEW":{"name":"secret"}}');
  const reply = console.rows(/Received SH_NEW_RSP/);
  await expect(reply).toBeVisible();
  const token = /"tkn": "(\d+)"/.exec(await reply.innerText())?.[1] ?? '';
  expect(token).not.toBe('');
  await console.write(`{"SH_INFO":{"tkn":"${token}"}}`);
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Failures');
  await console.openLesson('Set and get');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeFocused();
  await page.keyboard.type('copy link');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Notice' })).toContainText('Link copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(decodeURIComponent(link)).not.toContain(token);
  expect(new URL(link).search).toBe('');

  const elsewhere = await (await browser.newContext()).newPage();
  const requests: string[] = [];
  elsewhere.on('request', (request) => requests.push(request.url()));
  await elsewhere.goto(link);
  await expect(elsewhere.getByRole('combobox', { name: 'Show' })).toHaveValue('failures');
  const written = await elsewhere.evaluate(() => window.seshdeck.composer.getText());
  expect(written).toMatch(/^\{"SH_INFO":\{"tkn":"\{\{token ··\d{4} \w+\}\}"\}\}$/);
  await expect(elsewhere.getByText('Step 1 of 8')).toBeVisible();
  await expect(elsewhere.getByRole('status', { name: 'Connection' })).toHaveText(/Connected/);
  await elsewhere.getByRole('combobox', { name: 'Show' }).selectOption('Sent');
  await expect(elsewhere.getByRole('log').getByRole('listitem')).toHaveCount(0);
  expect(requests.filter((url) => /SH_INFO|message=/.test(url))).toEqual([]);
  await elsewhere.context().close();
});

test('a link followed in an open page puts its message in, and leaves unsent work alone', async ({
  console,
  page,
}) => {
  await page.evaluate(() => {
    window.location.hash = '#message=%7B%22SH_INFO_ALL%22%3A%7B%7D%7D';
  });
  await expect.poll(() => console.written()).toBe('{"SH_INFO_ALL":{}}');
  await expect(console.tabs).toHaveCount(1);
  await console.write('{"SH_NEW":{"name":"mine"}}');
  await page.evaluate(() => {
    window.location.hash = '#message=two';
  });
  await expect(console.tabs).toHaveCount(2);
  expect(await console.written()).toBe('two');
  await page.keyboard.press('Alt+1');
  expect(await console.written()).toBe('{"SH_NEW":{"name":"mine"}}');
});

test('a reload does not put the message of a link over what was made of it', async ({
  console,
  page,
  server,
}) => {
  await page.goto(`${server.url}/#message=from+the+link`);
  await expect(console.connection).toHaveText(/Connected to/);
  await expect.poll(() => console.written()).toBe('from the link');
  await console.write('from the link, and more');
  await page.reload();
  await expect(console.connection).toHaveText(/Connected to/);
  expect(await console.written()).toBe('from the link, and more');
  await expect(console.tabs).toHaveCount(1);
});

for (const [name, fragment] of [
  ['huge', `#message=${'x'.repeat(40_000)}`],
  ['with a script', '#message=<img src=x onerror=alert(1)>&search=<script>alert(1)</script>'],
  ['with broken escapes', '#message=%E0%A4%A&show=__proto__&lesson=../../x&step=%00'],
  ['of a lesson that is not there', '#lesson=constructor&step=toString'],
] as const) {
  test(`a fragment that is ${name} harms nothing and sends nothing`, async ({ page, server }) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('dialog', (dialog) => {
      faults.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(`${server.url}/${fragment}`);
    await expect(page.getByRole('status', { name: 'Connection' })).toHaveText(/Connected to/);
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Tutorial' })).toContainText('Step 1 of 4');
    await page.getByRole('combobox', { name: 'Show' }).selectOption('Sent');
    await expect(page.getByRole('log').getByRole('listitem')).toHaveCount(0);
    expect(faults).toEqual([]);
  });
}
