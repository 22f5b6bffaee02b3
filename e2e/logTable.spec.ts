import { expect, test } from './logFixtures.ts';
import { axeFindings } from './pages/axe.ts';

test('objects of a payload are a table with each digit, a sticky head and a choice of parts', async ({
  log,
  page,
  speaker,
}) => {
  const cars =
    '[{"name":"a","km":14247375118774737462,"price":1.00},{"name":"b","extra":{"seats":4},"price":1e400}]';
  speaker.say(
    `{"KV_GET_RSP":{"st":1,"keys":{"cars":${cars},"users":{"x":{"age":1},"y":{"age":2}}}}}`,
  );
  const row = log.row(/Received KV_GET_RSP/);
  await log.toggle(/Received KV_GET_RSP/).click();
  await row.getByRole('button', { name: 'Table', exact: true }).click();
  const part = row.getByRole('combobox', { name: 'Part of the payload' });
  await expect(part.getByRole('option')).toHaveText([
    '$.KV_GET_RSP.keys.cars',
    '$.KV_GET_RSP.keys.users',
  ]);
  const table = row.getByRole('table');
  await expect(table).toHaveAccessibleName('$.KV_GET_RSP.keys.cars 2 rows, 4 columns');
  await expect(table.getByRole('columnheader')).toHaveText(['#', 'name', 'km', 'price', 'extra']);
  // The table is scrolled, not squeezed: a name stands on one line.
  const price = await table.getByRole('columnheader', { name: 'price' }).boundingBox();
  expect(price?.height).toBeLessThan(32);
  await expect(table.getByRole('row').nth(1).getByRole('cell')).toHaveText([
    '"a"',
    '14247375118774737462',
    '1.00',
    '',
  ]);
  await expect(table.getByRole('row').nth(2).getByRole('cell')).toHaveText([
    '"b"',
    '',
    '1e400',
    '{"seats":4}',
  ]);
  await expect(table.getByRole('cell', { name: '14247375118774737462' })).toHaveAttribute(
    'title',
    'JavaScript would round this to 14247375118774737000',
  );
  await part.selectOption('$.KV_GET_RSP.keys.users');
  await expect(table.getByRole('rowheader')).toHaveText(['x', 'y']);
  await expect(table.getByRole('columnheader')).toHaveText(['Name', 'age']);
  expect(await axeFindings(page, { within: '.payload-table' })).toEqual([]);
});

test('a long table is shown in parts, scrolls by keyboard in its own area and keeps its head', async ({
  log,
  page,
  speaker,
}) => {
  const members = Array.from({ length: 60 }, (_, n) => `"column${n}":${n}`).join(',');
  const rows = Array.from({ length: 60 }, (_, n) => `{"id":${n},${members}}`).join(',');
  speaker.say(`{"KV_GET_RSP":{"keys":{"list":[${rows}]}}}`);
  const row = log.row(/Received KV_GET_RSP/);
  await log.toggle(/Received KV_GET_RSP/).click();
  await row.getByRole('button', { name: 'Table', exact: true }).click();
  const area = row.getByRole('group', { name: 'Table' });
  const table = area.getByRole('table');
  // Fewer rows at a time where there are many columns.
  await expect(table.getByRole('rowheader')).toHaveCount(50);
  await expect(row).toContainText('11 more columns. Tree and Raw have all of them.');
  await area.focus();
  await page.keyboard.press('End');
  await expect(table.getByRole('rowheader').nth(49)).toBeInViewport();
  await expect(table.getByRole('columnheader', { name: 'id' })).toBeInViewport();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => area.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  await expect(table.getByRole('columnheader', { name: '#' })).toBeInViewport();
  await row.getByRole('button', { name: 'Show 10 more' }).click();
  await expect(table.getByRole('rowheader')).toHaveCount(60);
});

test('names and values of a hostile payload are text in the table, and no table is offered without one', async ({
  log,
  page,
  speaker,
}) => {
  const hostile = '<img src=x onerror="window.hacked=1">';
  const entry = `{${JSON.stringify(hostile)}:${JSON.stringify(hostile)},"__proto__":1,"\u202Eevil":2,"${'x'.repeat(5000)}":3}`;
  speaker.say(`{"KV_GET_RSP":{"keys":{"\u202Ea":${entry},"__proto__":${entry}}}}`);
  const row = log.row(/Received KV_GET_RSP/);
  await log.toggle(/Received KV_GET_RSP/).click();
  await row.getByRole('button', { name: 'Table', exact: true }).click();
  const table = row.getByRole('table');
  await expect(table.getByRole('columnheader', { name: hostile })).toBeVisible();
  await expect(table.getByRole('columnheader', { name: '__proto__' })).toBeVisible();
  await expect(table.getByRole('rowheader', { name: '__proto__' })).toBeVisible();
  await expect(table.locator('img')).toHaveCount(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  const wide = await table.getByRole('columnheader').last().boundingBox();
  expect(wide?.width).toBeLessThan(500);

  speaker.say('{"SH_NEW_RSP":{"st":1,"tkn":"14247375118774737462"}}');
  const plain = log.row(/Received SH_NEW_RSP/);
  await log.toggle(/Received SH_NEW_RSP/).click();
  await expect(plain.getByRole('button', { name: 'Tree', exact: true })).toBeVisible();
  await expect(plain.getByRole('button', { name: 'Table', exact: true })).toHaveCount(0);
});
