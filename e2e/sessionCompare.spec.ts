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

test('sessions of more keys than the tree has at a time are compared whole, and what differs at the end is taken over', async ({
  otherClient,
  page,
  server,
}) => {
  const keyCount = 12_000;
  const tokens = [];
  for (const name of ['before', 'after']) {
    const tkn = await otherClient.newSession(`{"name":"${name}"}`);
    for (let from = 0; from < keyCount; from += 3_000) {
      const keys = Array.from({ length: 3_000 }, (_, at) => `"k${from + at}":{"n":${from + at}}`);
      await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{${keys.join(',')}}}}`);
    }
    tokens.push(tkn);
  }
  const [first, second] = tokens;
  const last = `k${keyCount - 1}`;
  await otherClient.ask(`{"KV_SET":{"tkn":"${second}","keys":{"${last}":"other"}}}`);
  await page.goto(`${server.url}/inspector`);
  await page.getByRole('row', { name: 'before' }).getByRole('button').click();
  await page.getByRole('button', { name: 'Compare…' }).click();
  await page.getByRole('list', { name: 'Sessions' }).getByRole('button', { name: /after/ }).click();
  const compared = page.getByRole('region', { name: 'Compared with after' });
  await expect(compared.getByRole('status')).toHaveText('1 difference in 12,000 keys');
  const row = compared.getByRole('row', { name: new RegExp(`^${last} `) });
  await expect(row).toContainText('{"n":11999}');
  await row.getByRole('button', { name: 'Take over' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(compared).toContainText('Both sessions have the same keys and values.');
  const reply = await otherClient.ask(`{"KV_GET":{"tkn":"${first}","keys":["${last}"]}}`);
  expect(reply).toContain('"other"');

  await compared.getByRole('button', { name: 'Show same' }).click();
  await expect(compared).toContainText('The first 200 of 12,000 keys.');
  await compared.getByRole('button', { name: 'Show 200 more' }).click();
  await expect(compared.getByRole('row')).toHaveCount(401);
});

test('a session to compare is chosen with the keyboard alone', async ({
  console,
  otherClient,
  page,
}) => {
  for (const name of ['first', 'second', 'third']) {
    await otherClient.newSession(`{"name":"${name}"}`);
  }
  await console.sessionRow(/first/).click();
  const { session } = console;
  const choices = page.getByRole('list', { name: 'Sessions' }).getByRole('button');
  const begin = async () => {
    await session.getByRole('button', { name: 'Compare…' }).press('Enter');
    await expect(page.getByRole('searchbox', { name: 'Find a session' })).toBeFocused();
    await expect(choices).toHaveCount(2);
  };
  await begin();
  await page.keyboard.press('ArrowDown');
  await expect(choices.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(choices.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(session.getByRole('region', { name: /^Compared with/ })).toBeVisible();
  await session.getByRole('button', { name: 'End comparison' }).press('Enter');
  await begin();
  await page.keyboard.type('sec');
  await expect(choices).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(session.getByRole('region', { name: 'Compared with second' })).toBeVisible();
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
