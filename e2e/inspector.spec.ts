import { expect, test } from './fixtures.ts';

test('a session of another client appears within a second, and its keys as they change', async ({
  console,
  otherClient,
}) => {
  await expect(console.sessions).toContainText('0 sessions');
  const token = await otherClient.newSession('{"name":"from elsewhere"}');
  const row = console.sessionRow(/from elsewhere/);
  await expect(row).toBeVisible({ timeout: 1000 });
  await expect(console.sessions).not.toContainText(token);

  await row.click();
  await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"colour":"teal"}}}`);
  await expect(console.session).toContainText('colour', { timeout: 1000 });
  await expect(console.session).toContainText('teal');
});

test('a session that expires disappears by itself, and looking did not keep it', async ({
  console,
  otherClient,
}) => {
  await otherClient.newSession('{"name":"short","expiry":{"duration":2,"deleteSession":true}}');
  const row = console.sessionRow(/short/);
  await expect(row).toBeVisible({ timeout: 1000 });
  await row.click();
  await expect(row).toHaveCount(0, { timeout: 4000 });
  await expect(console.sessions).toContainText('0 sessions');
});

test('a token is shown only when asked for', async ({ console, otherClient }) => {
  const token = await otherClient.newSession('{"name":"secret"}');
  await console.sessionRow(/secret/).click();
  await expect(console.session).toContainText('secret');
  await expect(console.session).not.toContainText(token);
  await console.session.getByRole('button', { name: 'Reveal token' }).click();
  await expect(console.session).toContainText(token);
  await console.session.getByRole('button', { name: 'Hide token' }).click();
  await expect(console.session).not.toContainText(token);
});

test('hostile names and values are shown as text', async ({ console, otherClient, page }) => {
  const hostile = '<img src=x onerror=window.hacked=1>';
  const token = await otherClient.newSession(`{"name":"${hostile}"}`);
  await otherClient.ask(
    `{"KV_SET":{"tkn":"${token}","keys":{"__proto__":"${hostile}","${hostile}":[1]}}}`,
  );
  await console.sessionRow(/onerror/).click();
  await expect(console.session).toContainText('__proto__');
  await expect(console.session).toContainText(hostile);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});
