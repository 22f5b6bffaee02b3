import { expect, test } from './fixtures.ts';

test('a session of another client appears by itself, and its keys as they change', async ({
  console,
  otherClient,
}) => {
  await expect(console.sessions).toContainText('0 sessions');
  const token = await otherClient.newSession('{"name":"from elsewhere"}');
  const row = console.sessionRow(/from elsewhere/);
  await expect(row).toBeVisible();
  await expect(console.sessions).not.toContainText(token);

  await row.click();
  await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"colour":"teal"}}}`);
  await expect(console.session).toContainText('colour');
  await expect(console.session).toContainText('teal');
});

test('a session that expires disappears by itself', async ({ console, otherClient }) => {
  await otherClient.newSession('{"name":"short","expiry":{"duration":2,"deleteSession":true}}');
  await expect(console.sessions).toContainText('1 session ');
  await expect(console.sessions).toContainText('0 sessions');
  await expect(console.sessionRow(/short/)).toHaveCount(0);
});

test('looking at a session does not keep it alive', async ({ console, otherClient }) => {
  await otherClient.newSession('{"name":"seen","expiry":{"duration":6,"deleteSession":true}}');
  const row = console.sessionRow(/seen/);
  await row.click();
  await expect(console.session).toContainText('Looking does not renew expiry');
  await expect(console.sessions).toContainText('0 sessions');
  await expect(row).toHaveCount(0);
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
