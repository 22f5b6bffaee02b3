import { expect, test } from './fixtures.ts';

test('a path lights up what it selects, says where it is wrong, and updates its matches', async ({
  console,
  otherClient,
  page,
}) => {
  const tkn = await otherClient.newSession('{"name":"basket"}');
  const items = '[{"sku":"A","price":19.90},{"sku":"B","price":5}]';
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"items":${items},"note":"price"}}}`);
  await console.sessionRow(/basket/).click();
  const { session } = console;
  const box = session.getByRole('searchbox', { name: 'Find keys or a path' });
  await box.fill('$[?@.price >]');
  await expect(session.getByRole('alert')).toHaveText(/No path from character 13 on/);
  await box.fill('$[?@.price > 9].price');
  await expect(session).toContainText('1 match in 1 key');
  await expect(session.getByRole('treeitem', { name: 'price 19.90' })).toBeVisible();
  await expect(session.getByRole('treeitem', { name: 'price 19.90' })).toHaveClass(/is-match/);
  await box.fill('$[*].price');
  await expect(session).toContainText('2 matches in 1 key');
  await otherClient.ask(
    `{"KV_UPDATE":{"tkn":"${tkn}","key":"items","path":"$[1]","value":{"sku":"B"}}}`,
  );
  await expect(session).toContainText('1 match in 1 key');
  await session.getByRole('button', { name: 'Update matches to…' }).click();
  await page.getByRole('textbox', { name: 'New value, as JSON' }).fill('20.00');
  await expect(page.getByRole('list', { name: 'Preview' })).toContainText(
    "items[0]['price'] 19.90 20.00",
  );
  await page.getByRole('button', { name: 'Change 1 match' }).click();
  const get = () => otherClient.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["items"]}}`);
  expect(await get()).toContain('19.90');
  await session.getByRole('button', { name: 'Save' }).click();
  await expect(session).toContainText('Saved 1 change.');
  expect(await get()).toContain('[{"sku":"A","price":20.00},{"sku":"B"}]');
});
