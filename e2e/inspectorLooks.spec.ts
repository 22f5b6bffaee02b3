import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const boxOf = async (part: Locator) => {
  const box = await part.first().boundingBox();
  if (!box) throw new Error('It is not on the page');
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
};

/** Where the text of a part ends. */
const endOfText = async (part: Locator) =>
  part.first().evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().right;
  });

test('columns end together, nothing is cut, and what belongs together stands together', async ({
  otherClient,
  page,
  server,
}) => {
  const soon = '"expiry":{"duration":600,"deleteSession":true}';
  const tkn = await otherClient.newSession(`{"name":"basket",${soon}}`);
  await otherClient.newSession('{"name":"other"}');
  const set = () => otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":{"b":"c"}}}}`);
  await set();
  await page.setViewportSize({ width: 1440, height: 860 });
  await page.goto(`${server.url}/inspector`);
  const session = page.getByRole('region', { name: 'Session', exact: true });

  await page.getByRole('button', { name: 'Select sessions' }).click();
  const row = page.getByRole('row', { name: 'basket' });
  const [tick, name] = [row.getByRole('checkbox'), row.getByRole('button', { name: 'basket' })];
  expect.soft((await boxOf(name)).x - (await boxOf(tick)).right).toBeGreaterThanOrEqual(8);
  await page.getByRole('button', { name: 'Select sessions' }).click();

  await name.click();
  const keysHead = session.locator('.key-head');
  await expect.soft(keysHead).toHaveCSS('border-top-width', '0px');
  await session.getByRole('treeitem', { name: /^a/ }).press('e');
  const area = session.getByRole('textbox', { name: 'Value of a' });
  const body = session.locator('.value-body');
  // The line around what has the focus is not cut.
  expect.soft((await boxOf(area)).y - (await boxOf(body)).y).toBeGreaterThanOrEqual(4);
  await session.getByRole('button', { name: 'Compare…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'other' }).click();
  const [keyColumn, valueColumn] = [0, 1].map((at) => session.getByRole('columnheader').nth(at));
  if (!keyColumn || !valueColumn) throw new Error('There are no columns');
  expect
    .soft((await boxOf(valueColumn)).width)
    .toBeGreaterThan(1.3 * (await boxOf(keyColumn)).width);

  await page.getByRole('tab', { name: 'Overview' }).click();
  const hour = page.getByRole('region', { name: 'Within an hour' });
  await expect(hour).toContainText('basket');
  const day = page.getByRole('region', { name: 'Within a day' });
  expect.soft((await boxOf(hour)).width).toBeGreaterThan(1.2 * (await boxOf(day)).width);
  const table = page.getByRole('region', { name: 'Operations by command' }).getByRole('table');
  const cell = table.getByRole('row').nth(1).getByRole('cell').last();
  expect.soft(Math.abs((await endOfText(cell)) - (await boxOf(table)).right)).toBeLessThan(1);

  await page.getByRole('tab', { name: 'Commands' }).click();
  await page.getByRole('button', { name: 'Start' }).click();
  await set();
  await page
    .getByRole('row', { name: /KV_SET/ })
    .getByRole('button')
    .first()
    .click();
  const detail = page.locator('.command-message');
  const [title, text] = [detail.locator('h4'), detail.locator('pre')];
  expect.soft((await boxOf(text)).y - (await boxOf(title)).bottom).toBeLessThan(4);
});

test('what can be done with a value fits into one line at 1024 px', async ({
  otherClient,
  page,
  server,
}) => {
  const tkn = await otherClient.newSession('{"name":"basket"}');
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"items":[{"sku":"a"},{"sku":"b"}]}}}`);
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.goto(`${server.url}/inspector`);
  await page.getByRole('row', { name: 'basket' }).getByRole('button').click();
  const session = page.getByRole('region', { name: 'Session', exact: true });
  await session.getByRole('treeitem', { name: /^items/ }).click();
  const buttons = session.locator('.value-tools').getByRole('button');
  await expect(buttons).toHaveCount(7);
  const middles = await buttons.evaluateAll((all) =>
    all.map((each) => {
      const { top, bottom } = each.getBoundingClientRect();
      return Math.round((top + bottom) / 2);
    }),
  );
  expect(new Set(middles).size).toBe(1);
});

test('compared in a narrow page, the key stands in line with its values and has the room that it needs', async ({
  otherClient,
  page,
  server,
}) => {
  const tkn = await otherClient.newSession('{"name":"basket"}');
  await otherClient.newSession('{"name":"other"}');
  const key = 'a key that is a little long';
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"${key}":1}}}`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.url}/inspector`);
  await page.getByRole('row', { name: 'basket' }).getByRole('button').click();
  const session = page.getByRole('region', { name: 'Session', exact: true });
  await session.getByRole('button', { name: 'Compare…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'other' }).click();
  const [name, value] = [session.getByRole('rowheader').first(), session.getByRole('cell').first()];
  await expect(name).toHaveText(key);
  expect.soft((await boxOf(name)).height).toBeLessThan(40);
  const starts = [name, value].map((part) =>
    part.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect().left;
    }),
  );
  const [startOfName = 0, startOfValue = 0] = await Promise.all(starts);
  expect.soft(Math.abs(startOfName - startOfValue)).toBeLessThan(1);
});
