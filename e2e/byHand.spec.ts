import { expect, test } from './fixtures.ts';

test.use({ editor: 'full' });

test('the first lesson by hand: three messages pasted, the lesson follows to its end', async ({
  console,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const paste = async (text: string) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await console.editor.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+V');
    await console.button('Send').click();
  };
  await expect(page.locator('.monaco-editor').first()).toBeVisible();

  await paste('{\n  "SH_INFO_ALL":{}\n}');
  const totals = console.rows(/Received SH_INFO_ALL_RSP/);
  await expect(totals).toContainText('"totalSessions": 0');
  const { tutorial } = console;
  await expect(tutorial).toContainText("You did this by hand: What's there?");
  await expect(tutorial).toContainText('Step 2 of 4');

  await paste('{\n  "SH_NEW":\n  {\n    "name":"user1"\n  }\n}');
  const created = console.rows(/Received SH_NEW_RSP, Ok/);
  await expect(created).toContainText('"name": "user1"');
  const token = /"tkn": "(\d+)"/.exec(await created.innerText())?.[1] ?? '';
  expect(BigInt(token)).toBeGreaterThan(0n);

  await expect(tutorial).toContainText('Step 3 of 4');
  await paste('{"SH_INFO": {"tkn": "14247375118774737462"}}');
  await expect(tutorial.getByRole('status', { name: 'Step result' })).toContainText('Status 100');
  await paste(`{"SH_INFO": {"tkn": "${token}"}}`);
  const info = console.rows(/Received SH_INFO_RSP, Ok/);
  await expect(info).toContainText(`"tkn": "${token}"`);
  await expect(info).toContainText('"keyCnt": 0');
  await expect(tutorial.getByRole('button', { name: 'Create session 3 of 4' })).toBeVisible();
  await expect(tutorial).toContainText('You did this by hand: Look at the session');
  await expect(tutorial.getByRole('heading', { name: 'Try it yourself' })).toBeVisible();
});

test('a wrong token is answered with status 100 and a hint', async ({ console }) => {
  await console.send('{"SH_INFO": {"tkn": "14247375118774737462"}}');
  const refusal = console.rows(/Received SH_INFO_RSP, SessionNotExist/);
  await expect(refusal).toContainText('100 SessionNotExist');
  await expect(refusal).toContainText('no session with that token');
});
