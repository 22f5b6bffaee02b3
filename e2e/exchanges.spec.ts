import { expect, test } from './logFixtures.ts';
import { axeFindings } from './pages/axe.ts';

test('an exchange is one row that says what came of it, and is found by request or reply', async ({
  console,
  log,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.send('{"SH_NEW":{"name":"basket"}}');
  await expect(log.row(/Received SH_NEW_RSP, Ok/)).toContainText('basket created');
  await console.send('{"KV_SET":{"tkn":"{{tkn}}","keys":{"colour":"teal","size":1}}}');
  await expect(log.row(/Sent KV_SET,/)).toContainText('2 stored');
  await console.send('{"KV_GET":{"tkn":"{{tkn}}","keys":["colour","items"]}}');
  const read = log.row(/Sent KV_GET,/);
  await expect(read).toContainText('1 key, not found: items');
  await expect(log.list.getByRole('listitem')).toHaveCount(4);
  await expect(log.counts).toHaveText(/3 received.*3 sent.*4 rows/);

  // What was found in the request, and in the reply.
  await log.search.fill('"items"]');
  await expect(log.matches).toHaveText('1 of 4 rows');
  await log.search.fill('"colour":20');
  await expect(log.list.getByRole('listitem', { name: /KV_SET/ })).toHaveCount(1);
  await log.search.fill('');

  const stored = log.row(/Sent KV_SET,/);
  await stored.hover();
  await stored.getByRole('button', { name: 'Copy message' }).click();
  await expect.poll(() => log.clipboard()).toMatch(/^\{"KV_SET":.*\n\{"KV_SET_RSP":.*$/);
  await log.toggle(/Sent KV_SET,/).click();
  for (const part of ['Request', 'Reply'] as const) {
    await expect(log.part(stored, part).getByTitle('Stored')).toHaveText(['"colour"', '"size"']);
  }
  await log.part(stored, 'Reply').getByRole('button', { name: 'Raw', exact: true }).click();
  await expect(log.part(stored, 'Request').getByRole('button', { name: 'Pretty' })).toBeVisible();
  expect(await axeFindings(page, { within: '.log' })).toEqual([]);

  // The choice is kept.
  await page.reload();
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(log.row(/Sent SH_INFO_ALL.*Received SH_INFO_ALL_RSP/)).toContainText(
    '1 session, 2 keys',
  );
  await log.showRows('two rows');
  await expect(log.row(/SH_INFO_ALL/)).toHaveCount(2);
});

test('a refusal is explained below the line of the request that caused it', async ({
  console,
  log,
}) => {
  await console.send('{"KV_GET":{"tkn":"7","keys":5}}');
  const row = log.row(/Received KV_GET_RSP, ValueTypeInvalid.*failure$/);
  await expect(row).toContainText('parameter “keys”');
  const request = log.part(row, 'Request');
  await expect(request).toContainText('41 ValueTypeInvalid');
  const box = async (text: string | RegExp) =>
    (await request.getByText(text, { exact: true }).first().boundingBox()) ?? {
      y: Number.NaN,
      height: 0,
    };
  const [fault, explanation] = [await box('5'), await box('41 ValueTypeInvalid')];
  expect(explanation.y).toBeGreaterThan(fault.y);
  expect(explanation.y).toBeLessThan(fault.y + 40);
  await expect(log.part(row, 'Reply')).not.toContainText('41 ValueTypeInvalid');
});

test('J, K and Space look through exchanges; X selects, two are compared, all are exported', async ({
  console,
  log,
  page,
}) => {
  for (const name of ['one', 'two', 'three']) {
    await console.send(`{"SH_NEW":{"name":"${name}"}}`);
    await expect(log.row(/Received SH_NEW_RSP/).first()).toContainText(`${name} created`);
  }
  const rows = log.row(/SH_NEW/);
  await expect(rows).toHaveCount(3);
  await log
    .toggle(/SH_NEW/)
    .first()
    .focus();
  await page.keyboard.press(' ');
  const look = log.region.getByRole('region', { name: 'Quick look' });
  await expect(look).toContainText('"three"');
  await page.keyboard.press('j');
  await expect(look).toContainText('"two"');
  await expect(rows.nth(1)).toBeInViewport();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('k');
  await expect(look).toContainText('"two"');
  await page.keyboard.press('Escape');
  await expect(look).toHaveCount(0);
  await expect(log.selection).toContainText('2 selected');

  await log.button('Compare').click();
  const dialog = page.getByRole('dialog', { name: 'Compare two messages' });
  await expect(dialog.getByRole('button', { name: 'Reply' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await dialog.getByRole('button', { name: 'Request' }).click();
  await expect(dialog.getByRole('deletion')).toHaveText(/one/);
  await page.keyboard.press('Escape');
  await log.button('Export…').click();
  await expect(page.getByRole('radio', { name: 'Selected (4)' })).toBeChecked();
});

test('what comes without a request, without a reply, or never, has its row', async ({
  console,
  log,
  speaker,
}) => {
  speaker.say('{"KV_GET_RSP":{"keys":{"pushed":1}}}');
  await expect(log.row(/Received KV_GET_RSP/)).toBeVisible();
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(log.row(/Sent SH_INFO_ALL/)).toContainText('Waiting');
  await console.button('Disconnect').click();
  await expect(log.row(/Sent SH_INFO_ALL.*failure/)).toContainText('No reply');
  await log.filter(/^Only failures/);
  await expect(log.list.getByRole('listitem')).toHaveCount(1);
  await log.button('Remove filter Only failures').click();
  await expect(log.row(/Received KV_GET_RSP/)).toBeVisible();
  await log.filter(/^Only sent messages/);
  await expect(log.list.getByRole('listitem')).toHaveCount(1);
});
