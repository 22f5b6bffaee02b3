import { expect, test } from './fixtures.ts';
import { axeFindingsInBothThemes, serious } from './pages/axe.ts';

test('two sessions are compared key by key, live, and a difference is taken over', async ({
  console,
  otherClient,
  page,
}) => {
  const first = await otherClient.newSession('{"name":"before"}');
  const second = await otherClient.newSession('{"name":"after"}');
  const set = (tkn: string, keys: string) =>
    otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
  await set(first, '{"same":1,"n":1.50,"old":true}');
  await set(second, '{"same":1,"n":1.51}');
  await console.sessionRow(/before/).click();
  const { session } = console;
  await session.getByRole('button', { name: 'Compare…' }).click();
  await page.getByRole('searchbox', { name: 'Find a session' }).fill('aft');
  await page.getByRole('list', { name: 'Sessions' }).getByRole('button', { name: /after/ }).click();
  const compared = session.getByRole('region', { name: 'Compared with after' });
  await expect(compared).toContainText('2 differences in 3 keys');
  const rows = compared.getByRole('row');
  await expect(rows).toHaveText([/Key/, /n1\.501\.51different/, /oldtrue–only here/]);
  await set(second, '{"new":"<b>"}');
  await expect(rows).toHaveCount(4);
  await rows.filter({ hasText: '1.51' }).getByRole('button', { name: 'Take over' }).click();
  await session.getByRole('button', { name: 'Save' }).click();
  await expect(session).toContainText('Saved 1 change.');
  await expect(compared).toContainText('2 differences in 4 keys');
  expect(await otherClient.ask(`{"KV_GET":{"tkn":"${first}","keys":["n"]}}`)).toContain('"n":1.51');
  await compared.getByRole('button', { name: 'End comparison' }).click();
  await expect(session.getByRole('tree', { name: 'Keys' })).toBeVisible();
});

test('in 300 px each key has its two values below it, as wide as the panel', async ({
  otherClient,
  page,
  server,
}) => {
  const set = (tkn: string, keys: string) =>
    otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
  await set(await otherClient.newSession('{"name":"before"}'), '{"n":1.50,"old":"a long text"}');
  await set(await otherClient.newSession('{"name":"after"}'), '{"n":1.51}');
  await page.setViewportSize({ width: 300, height: 800 });
  await page.goto(`${server.url}/inspector`);
  await page.getByRole('row', { name: 'before' }).getByRole('button').click();
  await page.getByRole('button', { name: 'Compare…' }).click();
  await page.getByRole('button', { name: /after/ }).click();
  const compared = page.getByRole('region', { name: 'Compared with after' });
  const row = compared.getByRole('row', { name: /^n / });
  const [here, there] = [row.getByRole('cell').nth(0), row.getByRole('cell').nth(1)];
  await expect(here).toHaveText('1.50');
  for (const cell of [here, there]) expect((await cell.boundingBox())?.width).toBeGreaterThan(250);
  const [above, below] = [await here.boundingBox(), await there.boundingBox()];
  expect(below?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0));
  await row.getByRole('button', { name: 'Take over' }).click();
  await expect(row).toContainText('different');
  expect(await axeFindingsInBothThemes(page, { impacts: serious })).toEqual([]);
});
